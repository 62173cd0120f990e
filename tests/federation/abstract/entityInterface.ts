/** An interface that is an entity itself: a subgraph resolves references to it without knowing the kind. */
import type { FederationCase } from '../../support/federation/case.ts';

const tables = [
  { __typename: 'Table', id: 'i1', name: 'PlannerThread', legs: 4, price: 90, maker: { id: 'k1' } },
];
const lamps = [{ __typename: 'Lamp', id: 'i2', name: 'Glow', watts: 12, price: 30, maker: { id: 'k2' } }];
const items = [...tables, ...lamps];
const makers = [
  { id: 'k1', name: 'Oak' },
  { id: 'k2', name: 'Sun' },
];

export const entityInterfaces: FederationCase = {
  name: 'entity interfaces',
  subgraphs: {
    items: `
      type Query { items: [Item!]! table: Table! }
      interface Item @key(fields: "id") { id: ID! name: String! maker: Maker }
      type Table implements Item @key(fields: "id") { id: ID! name: String! maker: Maker legs: Int! }
      type Lamp implements Item @key(fields: "id") { id: ID! name: String! maker: Maker watts: Int! }
      type Maker @key(fields: "id") { id: ID! }
    `,
    prices: `
      type Query { offers: [Item!]! }
      type Item @interfaceObject @key(fields: "id") { id: ID! price: Int! }
    `,
    makers: `type Maker @key(fields: "id") { id: ID! name: String! items: [Item!]! } type Item @interfaceObject @key(fields: "id", resolvable: false) { id: ID! }`,
  },
  entities: { Item: items, Table: tables, Lamp: lamps, Maker: makers },
  resolvers: {
    Query: { items: () => items, offers: () => [...lamps, ...tables], table: () => tables[0] },
    Maker: { items: ({ id }) => items.filter(({ maker }) => maker.id === id) },
  },
  monolith: {
    Table: { maker: ({ maker }) => makers.find(({ id }) => id === maker.id) },
    Lamp: { maker: ({ maker }) => makers.find(({ id }) => id === maker.id) },
  },
  operations: [
    {
      name: 'from the interface to its objects and back',
      query: '{ offers { price name ... on Table { legs } ... on Lamp { watts } } }',
      answer: {
        offers: [
          { price: 30, name: 'Glow', watts: 12 },
          { price: 90, name: 'PlannerThread', legs: 4 },
        ],
      },
    },
    { name: 'round in a circle', query: '{ table { maker { name items { name price maker { name } } } } }' },
    {
      name: 'kinds at every step',
      query:
        '{ items { __typename price maker { __typename items { __typename ... on Table { legs price } } } } }',
    },
  ],
};
