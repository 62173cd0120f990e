/** Fields of interface objects that are asked for several times: of all objects, of those of a type, by conditions. */
import type { FederationCase } from '../../support/federation/case.ts';

const animals = [
  { __typename: 'Cat', id: 'a1', born: 2020, legs: 4, lives: 9 },
  { __typename: 'Bird', id: 'a2', born: null, legs: 2, song: 'tweet' },
  { __typename: 'Cat', id: 'a3', born: 2001, legs: 3, lives: 1 },
];
const cats = animals.filter(({ __typename }) => __typename === 'Cat');
const birds = animals.filter(({ __typename }) => __typename === 'Bird');

const at = { start: { age: 'of 2020' } };

export const interfaceObjectAgain: FederationCase = {
  name: 'fields of interface objects, asked for again',
  subgraphs: {
    first: `
      type Query { start: Animal! walk: [Animal] }
      type Animal @interfaceObject @key(fields: "id") { id: ID! step: Int! mate: Animal }
    `,
    zoo: `
      type Query { animals: [Animal!]! beings: [Being!]! }
      interface Animal @key(fields: "id") { id: ID! born: Int legs: Int! }
      type Cat implements Animal @key(fields: "id") { id: ID! born: Int legs: Int! lives: Int! }
      type Bird implements Animal @key(fields: "id") { id: ID! born: Int legs: Int! song: String! }
      union Being = Cat | Bird
    `,
    vet: `
      type Animal @interfaceObject @key(fields: "id") {
        id: ID! born: Int @external legs: Int! @external
        age: String! @requires(fields: "born") shoes: Int! @requires(fields: "legs") plain: Int! seen(by: String): [Visit!]!
      }
      type Visit { day: Int! by: String of: Animal! }
    `,
  },
  entities: { Animal: animals, Cat: cats, Bird: birds },
  resolvers: {
    Query: {
      start: () => animals[0],
      walk: () => [animals[1], null, animals[2]],
      animals: () => animals,
      beings: () => [animals[1], animals[0]],
    },
    Animal: {
      age: ({ born }) => `of ${born ?? 'old'}`,
      shoes: ({ legs }) => legs * 10,
      plain: ({ id }) => Number(id.slice(1)),
      step: ({ id }) => Number(id.slice(1)) * 2,
      mate: ({ id }) => animals.find((one) => one.id !== id),
      seen: ({ id }, { by = 'Ann' }) => [{ day: 1, by, of: animals.find((one) => one.id !== id) }],
    },
  },
  operations: [
    {
      name: 'of a type too',
      stockEndsBadly: 'it looks for ways until there is no room for more',
      query: '{ start { age ... on Cat { age } } }',
      answer: at,
      calls: { first: 1, zoo: 1, vet: 1 },
    },
    ...[true, false].flatMap((yes) => [
      {
        name: `of a type by a condition, ${yes}`,
        ...(!yes && { stockIsWrong: 'it puts both under the condition' }),
        query: 'query ($yes: Boolean!) { start { age ... on Cat { age @include(if: $yes) } } }',
        variables: { yes },
        answer: at,
      },
      {
        name: `of all by a condition, of a type by none, ${yes}`,
        stockEndsBadly: 'it looks for ways until there is no room for more',
        query: 'query ($yes: Boolean!) { walk { age @include(if: $yes) ... on Cat { age } } }',
        variables: { yes },
      },
      {
        name: `of all by one condition, of a type by another, ${yes}`,
        stockIsWrong: 'it cannot make a plan',
        query:
          'query ($yes: Boolean!) { walk { age @include(if: $yes) ... on Cat { age @skip(if: $yes) lives } ... on Bird @include(if: $yes) { age song } } }',
        variables: { yes },
      },
      {
        name: `of each type by conditions, ${yes}`,
        stockIsWrong: 'it cannot make a plan',
        query:
          'query ($yes: Boolean!) { walk { ... on Cat @include(if: $yes) { age shoes } ... on Bird @skip(if: $yes) { shoes age } plain } }',
        variables: { yes },
      },
      {
        name: `in objects of its own, ${yes}`,
        ...(!yes && { stockIsWrong: 'it asks for what is computed without what that requires' }),
        query:
          'query ($yes: Boolean!) { start { seen { day ... on Visit @skip(if: $yes) { of { age } } } ... on Cat { seen { day of { age shoes @include(if: $yes) } } } } }',
        variables: { yes },
      },
    ]),
    {
      name: 'in named fragments, several times',
      stockEndsBadly: 'it looks for ways until there is no room for more',
      query:
        '{ start { ...A age ... on Animal { shoes ...A } } walk { ...A step } } fragment A on Animal { ... on Cat { age shoes lives } ...B } fragment B on Animal { age ... on Bird { age song } }',
    },
    {
      name: 'before it is asked of all',
      stockEndsBadly: 'it looks for ways until there is no room for more',
      query: '{ walk { ... on Bird { shoes song } shoes ... on Cat { lives shoes } } }',
    },
    {
      name: 'through a union, and through the objects themselves',
      stockIsWrong: 'it asks for what is computed without what that requires',
      query:
        '{ beings { ... on Animal { age ... on Cat { age plain } } ... on Cat { age } } animals { age ... on Bird { age shoes } } }',
    },
    {
      name: 'objects within, of which each asks for something else',
      stockEndsBadly: 'it looks for ways until there is no room for more',
      query:
        '{ start { mate { age } ... on Cat { mate { age shoes ... on Bird { age song } } } seen { by } ... on Animal { seen { of { age } } } } }',
    },
    {
      name: 'under one name with other arguments by type',
      stockIsWrong: 'it confuses one argument with the other',
      query:
        '{ walk { ... on Cat { x: seen(by: "Bo") { by } } ... on Bird { x: seen { by } } y: seen { by } } }',
    },
    {
      name: 'one that requires more of a type alone, beside one that requires nothing',
      stockEndsBadly: 'it looks for ways until there is no room for more',
      query:
        '{ animals { plain ... on Bird { shoes song } } walk { step plain ... on Cat { shoes lives } } }',
    },
    {
      name: 'ones that require this and that of a type each',
      stockIsWrong: 'it asks for what is computed without what that requires',
      query:
        'query ($yes: Boolean!) { animals { legs ... on Bird { shoes plain } ... on Cat @include(if: $yes) { age } } walk { ... on Cat { shoes } ... on Bird { age @skip(if: $yes) } } }',
      variables: { yes: true },
    },
    {
      name: 'by more conditions than there are cases for',
      query:
        'query ($a: Boolean!, $b: Boolean!, $c: Boolean!, $d: Boolean!, $e: Boolean!) { walk { age @include(if: $a) shoes @skip(if: $b) ... on Cat { lives @include(if: $c) age @include(if: $d) } ... on Bird { song @skip(if: $e) } } }',
      variables: { a: false, b: false, c: true, d: true, e: false },
    },
    {
      name: 'by so many conditions on types that the planner fails at them',
      stockIsWrong: 'it cannot make a plan',
      query:
        'query ($a: Boolean!, $b: Boolean!, $c: Boolean!, $d: Boolean!, $e: Boolean!) { walk { step @include(if: $a) ... on Cat @include(if: $b) { age lives @skip(if: $c) } ... on Bird @skip(if: $d) { shoes song @include(if: $e) } } }',
      variables: { a: false, b: true, c: false, d: false, e: true },
    },
  ],
};
