/** Types with two interfaces, one of them seen as an object elsewhere, and fields of abstract types within entities. */
import type { FederationCase } from '../../support/federation/case.ts';

const bikes = [
  {
    __typename: 'Bike',
    id: 'v1',
    color: 'red',
    wheels: 2,
    range: 50,
    parts: [
      { __typename: 'Bell', loud: true },
      { __typename: 'Lamp', lux: 40 },
    ],
  },
];
const boats = [
  {
    __typename: 'Boat',
    id: 'v2',
    color: 'blue',
    mast: 9,
    range: 900,
    parts: [{ __typename: 'Lamp', lux: 90 }],
  },
];
const vehicles = [...bikes, ...boats];

export const widerInterfaces: FederationCase = {
  name: 'an interface that is seen as an object, beside another',
  subgraphs: {
    garage: `
      type Query { vehicles: [Vehicle!]! }
      interface Vehicle @key(fields: "id") { id: ID! color: String! parts: [Part!]! }
      interface LandVehicle { id: ID! wheels: Int! }
      type Bike implements LandVehicle & Vehicle @key(fields: "id") { id: ID! color: String! parts: [Part!]! wheels: Int! }
      type Boat implements Vehicle @key(fields: "id") { id: ID! color: String! parts: [Part!]! mast: Int! }
      union Part = Bell | Lamp
      type Bell { loud: Boolean! }
      type Lamp { lux: Int! }
    `,
    trips: `
      type Query { trips: [Trip!]! }
      type Trip { name: String! by: Vehicle }
      type Vehicle @interfaceObject @key(fields: "id") { id: ID! range: Int! }
    `,
    parking: `
      type Vehicle @interfaceObject @key(fields: "id") { id: ID! spot: String! }
    `,
  },
  entities: { Vehicle: vehicles, Bike: bikes, Boat: boats },
  resolvers: {
    Query: {
      vehicles: () => vehicles,
      trips: () => [
        { name: 'Sea', by: boats[0] },
        { name: 'Home', by: null },
        { name: 'Park', by: bikes[0] },
      ],
    },
    Vehicle: { spot: ({ id }) => `spot of ${id}` },
  },
  operations: [
    { name: 'fields of the object on every kind', query: '{ vehicles { __typename range spot color } }' },
    {
      name: 'fragments on the narrower interface',
      stockIsWrong: 'its planner ends with an assertion',
      query:
        '{ trips { by { color ... on LandVehicle { wheels } ... on Bike { range } ... on Boat { mast spot } } } }',
      answer: {
        trips: [
          { by: { color: 'blue', mast: 9, spot: 'spot of v2' } },
          { by: null },
          { by: { color: 'red', wheels: 2, range: 50 } },
        ],
      },
    },
    {
      name: 'the narrower interface alone',
      stockIsWrong: 'its planner ends with an assertion',
      query: '{ trips { name by { ... on LandVehicle { id } } } }',
      answer: {
        trips: [
          { name: 'Sea', by: {} },
          { name: 'Home', by: null },
          { name: 'Park', by: { id: 'v1' } },
        ],
      },
    },
    {
      name: 'unions within',
      query:
        '{ trips { by { range parts { __typename ... on Lamp { lux } ... on Bell { loud } } } } vehicles { parts { ... on Bell { loud } } spot } }',
    },
    {
      name: 'one subgraph’s addition to what another began',
      query: '{ trips { by { spot range } } }',
      answer: {
        trips: [
          { by: { spot: 'spot of v2', range: 900 } },
          { by: null },
          { by: { spot: 'spot of v1', range: 50 } },
        ],
      },
    },
  ],
};
