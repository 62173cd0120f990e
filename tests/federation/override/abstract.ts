/** Fields that move step by step, reached through interfaces, unions and interface objects. */
import type { FederationCase } from '../../support/federation/case.ts';

const forms = [
  { __typename: 'Square', id: 'f1', area: 1, edge: 10, note: 'old 1', name: 'one' },
  { __typename: 'Disc', id: 'f2', area: 2, edge: 20, note: 'old 2', name: 'two' },
];
const moved = (key: 'area' | 'edge' | 'note') => (row: Record<string, unknown>) => `new ${row[key]}`;
const stays = (key: 'area' | 'edge' | 'note') => (row: Record<string, unknown>) => `old ${row[key]}`;
const of = (Square: 'new' | 'old', Disc: 'new' | 'old', key: 'area' | 'edge' | 'note') => ({
  Square: { [key]: Square === 'new' ? moved(key) : stays(key) },
  Disc: { [key]: Disc === 'new' ? moved(key) : stays(key) },
});
const [area, edge, note] = [of('new', 'old', 'area'), of('old', 'old', 'edge'), of('new', 'new', 'note')];
const old = of('old', 'old', 'area');
const oldEdge = of('old', 'old', 'edge');
const oldNote = of('old', 'old', 'note');
const fresh = of('new', 'new', 'area');
const freshEdge = of('new', 'new', 'edge');
const freshNote = of('new', 'new', 'note');

export const overrideOnAbstract: FederationCase = {
  name: '@override by label, through interfaces and unions',
  subgraphs: {
    old: {
      sdl: `
        type Query { forms: [Form!]! figures: [Figure!]! square: Square }
        interface Form { id: ID! area: String edge: String note: String name: String }
        union Figure = Square | Disc
        type Square implements Form @key(fields: "id") { id: ID! area: String edge: String note: String name: String next: Form }
        type Disc implements Form @key(fields: "id") { id: ID! area: String edge: String note: String name: String }
      `,
      resolvers: {
        Square: { ...old.Square, ...oldEdge.Square, ...oldNote.Square },
        Disc: { ...old.Disc, ...oldEdge.Disc, ...oldNote.Disc },
      },
    },
    fresh: {
      sdl: `
        type Query { drawn: [Form!]! }
        interface Form { id: ID! area: String edge: String note: String }
        type Square implements Form @key(fields: "id") {
          id: ID! area: String @override(from: "old", label: "percent(100)")
          edge: String @override(from: "old", label: "percent(0)") note: String @override(from: "old", label: "percent(100)")
        }
        type Disc implements Form @key(fields: "id") {
          id: ID! area: String @override(from: "old", label: "percent(0)")
          edge: String @override(from: "old", label: "by-flag") note: String @override(from: "old", label: "percent(100)")
        }
      `,
      resolvers: {
        Square: { ...fresh.Square, ...freshEdge.Square, ...freshNote.Square },
        Disc: { ...fresh.Disc, ...freshEdge.Disc, ...freshNote.Disc },
      },
    },
  },
  entities: {
    Square: forms.slice(0, 1),
    Disc: forms.slice(1),
  },
  resolvers: {
    Query: {
      forms: () => forms,
      figures: () => [...forms].reverse(),
      drawn: () => forms,
      square: () => forms[0],
    },
    Square: { ...area.Square, ...edge.Square, ...note.Square, next: () => forms[1] },
    Disc: { ...area.Disc, ...edge.Disc, ...note.Disc },
  },
  operations: [
    {
      name: 'a field that has moved for one type only',
      stockIsWrong: 'it takes the fields of an interface as they stand',
      query: '{ forms { id area } }',
      answer: {
        forms: [
          { id: 'f1', area: 'new 1' },
          { id: 'f2', area: 'old 2' },
        ],
      },
      calls: { old: 1, fresh: 1 },
      representations: { fresh: 1 },
    },
    {
      name: 'a field that has moved for no type',
      query: '{ forms { edge name } }',
      answer: {
        forms: [
          { edge: 'old 10', name: 'one' },
          { edge: 'old 20', name: 'two' },
        ],
      },
      calls: { old: 1 },
    },
    {
      name: 'a field that has moved for every type',
      stockIsWrong: 'it takes the fields of an interface as they stand',
      query: '{ forms { note } drawn { note } }',
      calls: { old: 1, fresh: 1 },
    },
    {
      name: 'from where it has moved to',
      stockIsWrong: 'it takes the fields of an interface as they stand',
      query: '{ drawn { id area edge } }',
    },
    {
      name: 'through a union, under one alias',
      stockIsWrong: 'it knows no labels of its own accord',
      query: '{ figures { ... on Square { x: area } ... on Disc { x: area } } }',
      answer: { figures: [{ x: 'old 2' }, { x: 'new 1' }] },
    },
    {
      name: 'through an interface within a union, and within an object',
      stockIsWrong: 'it takes the fields of an interface as they stand',
      query: '{ figures { ... on Form { area note } } square { area next { area edge } } }',
    },
    {
      name: 'under conditions',
      stockIsWrong: 'it takes the fields of an interface as they stand',
      query:
        'query ($yes: Boolean!) { forms { area @include(if: $yes) ... on Disc @include(if: $yes) { note } edge @skip(if: $yes) } }',
      variables: { yes: true },
    },
  ],
};
