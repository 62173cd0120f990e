/** @skip and @include on fields that others require, that are keys, and on what is asked for in several places. */
import type { FederationCase } from '../../support/federation/case.ts';

const jars = [
  { id: 'j1', grams: 5, seal: { color: 'red', code: 7 } },
  { id: 'j2', grams: 9, seal: null },
];

export const requiredConditions: FederationCase = {
  name: '@skip and @include on what others require',
  subgraphs: {
    shelf: `
      type Query { jars: [Jar!]! jar: Jar }
      type Jar @key(fields: "id") { id: ID! grams: Int! seal: Seal next: Jar }
      type Seal { color: String! code: Int! }
    `,
    labels: `
      type Jar @key(fields: "id") { id: ID! grams: Int! @external seal: Seal @external label: String! @requires(fields: "grams seal { code }") plain: String! }
      type Seal { code: Int! @external }
    `,
  },
  entities: { Jar: jars },
  resolvers: {
    Query: { jars: () => jars, jar: () => jars[0] },
    Jar: {
      label: ({ grams, seal }) => `${grams}g ${seal?.code ?? 'open'}`,
      plain: ({ id }) => `jar ${id}`,
      next: ({ id }) => jars.find((jar) => jar.id !== id),
    },
  },
  operations: [
    ...[true, false].flatMap((yes) => [
      {
        name: `a required field, ${yes}`,
        query:
          'query ($yes: Boolean!) { jars { grams @include(if: $yes) seal @skip(if: $yes) { color } label } }',
        variables: { yes },
      },
      {
        name: `a key, ${yes}`,
        query: 'query ($yes: Boolean!) { jars { id @include(if: $yes) __typename @skip(if: $yes) plain } }',
        variables: { yes },
      },
      {
        name: `what requires, ${yes}`,
        ...(yes
          ? {}
          : {
              stockIsWrong:
                'it sends no entity when a required field is left out together with what requires it',
            }),
        query: 'query ($yes: Boolean!) { jars { label @include(if: $yes) plain @skip(if: $yes) } }',
        variables: { yes },
        calls: { shelf: 1, labels: 1 },
      },
      {
        name: `parts of a required object, ${yes}`,
        query:
          'query ($yes: Boolean!) { jars { seal { code @include(if: $yes) color @skip(if: $yes) } label @include(if: $yes) } }',
        variables: { yes },
      },
      {
        name: `an entity within an entity, ${yes}`,
        query:
          'query ($yes: Boolean!) { jar { plain next @include(if: $yes) { label next { plain @skip(if: $yes) id } } } }',
        variables: { yes },
      },
      {
        name: `the same twice, once by ${yes}`,
        query:
          'query ($yes: Boolean!) { jar { next { plain } ... on Jar @include(if: $yes) { next { label } } } }',
        variables: { yes },
      },
      {
        name: `the root twice, once by ${yes}`,
        query:
          'query ($yes: Boolean!) { jar { plain } ...R @skip(if: $yes) } fragment R on Query { jar { label grams } jars { plain } }',
        variables: { yes },
      },
    ]),
  ],
};
