/** What a reader may see of an interface: what they may see of all that implement it; of a type apart, what that asks. */
import type { FederationCase } from '../../support/federation/case.ts';

const users = [
  { id: 'u1', name: 'Ana', mail: 'ana@x.test' },
  { id: 'u2', name: 'Bo', mail: 'bo@x.test' },
];
const posts = [
  { __typename: 'Public', id: 'p1', title: 'Open', text: 'a', author: users[0], extra: 'e1' },
  { __typename: 'Private', id: 'p2', title: 'Closed', text: 'b', author: users[1], secret: 's2' },
];

export const guardedInterfaces: FederationCase = {
  name: 'what a reader may see: interfaces',
  stockRefuses: 'it enforces nothing',
  subgraphs: {
    posts: `
      type Query { posts: [Post!]! post: Post any: [Any!]! nodes: [Node] texts: [Text] }
      type Mutation { publish: Post }
      interface Node { id: ID! }
      interface Text { text: String title: String author: User }
      interface Post implements Node { id: ID! title: String author: User }
      type Public implements Post & Node & Text @key(fields: "id") {
        id: ID! title: String text: String author: User extra: String
      }
      type Private implements Post & Node @key(fields: "id") @authenticated {
        id: ID! title: String author: User secret: String
      }
      type Letter implements Text { text: String @requiresScopes(scopes: [["letters"]]) title: String author: User }
      union Any = Public | Private
      type User @key(fields: "id") { id: ID! }
    `,
    users: `
      type User @key(fields: "id") { id: ID! name: String! mail: String @requiresScopes(scopes: [["mail"]]) }
    `,
  },
  entities: { Public: posts.slice(0, 1), Private: posts.slice(1), User: users },
  resolvers: {
    Mutation: { publish: () => posts[0] },
    Query: {
      posts: () => posts,
      post: () => posts[1],
      any: () => posts,
      nodes: () => posts,
      texts: () => [posts[0], { __typename: 'Letter', text: 'l', title: 'Letter', author: users[1] }],
    },
  },
  operations: [
    {
      name: 'a mutation that is asked for twice, of which once may be seen',
      query: 'mutation { publish { ... on Public { extra } } publish { title } }',
      errors: ['publish.title'],
      calls: { posts: 1 },
    },
    {
      name: 'the same in another order',
      query: 'mutation { publish { title } publish { __typename } }',
      errors: ['publish.title'],
      calls: { posts: 1 },
    },
    {
      name: 'the same where that is left out',
      query: 'mutation ($no: Boolean!) { publish { title } publish @include(if: $no) { __typename } }',
      variables: { no: false },
      errors: ['publish'],
      calls: {},
    },
    {
      name: 'no fields of an interface that somebody implements whom the reader may not see',
      query: '{ post { id title } }',
      errors: ['post'],
      calls: {},
    },
    {
      name: 'all of them to a reader who may',
      query: '{ post { id title } posts { id title } }',
      reader: {},
    },
    {
      name: 'null as far up as it goes',
      query: '{ posts { title } post { __typename } }',
      errors: ['posts'],
      answer: null,
    },
    {
      name: 'of types apart what each asks',
      query: '{ post { ... on Public { title } ... on Private { title } } }',
      errors: ['post.title'],
    },
    {
      name: 'of types apart, with what may not be null',
      query: '{ nodes { ... on Public { id title } ... on Private { id title } } }',
      errors: ['nodes.1.id'],
    },
    {
      name: 'names of types to everybody',
      query: '{ posts { __typename ... on Public { extra } } any { __typename } }',
    },
    {
      name: 'of a union what each of its types asks',
      query: '{ any { __typename ... on Public { extra } ... on Private { secret } } }',
      errors: ['any.1.secret'],
    },
    {
      name: 'fragments on the interface itself are no way around it',
      query:
        '{ posts { ... on Post { title } ... on Node { ... on Post { author { name } } } ...Deep } } fragment Deep on Post { late: title }',
      errors: [
        'posts.0.author',
        'posts.0.late',
        'posts.0.title',
        'posts.1.author',
        'posts.1.late',
        'posts.1.title',
      ],
    },
    {
      name: 'a field of which only one type asks more',
      query: '{ texts { text title } }',
      errors: ['texts.0.text', 'texts.1.text'],
    },
    {
      name: 'that field of the type that asks nothing',
      query: '{ texts { title text ... on Public { text } } }',
      errors: ['texts.1.text'],
    },
    {
      name: 'an object that one way denies and another shows: of each what it asked',
      query: '{ posts { ... on Post { author { name } } ... on Public { author { id mail } } } }',
      errors: ['posts.0.author.name', 'posts.1.author'],
    },
    {
      name: 'the same with fragments that stand at both places',
      query: `
        { posts { ... on Post { author { ...Who } } ... on Public { author { ...Who ...Mail } } } }
        fragment Who on User { id name }
        fragment Mail on User { mail }
      `,
      errors: ['posts.0.author.mail', 'posts.1.author'],
    },
    {
      name: 'the same to a reader who may see all but addresses',
      query: `
        { posts { ... on Post { author { ...Who } } ... on Public { author { ...Who mail } } } }
        fragment Who on User { id name }
      `,
      reader: {},
      errors: ['posts.0.author.mail'],
    },
  ],
};

const media = [
  { __typename: 'Book', id: 'b1', pages: 9, stars: 4 },
  { __typename: 'Film', id: 'f1', minutes: 90, stars: 2 },
];

export const guardedInterfaceObject: FederationCase = {
  name: 'what a reader may see: @interfaceObject',
  stockRefuses: 'it enforces nothing',
  subgraphs: {
    media: `
      type Query { all: [Media!]! }
      interface Media @key(fields: "id") { id: ID! }
      type Book implements Media @key(fields: "id") { id: ID! pages: Int @authenticated }
      type Film implements Media @key(fields: "id") { id: ID! minutes: Int }
    `,
    reviews: `
      type Query { reviewed: [Media!]! }
      type Media @interfaceObject @key(fields: "id") { id: ID! stars: Int @requiresScopes(scopes: [["stars"]]) }
    `,
  },
  entities: {
    Book: media.slice(0, 1),
    Film: media.slice(1),
    Media: media,
  },
  resolvers: { Query: { all: () => media, reviewed: () => media } },
  operations: [
    {
      name: 'which objects are of a type of which nothing is left',
      query: '{ reviewed { id ... on Book { pages } } }',
      errors: ['reviewed.0.pages'],
    },
    {
      name: 'the same in a fragment',
      query: '{ reviewed { id ...B } } fragment B on Book { pages }',
      errors: ['reviewed.0.pages'],
    },
    { name: 'it to whoever may see it', query: '{ reviewed { id ... on Book { pages } } }', reader: {} },
    {
      name: 'a field of the object, of the interface and of its types',
      query: '{ reviewed { stars } all { id ... on Film { stars minutes } } }',
      errors: ['all.1.stars', 'reviewed.0.stars', 'reviewed.1.stars'],
      calls: { media: 1, reviews: 1 },
    },
    {
      name: 'that field to whoever has the scope',
      query: '{ reviewed { stars } all { id ... on Film { stars minutes } } }',
      reader: { scopes: ['stars'] },
    },
  ],
};

export const guardedRequires: FederationCase = {
  name: 'what a reader may see: @requires, keys, shared and renamed',
  stockRefuses: 'it enforces nothing',
  subgraphs: {
    stock: `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
        "@key", "@shareable", { name: "@authenticated", as: "@login" }, { name: "@requiresScopes", as: "@scoped" }
      ])
      type Query { crates: [Crate!]! }
      type Crate @key(fields: "id") {
        id: ID!
        code: ID! @login
        price: Int @scoped(scopes: [["prices"]])
        size: Size
        label: String @shareable @login
      }
      type Size { width: Int @federation__policy(policies: [["measure"]]) }
    `,
    shipping: `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
        "@key", "@external", "@requires", "@shareable", { name: "@authenticated", as: "@login" },
        { name: "@requiresScopes", as: "@scoped" }
      ])
      type Crate @key(fields: "id") {
        id: ID! @login
        price: Int @external
        size: Size @external
        cost: Int @requires(fields: "price") @scoped(scopes: [["prices"]])
        twice: Int @requires(fields: "price size { width }") @scoped(scopes: [["prices"]])
          @federation__policy(policies: [["measure"]])
        lane: String
        label: String @shareable @scoped(scopes: [["labels"]])
      }
      type Size { width: Int @external }
    `,
  },
  entities: {
    Crate: [
      { id: 'c1', code: 'x1', price: 5, size: { width: 3 }, label: 'soft' },
      { id: 'c2', code: 'x2', price: null, size: null, label: null },
    ],
  },
  resolvers: {
    Query: {
      crates: () => [
        { id: 'c1', code: 'x1', price: 5, size: { width: 3 }, label: 'soft' },
        { id: 'c2', code: 'x2', price: null, size: null, label: null },
      ],
    },
    Crate: {
      cost: ({ price }) => (price === null ? null : price + 1),
      twice: ({ price, size }) => (price === null ? null : price * (size?.width ?? 0)),
      lane: ({ id }) => `lane of ${id}`,
    },
  },
  operations: [
    {
      name: 'what is computed of what the reader may not see is not asked for, nor what it is computed of',
      query: '{ crates { cost twice } }',
      reader: { policies: ['measure'] },
      errors: ['crates.0.cost', 'crates.0.twice', 'crates.1.cost', 'crates.1.twice'],
      calls: { stock: 1 },
    },
    {
      name: 'what is computed, in part',
      query: '{ crates { cost twice } }',
      reader: { scopes: ['prices'] },
      errors: ['crates.0.twice', 'crates.1.twice'],
      calls: { stock: 1, shipping: 1 },
    },
    {
      name: 'what is computed, to whoever has all',
      query: '{ crates { cost twice price } }',
      reader: { scopes: ['prices'], policies: ['measure'] },
    },
    {
      name: 'what is found by a key that is not for the reader',
      query: '{ crates { lane } }',
      calls: { stock: 1, shipping: 1 },
    },
    {
      name: 'the key itself: null as far up as it goes',
      query: '{ crates { lane id } }',
      errors: ['crates.0.id'],
      answer: null,
    },
    {
      name: 'a field of two subgraphs takes what both ask',
      query: '{ crates { label } }',
      reader: {},
      errors: ['crates.0.label', 'crates.1.label'],
    },
    {
      name: 'such a field to whoever has it',
      query: '{ crates { label } }',
      reader: { scopes: ['labels'] },
    },
  ],
};
