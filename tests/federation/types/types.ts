/** Types that differ from subgraph to subgraph, what is hidden, and what is tagged. */
import type { FederationCase } from '../../support/federation/case.ts';

const jobs = [
  { id: 'j1', state: 'OPEN', secret: 's1', hidden: 'h1', level: 'LOW', extra: { shown: 1, inner: 2 } },
  { id: 'j2', state: 'DONE', secret: 's2', hidden: 'h2', level: 'HIGH', extra: null },
];
const echo = (_: unknown, args: object) => JSON.stringify(args);

export const types: FederationCase = {
  name: 'enums and inputs that differ',
  subgraphs: {
    jobs: `
      type Query { jobs(filter: JobFilter): [Job!]! echo(filter: JobFilter): String! }
      enum State { OPEN DONE LOST }
      input JobFilter { state: Level text: String! = "x" onlyHere: Int }
      enum Level { LOW HIGH }
      type Job @key(fields: "id") { id: ID! state: State! count(level: Level): Int @shareable old: State @shareable }
    `,
    people: `
      type Query { echoToo(filter: JobFilter): String! }
      enum State { OPEN DONE }
      enum Level { LOW HIGH MIDDLE }
      input JobFilter { state: Level! text: String! = "x" }
      type Job @key(fields: "id") { id: ID! count(level: Level): Int @shareable old: State! @shareable level(at: Level): String! }
    `,
  },
  entities: { Job: jobs },
  resolvers: {
    Query: { jobs: () => jobs, echo, echoToo: echo },
    Job: {
      count: (_, { level }) => (level === 'LOW' ? 1 : 2),
      old: ({ state }) => state,
      level: (_, args) => JSON.stringify(args),
    },
  },
  operations: [
    { name: 'values of an enum of which one subgraph has more', query: '{ jobs { state old } }' },
    {
      name: 'fields of an input that all have',
      query:
        'query ($f: JobFilter) { echo(filter: $f) b: echoToo(filter: { state: HIGH }) echoToo(filter: $f) }',
      variables: { f: { state: 'LOW' } },
    },
    {
      name: 'values of an enum that all take',
      query: 'query ($l: Level) { jobs { level(at: $l) count(level: LOW) x: level(at: HIGH) } }',
      variables: { l: 'HIGH' },
    },
    { name: 'nullability that differs', query: '{ jobs { old level } echo }' },
  ],
};

export const hidden: FederationCase = {
  name: '@inaccessible and @tag',
  subgraphs: {
    jobs: `
      type Query { jobs: [Job!]! hiddenRoot: Int @inaccessible any: [Any!]! }
      type Job @key(fields: "secret") { secret: ID! @inaccessible state: String! @tag(name: "public") extra: Extra hidden: String @inaccessible }
      type Extra { shown: Int! inner: Int! @inaccessible }
      type Ghost @inaccessible { boo: Int }
      union Any = Job | Ghost
      type Loop { x: Int @tag(name: "a") @tag(name: "b") }
    `,
    people: `
      type Job @key(fields: "secret") { secret: ID! hidden: String @external level: String! shout: String! @requires(fields: "hidden") }
    `,
  },
  entities: { Job: jobs },
  resolvers: {
    Query: { jobs: () => jobs, any: () => [{ __typename: 'Job', ...jobs[0] }] },
    Job: { shout: ({ hidden }) => `${hidden}!` },
  },
  operations: [
    {
      name: 'through a key that clients cannot see',
      query: '{ jobs { state level } }',
      answer: {
        jobs: [
          { state: 'OPEN', level: 'LOW' },
          { state: 'DONE', level: 'HIGH' },
        ],
      },
    },
    {
      name: 'what is computed of a hidden field',
      query: '{ jobs { shout extra { shown } } }',
      answer: {
        jobs: [
          { shout: 'h1!', extra: { shown: 1 } },
          { shout: 'h2!', extra: null },
        ],
      },
    },
    {
      name: 'an alias with the name of what is hidden',
      stockIsWrong: 'an alias with the name of a key field is read as the key',
      query: '{ jobs { secret: state hidden: level shout } }',
    },
    { name: 'a union of which a member is hidden', query: '{ any { __typename ... on Job { level } } }' },
    {
      name: 'introspection without what is hidden',
      query:
        '{ __type(name: "Job") { fields { name } } x: __type(name: "Extra") { fields { name } } u: __type(name: "Any") { possibleTypes { name } } g: __type(name: "Ghost") { name } }',
    },
  ],
};

const ghosts = [
  { __typename: 'Ghost', boo: 1 },
  { __typename: 'Cat', name: 'Tom' },
];

/** What a contract hides is no failure: only a monolith that has nothing to hide would tell one. */
const notToldByOurs = {
  stockIsWrong: 'it tells in its extensions that a value was not valid',
  unlike: { errors: [], because: 'what is hidden on purpose is no failure' },
};

export const hiddenAnswers: FederationCase = {
  name: 'answers of a hidden type',
  subgraphs: {
    one: `
      type Query { all: [Being] strict: [Being!] one: Being color: Color colors: [Color!] sure: Color! }
      enum Color { RED BLUE @inaccessible }
      union Being = Ghost | Cat
      type Ghost @inaccessible { boo: Int }
      type Cat { name: String! }
    `,
  },
  resolvers: {
    Query: {
      all: () => ghosts,
      strict: () => ghosts,
      one: () => ghosts[0],
      color: () => 'BLUE',
      colors: () => ['RED', 'BLUE'],
      sure: () => 'BLUE',
    },
  },
  operations: [
    {
      name: 'null in their place',
      query: '{ all { __typename ... on Cat { name } } }',
      errors: ['all.0'],
      ...notToldByOurs,
      answer: { all: [null, { __typename: 'Cat', name: 'Tom' }] },
    },
    {
      name: 'null where there is nothing to show of them',
      query: '{ all { ... on Cat { name } } one { __typename } }',
      errors: ['all.0', 'one'],
      ...notToldByOurs,
      answer: { all: [null, { name: 'Tom' }], one: null },
    },
    {
      name: 'null up to where it may be',
      query: '{ strict { ... on Cat { name } } }',
      errors: ['strict.0'],
      ...notToldByOurs,
      answer: { strict: null },
    },
    {
      name: 'null in place of values that are hidden',
      query: '{ color colors }',
      errors: ['color', 'colors.1'],
      ...notToldByOurs,
      answer: { color: null, colors: null },
    },
    {
      name: 'an error where null goes up to the data, which says so',
      query: '{ sure }',
      errors: ['sure'],
      answer: null,
    },
  ],
};
