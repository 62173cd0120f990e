/** The same entity many times in one answer. */
import type { FederationCase } from '../../support/federation/case.ts';

const tags = [
  { id: 't1', name: 'red', uses: 3 },
  { id: 't2', name: 'blue', uses: 5 },
];
const cards = [
  { id: 'c1', tag: tags[0], tags: [tags[0], tags[1], tags[0]] },
  { id: 'c2', tag: tags[1], tags: [] },
  { id: 'c3', tag: null, tags: [tags[1], null, tags[1]] },
  { id: 'c4', tag: tags[0], tags: [tags[0]] },
];

export const repeats: FederationCase = {
  name: 'one entity many times',
  subgraphs: {
    cards: `
      type Query { cards: [Card!]! pairs: [[Tag]!]! }
      type Card { id: ID! tag: Tag tags: [Tag]! }
      type Tag @key(fields: "id") { id: ID! }
    `,
    tags: `
      type Tag @key(fields: "id") { id: ID! name: String! uses: Int! related: [Tag!]! error: String }
    `,
    counts: `
      type Tag @key(fields: "id") { id: ID! uses: Int! @external rank: String! @requires(fields: "uses") }
    `,
  },
  entities: { Tag: tags },
  resolvers: {
    Query: { cards: () => cards, pairs: () => [[tags[0], tags[1]], [tags[1], null, tags[0]], []] },
    Tag: {
      related: ({ id }) => tags.filter((tag) => tag.id !== id),
      error: ({ id }) => (id === 't2' ? new Error('Expected no error.') : 'none'),
      rank: ({ uses }) => `#${uses}`,
    },
  },
  operations: [
    {
      name: 'one call with each entity once',
      query: '{ cards { tag { name } } }',
      calls: { cards: 1, tags: 1 },
      representations: { tags: 2 },
    },
    {
      name: 'lists with nulls and repetitions',
      query: '{ cards { tags { name } } }',
      calls: { cards: 1, tags: 1 },
      representations: { tags: 2 },
    },
    {
      name: 'two places asked for at once, in one call',
      query: '{ cards { tag { name } tags { uses } } }',
      calls: { cards: 1, tags: 1 },
    },
    {
      name: 'three places with different fields and names',
      query: '{ cards { tag { n: name } tags { name uses } again: tags { u: uses } } pairs { uses name } }',
      calls: { cards: 1, tags: 1 },
    },
    {
      name: 'an error at each place of an entity',
      query: '{ cards { tag { error name } tags { error } } }',
      errors: ['cards.1.tag.error', 'cards.0.tags.1.error', 'cards.2.tags.0.error', 'cards.2.tags.2.error'],
    },
    {
      name: 'what is computed of each, once',
      query: '{ cards { tags { rank } } }',
      representations: { tags: 2, counts: 2 },
    },
    {
      name: 'a repeated entity that brings more of them',
      query: '{ pairs { name related { name related { uses } } } }',
    },
    {
      name: 'a subgraph down at two places',
      query: '{ cards { tag { name } } pairs { id uses } }',
      down: { tags: 'unreachable' },
      errors: [
        'cards.0.tag.name',
        'cards.1.tag.name',
        'cards.3.tag.name',
        'pairs.0.0.uses',
        'pairs.0.1.uses',
        'pairs.1.0.uses',
        'pairs.1.2.uses',
      ],
    },
  ],
};
