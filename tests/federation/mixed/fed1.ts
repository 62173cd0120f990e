/** Subgraphs of Federation 1 beside those of Federation 2: types that are extended, keys that are external. */
import type { FederationCase } from '../../support/federation/case.ts';

// Text without that directive is one of Federation 1.
const fed1 = '# Federation 1 has no @link.';
const members = [
  { id: 'm1', name: 'Ada', email: 'ada@x.test', points: 7, tier: 'gold' },
  { id: 'm2', name: 'Bo', email: null, points: 0, tier: 'tin' },
];
const clubs = [{ code: 'c1', city: { name: 'Oslo', zip: '01' }, chair: members[0], crowd: members, size: 2 }];

export const mixedVersions: FederationCase = {
  name: 'Federation 1 beside Federation 2',
  subgraphs: {
    members: `${fed1}
      type Query { member(id: ID!): Member }
      type Member @key(fields: "id") @key(fields: "email") { id: ID! email: String name: String! }
    `,
    points: `${fed1}
      extend type Query { top: Member }
      extend type Member @key(fields: "id") { id: ID! @external email: String @external points: Int! mailed: String! @requires(fields: "email") }
    `,
    clubs: `
      type Query { clubs: [Club!]! }
      type Club @key(fields: "code city { zip }") { code: ID! city: City! chair: Member crowd: [Member!]! }
      type City @shareable { name: String! zip: ID! }
      type Member @key(fields: "id", resolvable: false) { id: ID! }
    `,
    sizes: `${fed1}
      extend type Club @key(fields: "code city { zip }") { code: ID! @external city: City! @external size: Int! }
      extend type City { zip: ID! @external }
    `,
    tiers: `
      extend type Member @key(fields: "email") { email: String @external tier: String! }
    `,
  },
  entities: { Member: members, Club: clubs },
  resolvers: {
    Query: {
      member: (_, { id }) => members.find((one) => one.id === id),
      top: () => members[0],
      clubs: () => clubs,
    },
    Member: { mailed: ({ email }) => `to ${email ?? 'nobody'}` },
  },
  operations: [
    { name: 'an extension', query: '{ member(id: "m1") { name points } }', calls: { members: 1, points: 1 } },
    { name: 'from the extension to the owner', query: '{ top { points name mailed } }' },
    {
      name: 'a required field that is null',
      query: '{ member(id: "m2") { mailed } clubs { crowd { mailed } chair { tier } } }',
      answer: {
        member: { mailed: 'to nobody' },
        clubs: [{ crowd: [{ mailed: 'to ada@x.test' }, { mailed: 'to nobody' }], chair: { tier: 'gold' } }],
      },
    },
    { name: 'a compound key that is external', query: '{ clubs { size city { name } } }' },
    {
      name: 'by another key than it came with',
      query: '{ top { tier } member(id: "m1") { tier points email } }',
    },
  ],
};
