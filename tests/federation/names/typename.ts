/** __typename everywhere, introspection among data, and root types with names of their own. */
import type { FederationCase } from '../../support/federation/case.ts';

const things = [
  { __typename: 'Cup', id: 't1', size: 3, note: 'blue' },
  { __typename: 'Pot', id: 't2', lid: true, note: 'big' },
];

export const typenames: FederationCase = {
  name: '__typename and introspection',
  subgraphs: {
    things: `
      schema { query: Root mutation: Change }
      type Root { things: [Thing!]! cup: Cup inner: Inner }
      type Inner { cup: Cup things: [Thing!]! }
      type Change { smash(id: ID!): Cup }
      union Thing = Cup | Pot
      "A thing to drink of."
      type Cup @key(fields: "id") { id: ID! size: Int! old: Int @deprecated(reason: "Use size.") }
      type Pot @key(fields: "id") { id: ID! lid: Boolean! }
    `,
    notes: `
      extend schema { query: Questions }
      type Questions { motto(loud: Boolean! = false, at: Time): String! }
      input Time { hour: Int! = 12 zone: Zone }
      enum Zone { UTC LOCAL @deprecated }
      type Cup @key(fields: "id") { id: ID! note: String }
      type Pot @key(fields: "id") { id: ID! note: String }
    `,
  },
  entities: { Cup: [things[0] as object] as never, Pot: [things[1] as object] as never },
  resolvers: {
    Root: { things: () => things, cup: () => things[0], inner: () => ({ cup: things[0], things }) },
    Query: {
      things: () => things,
      cup: () => things[0],
      inner: () => ({ cup: things[0], things }),
      motto: () => 'Sip.',
    },
    Questions: { motto: () => 'Sip.' },
    Change: { smash: () => things[0] },
    Mutation: { smash: () => things[0] },
  },
  operations: [
    {
      name: '__typename at the root alone',
      query: '{ __typename }',
      answer: { __typename: 'Query' },
      calls: {},
    },
    {
      name: '__typename at the root under another name, among others',
      query: '{ a: __typename motto b: __typename cup { c: __typename } }',
      answer: { a: 'Query', motto: 'Sip.', b: 'Query', cup: { c: 'Cup' } },
    },
    {
      name: '__typename of members under several names',
      query:
        '{ things { a: __typename ... on Cup { b: __typename note } ... on Pot { c: __typename } __typename } }',
    },
    {
      name: '__typename alone of an entity',
      query: '{ things { __typename } cup { __typename } }',
      calls: { things: 1 },
    },
    {
      name: '__typename of a mutation',
      query: 'mutation { __typename smash(id: "t1") { __typename note size } x: __typename }',
      answer: { __typename: 'Mutation', smash: { __typename: 'Cup', note: 'blue', size: 3 }, x: 'Mutation' },
    },
    {
      name: '__typename through fragments',
      query:
        '{ inner { ...I cup { ... on Thing { __typename } ...C } } } fragment I on Inner { __typename things { ...C } } fragment C on Cup { t: __typename note }',
    },
    {
      name: 'introspection alone',
      query: '{ __schema { queryType { name } mutationType { name } subscriptionType { name } } }',
      calls: {},
    },
    {
      name: 'introspection among data',
      query:
        '{ cup { note } __type(name: "Cup") { name description fields { name type { kind name ofType { name } } } } motto }',
    },
    {
      name: 'introspection by variables and conditions',
      query:
        'query ($name: String!, $old: Boolean = true, $no: Boolean!) { t: __type(name: $name) { fields(includeDeprecated: $old) { name isDeprecated deprecationReason } kind @include(if: $no) } __type(name: "Nobody") { name } __schema @skip(if: $no) { types { name } } }',
      variables: { name: 'Cup', no: true },
    },
    {
      name: 'introspection of inputs and enums through fragments',
      stockIsWrong: '__typename within introspection comes first, wherever it is asked for',
      query:
        '{ __type(name: "Query") { ...T } i: __type(name: "Time") { inputFields { name defaultValue type { ...N } } } e: __type(name: "Zone") { enumValues(includeDeprecated: true) { name isDeprecated } enums: enumValues { name } } } fragment T on __Type { __typename fields { name args { name defaultValue type { ...N } } } } fragment N on __Type { kind name ofType { kind name __typename } }',
    },
    {
      name: 'possible types in introspection',
      query: '{ __type(name: "Thing") { kind possibleTypes { name } interfaces { name } } }',
    },
  ],
};
