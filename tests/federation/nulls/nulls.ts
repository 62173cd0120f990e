/** Nulls in lists, nulls where none may be, and how far they reach. */
import type { FederationCase } from '../../support/federation/case.ts';

const tiles = [
  {
    id: 't1',
    name: 'A',
    color: 'red',
    size: 1,
    parts: [{ n: 1 }, null, { n: 3 }],
    grid: [[1, null], [], null],
    must: { deep: { value: 1 } },
  },
  { id: 't2', name: null, color: null, size: null, parts: null, grid: null, must: { deep: { value: null } } },
  { id: 't3', name: 'C', color: 'blue', size: 3, parts: [], grid: [[null], [4, 5]], must: { deep: null } },
];
const holes = [tiles[0], null, tiles[1], tiles[0], null, tiles[2]];

export const nulls: FederationCase = {
  name: 'nulls',
  subgraphs: {
    tiles: `
      type Query {
        tiles: [Tile!]! holes: [Tile] none: [Tile] noTile: Tile strict: [Tile!] tile(id: ID!): Tile must(id: ID!): Tile!
        rows: [[Tile]!]! empty: [Tile!]! emptyRows: [[Tile!]!]!
      }
      type Tile @key(fields: "id") { id: ID! name: String parts: [Part] grid: [[Int]] }
      type Part { n: Int! }
    `,
    paint: `
      type Tile @key(fields: "id") { id: ID! color: String! size: Int must: Must! twins: [Tile]! }
      type Must { deep: Deep! }
      type Deep { value: Int! }
    `,
  },
  entities: { Tile: tiles },
  resolvers: {
    Query: {
      tiles: () => tiles,
      holes: () => holes,
      none: () => null,
      noTile: () => null,
      strict: () => holes.slice(0, 2),
      tile: (_, { id }) => tiles.find((tile) => tile.id === id),
      must: (_, { id }) => tiles.find((tile) => tile.id === id),
      rows: () => [[tiles[0], null], [], [tiles[2], tiles[0]]],
      empty: () => [],
      emptyRows: () => [[], []],
    },
    Tile: { twins: ({ id }) => [null, ...tiles.filter((tile) => tile.id !== id)] },
  },
  operations: [
    {
      name: 'null among entities in a list',
      query: '{ holes { name size } }',
      answer: {
        holes: [
          { name: 'A', size: 1 },
          null,
          { name: null, size: null },
          { name: 'A', size: 1 },
          null,
          { name: 'C', size: 3 },
        ],
      },
      representations: { paint: 3 },
    },
    {
      name: 'null for a list, and for an entity',
      query: '{ none { size } noTile { size name } }',
      answer: { none: null, noTile: null },
      calls: { tiles: 1 },
    },
    {
      name: 'empty lists, asking nobody else',
      query: '{ empty { name size } emptyRows { size } }',
      answer: { empty: [], emptyRows: [[], []] },
      calls: { tiles: 1 },
    },
    {
      name: 'lists of lists of entities',
      query: '{ rows { name size } }',
      answer: {
        rows: [
          [{ name: 'A', size: 1 }, null],
          [],
          [
            { name: 'C', size: 3 },
            { name: 'A', size: 1 },
          ],
        ],
      },
    },
    { name: 'lists of lists of numbers, with nulls', query: '{ tiles { grid parts { n } } }' },
    {
      name: 'a null that reaches the entity',
      query: '{ holes { name color } }',
      errors: ['holes.2.color'],
      answer: {
        holes: [
          { name: 'A', color: 'red' },
          null,
          null,
          { name: 'A', color: 'red' },
          null,
          { name: 'C', color: 'blue' },
        ],
      },
    },
    {
      name: 'a null that reaches the whole answer',
      query: '{ tiles { name color } noTile { id } }',
      errors: ['tiles.1.color'],
      answer: null,
    },
    {
      name: 'a null that reaches a list',
      query: '{ strict { name } noTile { id } }',
      errors: ['strict.1'],
      answer: { strict: null, noTile: null },
    },
    {
      name: 'a null from far below',
      query:
        '{ tile(id: "t2") { name must { deep { value } } } other: tile(id: "t1") { must { deep { value } } } }',
      errors: ['tile.must.deep.value'],
      answer: { tile: null, other: { must: { deep: { value: 1 } } } },
    },
    {
      name: 'a null from far below, stopped by a list',
      query: '{ holes { must { deep { value } } } }',
      errors: ['holes.2.must.deep.value', 'holes.5.must.deep'],
    },
    {
      name: 'a null at the root that may not be',
      query: '{ must(id: "t9") { name } tile(id: "t1") { name } }',
      errors: ['must'],
      answer: null,
    },
    {
      name: 'a null below the root that may not be',
      query: '{ must(id: "t2") { color } }',
      errors: ['must.color'],
      answer: null,
    },
    {
      name: 'nulls in a list of entities within an entity',
      query: '{ tile(id: "t1") { twins { name twins { id } } } }',
    },
    {
      name: 'a null that reaches entities in a list of another entity',
      query: '{ tile(id: "t1") { twins { color } } }',
      errors: ['tile.twins.1.color'],
      answer: { tile: { twins: [null, null, { color: 'blue' }] } },
    },
    {
      name: 'a null under two names',
      query: '{ tile(id: "t2") { a: color } again: tile(id: "t2") { b: color name } }',
      errors: ['again.b', 'tile.a'],
      answer: { tile: null, again: null },
    },
  ],
};

const known = [{ id: 'k1', rank: 1, must: 'x' }];
const asked = [
  { id: 'k1', label: 'known' },
  { id: 'k2', label: 'unknown' },
];

export const unknownEntities: FederationCase = {
  name: 'references that find nothing',
  subgraphs: {
    labels: `
      type Query { items: [Item!]! maybe: [Item]! }
      type Item @key(fields: "id") { id: ID! label: String! }
    `,
    ranks: `
      type Item @key(fields: "id") { id: ID! rank: Int must: String! }
    `,
  },
  entities: { Item: known },
  resolvers: { Query: { items: () => asked, maybe: () => asked } },
  monolith: {
    Item: {
      rank: ({ id }) => known.find((item) => item.id === id)?.rank,
      must: ({ id }) => known.find((item) => item.id === id)?.must,
    },
  },
  operations: [
    {
      name: 'nulls in place of what is not known',
      query: '{ items { label rank } }',
      answer: {
        items: [
          { label: 'known', rank: 1 },
          { label: 'unknown', rank: null },
        ],
      },
    },
    {
      name: 'nulls that reach up where they may not be',
      query: '{ maybe { label must } }',
      answer: { maybe: [{ label: 'known', must: 'x' }, null] },
      errors: ['maybe.1.must'],
    },
  ],
};
