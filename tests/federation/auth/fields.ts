/** What a reader may not see: fields, types, enums and scalars, wherever and however they are asked for. */
import type { FederationCase } from '../../support/federation/case.ts';

const stockRefuses = 'it enforces nothing';

const writers = [{ id: 'w1', name: 'Ana', mail: 'ana@paper.test', pay: 7, phone: '1' }];
const stories = [
  { id: 's1', title: 'One', views: 10, mood: 'CALM', notes: 'n1', writer: writers[0], draft: { words: 3 } },
  { id: 's2', title: 'Two', views: null, mood: 'LOUD', notes: null, writer: null, draft: null },
];

export const guardedFields: FederationCase = {
  name: 'what a reader may see: fields and types',
  stockRefuses,
  subgraphs: {
    stories: `
      type Query { stories: [Story!]! story(id: ID!): Story desk: PlannerThread secret: Secret drafts: [Draft] @shareable }
      type Story @key(fields: "id") {
        id: ID!
        title(upper: Boolean): String!
        views: Int @authenticated
        mood: Mood
        notes: Secret
        writer: Writer
        draft: Draft
      }
      type Draft @requiresScopes(scopes: [["drafts"], ["all", "more"]]) { words: Int! }
      type PlannerThread { budget: Int! @policy(policies: [["boss"]]) name: String! }
      enum Mood @authenticated { CALM LOUD }
      scalar Secret @requiresScopes(scopes: [["secrets"]])
      type Writer @key(fields: "id") { id: ID! }
    `,
    writers: `
      type Writer @key(fields: "id") {
        id: ID!
        name: String!
        mail: String! @requiresScopes(scopes: [["mail"]])
        phone: String @requiresScopes(scopes: [["mail"]])
        pay: Int @authenticated @policy(policies: [["boss"], ["self"]])
      }
    `,
  },
  entities: { Story: stories, Writer: writers },
  resolvers: {
    Query: {
      stories: () => stories,
      story: (_, { id }) => stories.find((story) => story.id === id) ?? null,
      desk: () => ({ budget: 9, name: 'News' }),
      secret: () => 'x',
      drafts: () => [{ words: 1 }, null],
    },
    Story: { title: ({ title }, { upper }) => (upper ? title.toUpperCase() : title) },
  },
  operations: [
    {
      name: 'a field of each object of a list, at each of its places',
      query: '{ stories { id views } }',
      errors: ['stories.0.views', 'stories.1.views'],
      answer: {
        stories: [
          { id: 's1', views: null },
          { id: 's2', views: null },
        ],
      },
    },
    {
      name: 'the same to whoever is signed in',
      query: '{ stories { id views } }',
      reader: {},
    },
    {
      name: 'enums and scalars that are guarded as types',
      query: '{ stories { title mood notes } secret }',
      errors: ['secret', 'stories.0.mood', 'stories.0.notes', 'stories.1.mood', 'stories.1.notes'],
    },
    {
      name: 'enums to whoever is signed in, and scalars to whoever has the scope',
      query: '{ stories { title mood notes } secret }',
      reader: { scopes: ['secrets'] },
    },
    {
      name: 'an object type, by either of two ways to have it',
      query: '{ stories { draft { words } } drafts { words } }',
      reader: { scopes: ['more', 'all'] },
    },
    {
      name: 'an object type to whoever has only a part of what it takes',
      query: '{ stories { draft { words } } drafts { words } }',
      reader: { scopes: ['all'] },
      errors: ['drafts', 'stories.0.draft', 'stories.1.draft'],
    },
    {
      name: 'null where a field that may not be null is not for the reader, and no error where there is no object',
      query: '{ stories { writer { name mail } } }',
      errors: ['stories.0.writer.mail'],
      answer: { stories: [{ writer: null }, { writer: null }] },
    },
    {
      name: 'without the call that only served what is not for the reader',
      query: '{ stories { title writer { id phone } } }',
      errors: ['stories.0.writer.phone'],
      calls: { stories: 1 },
    },
    {
      name: 'with that call to whoever has the scope',
      query: '{ stories { title writer { id phone } } }',
      reader: { scopes: ['mail'] },
      calls: { stories: 1, writers: 1 },
    },
    {
      name: 'nothing at all, without any call',
      query: '{ a: secret b: secret drafts { words } }',
      errors: ['a', 'b', 'drafts'],
      calls: {},
    },
    {
      name: 'an object of which nothing is left to show',
      query: '{ story(id: "s1") { views } none: story(id: "s9") { views } desk { budget } }',
      errors: ['desk.budget', 'story.views'],
      answer: { story: { views: null }, none: null, desk: null },
    },
    {
      name: 'policies: one of two',
      query: '{ desk { name budget } stories { writer { pay } } }',
      reader: { policies: ['self'] },
      errors: ['desk.budget'],
    },
    {
      name: 'policies: the one that both ask for',
      query: '{ desk { name budget } stories { writer { pay } } }',
      reader: { policies: ['boss'] },
    },
    {
      name: 'aliases, fragments and __typename',
      query: `
        query Page { all: stories { __typename kind: __typename ...Card ... { seen: views } } ...Root }
        fragment Root on Query { desk { ...Money } }
        fragment Money on PlannerThread { __typename name money: budget }
        fragment Card on Story { head: title ...Deep }
        fragment Deep on Story { feel: mood writer { ...Person } }
        fragment Person on Writer { name phone }
      `,
      operationName: 'Page',
      errors: ['all.0.feel', 'all.0.seen', 'all.0.writer.phone', 'all.1.feel', 'all.1.seen', 'desk.money'],
    },
    {
      name: 'conditions: nothing is told of what is left out',
      query: `query ($yes: Boolean!, $no: Boolean!) {
        stories { title views @include(if: $no) mood @skip(if: $yes) notes @include(if: $yes) }
        desk @skip(if: $no) { budget @skip(if: $yes) name }
      }`,
      variables: { yes: true, no: false },
      errors: ['stories.0.notes', 'stories.1.notes'],
    },
    {
      name: 'variables that only what is not for the reader uses',
      query: `query ($id: ID!, $upper: Boolean, $if: Boolean!) {
        stories { title writer { phone @include(if: $if) } } draft: story(id: $id) { draft { words } }
        other: story(id: "s1") { title(upper: $upper) }
      }`,
      variables: { id: 's1', upper: true, if: true },
      errors: ['draft.draft', 'stories.0.writer.phone'],
    },
    {
      name: 'the same field twice, of which one is skipped',
      query: 'query ($no: Boolean!) { stories { id views @include(if: $no) views } }',
      variables: { no: false },
      errors: ['stories.0.views', 'stories.1.views'],
    },
    {
      name: 'what is denied beside what fails',
      query: '{ stories { views writer { pay phone } } }',
      reader: { policies: ['self'] },
      down: { writers: 'unreachable' },
      errors: ['stories.0.writer.pay', 'stories.0.writer.phone'],
    },
    {
      name: 'introspection, whole',
      query: '{ __type(name: "Story") { fields { name } } stories { views } }',
      errors: ['stories.0.views', 'stories.1.views'],
    },
  ],
};

export const guardedRoots: FederationCase = {
  name: 'what a reader may see: roots',
  stockRefuses,
  subgraphs: {
    one: `
      type Query { open: Int closed: Int @authenticated }
      type Mutation { count: Int! reset(to: Int): Int @requiresScopes(scopes: [["reset"]]) rest: Tally }
      type Tally @authenticated { total: Int }
    `,
    two: `
      type Mutation @authenticated { wipe: Int keep: Int }
    `,
  },
  resolvers: {
    Query: { open: () => 1, closed: () => 2 },
    Mutation: {
      count: () => 5,
      reset: (_, { to }) => to,
      rest: () => ({ total: 1 }),
      wipe: () => 3,
      keep: () => 4,
    },
  },
  operations: [
    {
      name: 'mutations of a type that is guarded as a whole: none is run',
      query: 'mutation { count wipe }',
      errors: ['count'],
      answer: null,
      calls: {},
    },
    {
      name: 'the mutations that are for the reader, and no others',
      query: 'mutation ($to: Int) { a: count reset(to: $to) b: count wipe rest { total } }',
      variables: { to: 7 },
      reader: {},
      errors: ['reset'],
    },
    {
      name: 'queries beside a guarded one',
      query: '{ open closed __typename }',
      errors: ['closed'],
    },
  ],
};
