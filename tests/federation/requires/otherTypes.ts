/** `@requires` of fields that objects of some types alone have. */
import type { FederationCase } from '../../support/federation/case.ts';

const home = { __typename: 'Home', id: 'h1', floor: 3 };
const office = { __typename: 'Office', id: 'o1', room: 'B2', firm: { name: 'Acme', seat: null } };
const people = [
  { id: 'u1', at: home, also: [home, office], notes: { __typename: 'Text', body: 'hi' } },
  { id: 'u2', at: office, also: [], notes: { __typename: 'Blob' } },
  { id: 'u3', at: null, also: [home, null], notes: null },
];

const shared = `
  interface Place { id: ID! }
  type Home implements Place @key(fields: "id") { id: ID! FLOOR }
  type Office implements Place @key(fields: "id") { id: ID! ROOM }
`;
const owned = shared.replace('FLOOR', 'floor: Int').replace('ROOM', 'room: String firm: Firm');
const taken = shared
  .replace('FLOOR', 'floor: Int @external')
  .replace('ROOM', 'room: String @external firm: Firm @external');
const roomOf = (place: { room?: string } | null) => place?.room ?? 'no room';

export const requiresOfOtherTypes: FederationCase = {
  name: '@requires of what other types have',
  subgraphs: {
    people: `
      type Query { people: [Person!]! }
      type Person @key(fields: "id") { id: ID! at: Place also: [Place] notes: Notes }
      ${owned}
      type Firm { name: String! seat: Place }
      union Notes = Text | Blob
      type Text { body: String! } type Blob @shareable { size: Int }
    `,
    labels: `
      type Query { person: Person }
      type Person @key(fields: "id") {
        id: ID! at: Place @external also: [Place] @external notes: Notes @external
        room: String! @requires(fields: "at { ... on Office { room } }")
        rooms: [String!]! @requires(fields: "also { ... on Office { room } }")
        firm: String! @requires(fields: "at { ... on Office { firm { seat { ... on Home { floor } } } } }")
        both: String! @requires(fields: "at { ... on Office { room } ... on Home { floor } } notes { ... on Text { body } }")
        body: String @requires(fields: "notes { ... on Text { body } }")
      }
      ${taken}
      type Firm { seat: Place @external }
      union Notes = Text | Blob
      type Text { body: String! @external } type Blob @shareable { size: Int }
    `,
  },
  entities: { Person: people, Home: [home], Office: [office] },
  resolvers: {
    Query: { people: () => people, person: () => people[0] },
    Person: {
      room: ({ at }) => roomOf(at),
      rooms: ({ also }) => also.map(roomOf),
      firm: ({ at }) => (at ? `seat ${at.firm ? String(at.firm.seat) : 'nowhere'}` : 'none'),
      both: ({ at, notes }) => `${at?.room ?? at?.floor ?? '-'} ${notes?.body ?? '-'}`,
      body: ({ notes }) => (notes ? (notes.body ?? 'none') : null),
    },
  },
  operations: [
    {
      name: 'an object of another type',
      query: '{ person { room } }',
      answer: { person: { room: 'no room' } },
      calls: { labels: 2, people: 1 },
    },
    {
      name: 'objects of each type, and none',
      query: '{ people { room } }',
      answer: { people: [{ room: 'no room' }, { room: 'B2' }, { room: 'no room' }] },
      representations: { labels: 3 },
    },
    {
      name: 'in lists',
      query: '{ people { rooms } person { rooms } }',
      answer: {
        people: [{ rooms: ['no room', 'B2'] }, { rooms: [] }, { rooms: ['no room', 'no room'] }],
        person: { rooms: ['no room', 'B2'] },
      },
    },
    { name: 'objects within objects', query: '{ people { firm } }' },
    { name: 'members of a union', query: '{ people { body both } person { both } }' },
    {
      name: 'beside what the client asks of the same objects',
      query:
        '{ people { room at { __typename id ... on Home { floor } } notes { ... on Text { t: body } ... on Blob { size } } body } }',
    },
    {
      name: 'under conditions',
      stockIsWrong: 'it leaves out a required field that the client skips',
      query:
        'query ($yes: Boolean!) { people { at { id ... on Office @skip(if: $yes) { room } } room @include(if: $yes) firm @skip(if: $yes) } }',
      variables: { yes: true },
    },
  ],
};
