import { buildSubgraphSchema } from '@apollo/subgraph';
import { describe, expect, it } from '@jest/globals';
import { type ExecutionResult, execute, type GraphQLSchema, parse } from 'graphql';
import { executorOf } from '../../../subgraphs/execute/runOperation.ts';

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key"])
  type Query { none: String }
  interface Named { name: String }
  type Story implements Named @key(fields: "id") { id: ID! name: String words: Int! }
  type Author @key(fields: "id") { id: ID! name: String }
  type Loose @key(fields: "id") { id: ID! note: String }
  type Plain { id: ID }
`);

/** A subgraph that knows the stories 1 to 9; whoever is asked for is written down. */
function opened() {
  const asked: unknown[] = [];
  const story = (id: unknown) => {
    asked.push(id);
    if (id === 'throws') throw new Error('threw');
    if (id === 'rejects') return Promise.reject(new Error('rejected'));
    if (id === 'wordless') return { id, name: 'no words' };
    if (typeof id !== 'string') return null;
    return Number(id) % 2 ? { id, name: `story ${id}`, words: 5 } : Promise.resolve({ id, words: 6 });
  };
  const schema = buildSubgraphSchema({
    typeDefs,
    resolvers: {
      Story: { __resolveReference: ({ id }: { id: unknown }) => story(id) },
      Author: { __resolveReference: ({ id }: { id: unknown }) => ({ id, name: 'Ann' }) },
    } as never,
  });
  return { schema, asked };
}

const source = `query ($of: [_Any!]!) {
  _entities(representations: $of) { __typename ... on Story { id words } ... on Author { name } ... on Named { name } ... on Loose { id note } }
}`;
const document = parse(source, { noLocation: true });

const ours = async (schema: GraphQLSchema, of: unknown) =>
  await executorOf(schema)({ document, variables: { of }, context: {} });
const theirs = async (schema: GraphQLSchema, of: unknown) =>
  await execute({ schema, document, variableValues: { of } as never, contextValue: {} });

const shown = ({ data, errors }: ExecutionResult) => ({
  data: JSON.stringify(data),
  errors: errors?.map(({ message, path }) => ({ message, path })),
});

const one = { __typename: 'Story', id: '1' };

describe('representations', () => {
  it.each<[string, unknown]>([
    ['of entities, in their order', [one, { __typename: 'Author', id: 'a' }, { ...one, id: '2' }, one]],
    ['with none in the list', []],
    ['of nobody', [{ __typename: 'Story' }, { __typename: 'Story', id: null }, one]],
    ['with keys of other types', [{ ...one, id: 5 }, { ...one, id: { a: [1] } }, { ...one, id: ['1'] }, one]],
    ['of a type that nobody knows', [one, { __typename: 'Nobody', id: '1' }]],
    ['of a type that is no entity', [one, { __typename: 'Plain', id: '1' }]],
    ['of a type that is no object', [{ __typename: 'ID', id: '1' }]],
    ['of Query', [{ __typename: 'Query' }]],
    ['of a type without a reference', [one, { __typename: 'Loose', id: '1', note: 'x' }]],
    ['of a type without a reference, wrong in itself', [{ __typename: 'Loose', id: { a: 1 }, note: {} }]],
    ['without a type', [one, { id: '1' }]],
    ['whose type is a number', [{ __typename: 5 }]],
    ['whose type means something to JavaScript', [{ __typename: '__proto__' }]],
    ['whose type is a method of objects', [{ __typename: 'constructor' }, { __typename: 'toString' }]],
    ['that are no objects', [5]],
    ['that are texts', ['Story', one]],
    ['that are lists', [[one]]],
    ['that are null', [one, null]],
    ['with keys of JavaScript', [JSON.parse('{"__typename":"Story","id":"1","__proto__":{"words":7}}')]],
    ['that are one and no list', one],
    ['that are missing', undefined],
    ['that are null as a whole', null],
  ])('%s are answered as @apollo/subgraph does', async (_name, of) => {
    const expected = shown(await theirs(opened().schema, of));
    expect(shown(await ours(opened().schema, of))).toEqual(expected);
  });

  it('that fail leave the others as they are', async () => {
    const of = ['1', 'throws', 'rejects', 'wordless', '2'].map((id) => ({ __typename: 'Story', id }));
    const { data, errors } = await ours(opened().schema, of);
    expect(JSON.parse(JSON.stringify(data))._entities).toEqual([
      { __typename: 'Story', id: '1', words: 5, name: 'story 1' },
      null,
      null,
      null,
      { __typename: 'Story', id: '2', words: 6, name: null },
    ]);
    const byPlace = (errors ?? []).map(({ path, message }) => [path?.join('.'), message]).sort();
    expect(byPlace).toEqual([
      ['_entities.1', 'threw'],
      ['_entities.2', 'rejected'],
      ['_entities.3.words', 'Cannot return null for non-nullable field Story.words.'],
    ]);
  });

  it('leave nothing behind in objects that all share', async () => {
    await ours(opened().schema, [JSON.parse('{"__typename":"Story","id":"1","__proto__":{"spoiled":1}}')]);
    expect('spoiled' in {}).toBe(false);
  });

  it('are each asked for once, a hundred thousand of them too', async () => {
    const { schema, asked } = opened();
    const of = Array.from({ length: 100_000 }, (_, place) => ({ __typename: 'Story', id: String(place) }));
    const { data, errors } = await ours(schema, of);
    expect(errors).toBeUndefined();
    expect(asked).toHaveLength(100_000);
    expect((data as { _entities: { id: string }[] })._entities[99_999]?.id).toBe('99999');
  });
});
