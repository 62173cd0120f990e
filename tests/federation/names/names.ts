/** Aliases that collide with keys and with one another, and names that mean something to JavaScript. */
import type { FederationCase } from '../../support/federation/case.ts';

const items = [
  {
    id: 'i1',
    legacyId: 'old1',
    a: 'x',
    b: 'y',
    constructor: 'made',
    toString: 'text',
    hasOwnProperty: 'own',
    valueOf: 3,
    length: 9,
    // biome-ignore lint/suspicious/noThenProperty: a field of this name must not be taken for a promise.
    then: 'next',
    price: 4,
    tags: ['t'],
    owner: { id: 'o1' },
  },
  {
    id: 'i2',
    legacyId: 'old2',
    a: 'u',
    b: 'v',
    constructor: 'built',
    toString: 'word',
    hasOwnProperty: 'mine',
    valueOf: 5,
    length: 8,
    // biome-ignore lint/suspicious/noThenProperty: a field of this name must not be taken for a promise.
    then: 'after',
    price: 6,
    tags: [],
    owner: { id: 'o2' },
  },
];
const owners = [
  { id: 'o1', name: 'Ada', code: 11 },
  { id: 'o2', name: 'Bob', code: 12 },
];

export const names: FederationCase = {
  name: 'names',
  subgraphs: {
    items: `
      type Query { item(id: ID!): Item items: [Item!]! constructor: Item toString: String }
      type Item @key(fields: "id") {
        id: ID! legacyId: ID! a: String constructor: String toString: String valueOf: Int! length: Int then: String owner: Owner!
      }
      type Owner @key(fields: "id") { id: ID! }
    `,
    more: `
      type Item @key(fields: "id") { id: ID! b: String hasOwnProperty: String price(times: Int = 1): Int! tags: [String!]! }
      type Owner @key(fields: "id") { id: ID! name: String! code: Int! }
    `,
  },
  entities: { Item: items, Owner: owners },
  resolvers: {
    Query: {
      item: (_, { id }) => items.find((item) => item.id === id),
      items: () => items,
      constructor: () => items[0],
      toString: () => 'root',
    },
    Item: { price: ({ price }, { times }) => price * times },
  },
  monolith: { Item: { owner: ({ owner }) => owners.find(({ id }) => id === owner.id) } },
  operations: [
    {
      name: 'another field under the name of the key',
      stockIsWrong: 'an alias with the name of a key field is read as the key',
      query: '{ item(id: "i1") { id: legacyId a b } }',
      answer: { item: { id: 'old1', a: 'x', b: 'y' } },
    },
    {
      name: 'the key under another name, and another under its',
      stockIsWrong: 'an alias with the name of a key field is read as the key',
      query: '{ items { key: id id: a b owner { id: name name: id } } }',
    },
    {
      name: 'a field under the name of one in another subgraph',
      query: '{ items { b: a a: b hasOwnProperty: length length: hasOwnProperty } }',
    },
    {
      name: '__typename under the name of the key',
      query: '{ items { id: __typename b } }',
      answer: {
        items: [
          { id: 'Item', b: 'y' },
          { id: 'Item', b: 'v' },
        ],
      },
    },
    {
      name: 'one field with different arguments',
      query: '{ items { price twice: price(times: 2) thrice: price(times: 3) } }',
      answer: {
        items: [
          { price: 4, twice: 8, thrice: 12 },
          { price: 6, twice: 12, thrice: 18 },
        ],
      },
    },
    {
      name: 'one entity asked for under two names',
      query: '{ x: item(id: "i1") { a b } y: item(id: "i2") { b legacyId } }',
    },
    {
      name: 'an object under two names with different fields',
      query: '{ items { one: owner { name } two: owner { code } owner { id } } }',
    },
    {
      name: 'names of members of JavaScript objects',
      query: '{ constructor { constructor toString hasOwnProperty valueOf length then b } toString }',
      answer: {
        constructor: {
          constructor: 'made',
          toString: 'text',
          hasOwnProperty: 'own',
          valueOf: 3,
          length: 9,
          // biome-ignore lint/suspicious/noThenProperty: a field of this name must not be taken for a promise.
          then: 'next',
          b: 'y',
        },
        toString: 'root',
      },
    },
    {
      name: 'aliases of members of JavaScript objects',
      query:
        '{ valueOf: items { isPrototypeOf: b toJSON: a constructor: tags hasOwnProperty: id } toJSON: toString }',
    },
    {
      name: 'an alias that every object has something for, of what fails and takes all with it',
      query: '{ constructor: items { valueOf } }',
      down: {
        items: () => ({ data: null, errors: [{ message: 'No.', path: ['constructor', 0, 'valueOf'] }] }),
      },
      failing: ['Item.valueOf'],
      errors: ['constructor.0.valueOf'],
    },
    {
      name: 'an alias that is __proto__',
      query: '{ item(id: "i1") { __proto__: a b } __proto__: item(id: "i2") { a b } }',
      answer: JSON.parse('{ "item": { "__proto__": "x", "b": "y" }, "__proto__": { "a": "u", "b": "v" } }'),
    },
    {
      name: 'aliases that a gateway might make itself',
      query:
        '{ _0: item(id: "i1") { b } _1: items { b _entities: a } _entities: item(id: "i2") { b _service: id } }',
    },
    {
      name: 'aliases that begin with two underscores',
      query: '{ __a: item(id: "i1") { __b: b __id: id __key: legacyId } }',
    },
    {
      name: 'an operation with a name that others have',
      query: 'query items__more__1 { items { b } } query other { items { a } }',
      operationName: 'items__more__1',
    },
    {
      name: 'the other operation of the same text',
      query: 'query items__more__1 { items { b } } query other { items { a } }',
      operationName: 'other',
    },
    {
      name: 'fragments with the names of types and fields',
      stockIsWrong: 'an alias with the name of a key field is read as the key',
      query:
        '{ items { ...Item ...b } } fragment Item on Item { a ...b } fragment b on Item { b id: legacyId }',
    },
  ],
};
