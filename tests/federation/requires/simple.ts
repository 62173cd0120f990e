/** Fields that another subgraph computes from fields that it is sent. */
import type { FederationCase } from '../../support/federation/case.ts';

const crates = [
  {
    id: 'c1',
    weight: 10,
    price: 200,
    size: {
      width: 2,
      sides: [
        { length: 3, unit: 'm' },
        { length: 4, unit: 'm' },
      ],
    },
    label: null,
  },
  { id: 'c2', weight: null, price: 50, size: null, label: 'fragile' },
  { id: 'c3', weight: 30, price: 1200, size: { width: 1, sides: [] }, label: '' },
];

export const requires: FederationCase = {
  name: '@requires',
  subgraphs: {
    stock: `
      type Query { crates: [Crate!]! crate(id: ID!): Crate }
      type Crate @key(fields: "id") { id: ID! weight: Int price: Int! size: Size label: String }
      type Size { width: Int! sides: [Side!]! }
      type Side { length: Int! unit: String! }
    `,
    shipping: `
      type Crate @key(fields: "id") {
        id: ID!
        weight: Int @external
        price: Int! @external
        size: Size @external
        label: String @external
        cost: Int! @requires(fields: "weight price")
        volume: Int @requires(fields: "size { width sides { length } }")
        sticker: String! @requires(fields: "label")
        lane: String!
      }
      type Size { width: Int! @external sides: [Side!]! @external }
      type Side { length: Int! @external }
    `,
  },
  entities: { Crate: crates },
  resolvers: {
    Query: { crates: () => crates, crate: (_, { id }) => crates.find((crate) => crate.id === id) },
    Crate: {
      cost: ({ weight, price }) => (price > 1000 ? 0 : (weight ?? 1) * 2),
      volume: ({ size }) =>
        size?.sides.reduce((all: number, side: { length: number }) => all * side.length, size.width),
      sticker: ({ label }) => (label === null ? 'none' : `"${label}"`),
      lane: ({ id }) => `lane of ${id}`,
    },
  },
  operations: [
    {
      name: 'what is computed, without showing what of',
      query: '{ crates { cost lane } }',
      answer: {
        crates: [
          { cost: 20, lane: 'lane of c1' },
          { cost: 2, lane: 'lane of c2' },
          { cost: 0, lane: 'lane of c3' },
        ],
      },
      calls: { stock: 1, shipping: 1 },
    },
    {
      name: 'from objects and lists within',
      query: '{ crates { volume } }',
      answer: { crates: [{ volume: 24 }, { volume: null }, { volume: 1 }] },
    },
    {
      name: 'from null and from an empty text',
      query: '{ crates { sticker } }',
      answer: { crates: [{ sticker: 'none' }, { sticker: '"fragile"' }, { sticker: '""' }] },
    },
    {
      name: 'beside other names for what it is computed of',
      stockIsWrong: 'an alias with the name of a required field is read as that field',
      query: '{ crates { weight: price price: weight volume size: label label: cost sticker } }',
    },
    {
      name: 'beside parts of the same objects',
      query: '{ crates { size { width w: width sides { unit } } volume } }',
    },
    {
      name: 'by way of a fragment',
      query:
        'query { crate(id: "c1") { ...Costs } } fragment Costs on Crate { cost ...More } fragment More on Crate { sticker cost }',
    },
  ],
};

const steps = [
  { id: 's1', base: 1 },
  { id: 's2', base: 5 },
];

export const chains: FederationCase = {
  name: '@requires of what is itself computed',
  subgraphs: {
    one: `
      type Query { steps: [Step!]! }
      type Step @key(fields: "id") { id: ID! base: Int! }
    `,
    two: `
      type Step @key(fields: "id") { id: ID! base: Int! @external twice: Int! @requires(fields: "base") }
    `,
    three: `
      type Step @key(fields: "id") {
        id: ID! base: Int! @external twice: Int! @external
        sum: Int! @requires(fields: "base twice")
      }
    `,
    four: `
      type Query { last: Step! }
      type Step @key(fields: "id") {
        id: ID! sum: Int! @external twice: Int! @external
        all: String! @requires(fields: "sum twice")
      }
    `,
  },
  entities: { Step: steps },
  resolvers: {
    Query: { steps: () => steps, last: () => steps[1] },
    Step: {
      twice: ({ base }) => base * 2,
      sum: ({ base, twice }) => base + twice,
      all: ({ sum, twice }) => `${sum} of ${twice}`,
    },
  },
  monolith: {
    Step: {
      sum: ({ base }) => base * 3,
      all: ({ base }) => `${base * 3} of ${base * 2}`,
    },
  },
  operations: [
    {
      name: 'the end of the chain',
      query: '{ steps { all } }',
      answer: { steps: [{ all: '3 of 2' }, { all: '15 of 10' }] },
      calls: { one: 1, two: 1, three: 1, four: 1 },
    },
    {
      name: 'every link of it, under other names',
      stockIsWrong: 'an alias with the name of a required field is read as that field',
      query: '{ steps { sum: all all: sum base: twice twice: base } }',
    },
    {
      name: 'from where the chain ends',
      query: '{ last { id all } }',
      answer: { last: { id: 's2', all: '15 of 10' } },
    },
  ],
};

const drivers = [
  { id: 'd1', home: { id: 'h1' }, name: 'Ada' },
  { id: 'd2', home: { id: 'h2' }, name: 'Bob' },
];
const homes = [
  { id: 'h1', city: 'Oslo', zone: 3 },
  { id: 'h2', city: 'Rome', zone: 8 },
];

export const requiresEntities: FederationCase = {
  name: '@requires of fields of another entity',
  subgraphs: {
    drivers: `
      type Query { drivers: [Driver!]! }
      type Driver @key(fields: "id") { id: ID! name: String! home: Home! }
      type Home @key(fields: "id") { id: ID! }
    `,
    homes: `
      type Home @key(fields: "id") { id: ID! city: String! zone: Int! }
    `,
    tariffs: `
      type Driver @key(fields: "id") {
        id: ID! name: String! @external home: Home! @external
        tariff: String! @requires(fields: "name home { zone city }")
      }
      type Home @key(fields: "id") { id: ID! city: String! @external zone: Int! @external }
    `,
  },
  entities: { Driver: drivers, Home: homes },
  resolvers: {
    Query: { drivers: () => drivers },
    Driver: {
      tariff: ({ name, home }) => `${name} in ${home.city}: ${home.zone * 100}`,
    },
  },
  monolith: {
    Driver: {
      home: ({ home }) => homes.find(({ id }) => id === home.id),
      tariff({ name, home }) {
        const { city, zone } = homes.find(({ id }) => id === home.id) ?? { city: '', zone: 0 };
        return `${name} in ${city}: ${zone * 100}`;
      },
    },
  },
  operations: [
    {
      name: 'what a third subgraph has of it',
      query: '{ drivers { tariff } }',
      answer: { drivers: [{ tariff: 'Ada in Oslo: 300' }, { tariff: 'Bob in Rome: 800' }] },
      calls: { drivers: 1, homes: 1, tariffs: 1 },
    },
    {
      name: 'with that entity asked for as well',
      stockIsWrong: 'an alias with the name of a required field is read as that field',
      query: '{ drivers { home { city: id zone: city } tariff name: tariff } }',
    },
  ],
};
