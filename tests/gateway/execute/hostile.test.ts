/** What comes from outside is anybody's: nothing of it holds up the process, stays in memory, or takes siblings along. */

import { composeServices } from '@apollo/composition';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { buildSchema, type FieldNode, type OperationDefinitionNode, parse } from 'graphql';
import { compileWrite } from '../../../gateway/compile/writeResponse.ts';
import { type Graph, type GraphRequest, openGraph } from '../../../gateway/execute/graph.ts';
import { compileIntrospect } from '../../../gateway/execute/introspection.ts';
import { singleResult } from '../../../gateway/wire/results.ts';
import type { SubgraphResponse } from '../../../gateway/wire/subgraphCall.ts';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external"])';

const { supergraphSdl, errors } = composeServices([
  {
    name: 'things',
    url: 'http://things.test',
    typeDefs: parse(`
      ${link}
      type Query { things: [Thing] nodes: [Node] anything: Anything odd: Odd }
      type Odd { state: toString word(like: hasOwnProperty): constructor }
      enum toString { ON OFF }
      scalar Anything
      scalar constructor
      scalar hasOwnProperty
      interface Node { id: ID! }
      type One implements Node { id: ID! size: Int }
      type Two implements Node { id: ID! }
      type Thing @key(fields: "id") { id: ID! inner: Node }
    `),
  },
  {
    name: 'names',
    url: 'http://names.test',
    typeDefs: parse(`
      ${link}
      interface Node { id: ID! }
      type One implements Node { id: ID! @external }
      type Two implements Node { id: ID! @external }
      type Thing @key(fields: "id") {
        id: ID!
        inner: Node @external
        name: String
        sure: String!
        title: String @requires(fields: "inner { id }")
      }
    `),
  },
]);

let things: unknown;
let names: SubgraphResponse = {};
let told = 0;
const reporter: GraphRequest['reporter'] = {
  ofCall: () => () => {
    told++;
    return { message: 'A call failed.', extensions: {} };
  },
  ofHoles:
    () =>
    ({ message }) => ({ message, extensions: {} }),
};

let graph: Graph;
beforeAll(async () => {
  expect(errors).toBeUndefined();
  graph = await openGraph({
    supergraphSdl: supergraphSdl as string,
    callOf: (name) => async () => (name === 'names' ? names : { data: things as Record<string, unknown> }),
  });
});
afterAll(() => graph.close());

function ask(text: string, variables: Record<string, unknown> = {}) {
  const document = parse(text);
  return graph
    .execute({ document, variables, operationName: undefined, headersFor: () => ({}), reporter })
    .then(singleResult);
}

const listOf = <Item>(length: number, itemAt: (at: number) => Item): Item[] =>
  Array.from({ length }, (_, at) => itemAt(at));

/** How much code is made while `run` runs. */
async function codeMadeBy(run: () => Promise<unknown>): Promise<number> {
  const made = jest.spyOn(globalThis, 'Function');
  try {
    await run();
    return made.mock.calls.length;
  } finally {
    made.mockRestore();
  }
}

describe('names that every object of JavaScript has something for', () => {
  it('are names of types like any other', async () => {
    things = { odd: { state: 'ON', word: ['any'] } };
    const { text } = await ask('query ($a: hasOwnProperty) { odd { state word(like: $a) } }', { a: 1 });
    expect(text).toBe('{"odd":{"state":"ON","word":["any"]}}');
  });
});

describe('answers that nobody can mean', () => {
  it('are null with an error where a value is nested too deep to be written; its siblings stay', async () => {
    things = { anything: JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)), nodes: [] };
    const { text, errors: shown } = await ask('{ anything nodes { id } }');
    expect(text).toBe('{"anything":null,"nodes":[]}');
    expect(shown.map(({ path }) => path)).toEqual([['anything']]);
  });

  it('name no type with what is not a text', async () => {
    const text = '{ nodes { id ... on One { size } } }';
    things = { nodes: [{ __typename: 'One', id: '1', size: 1 }] };
    await ask(text);
    things = { nodes: listOf(50, () => ({ __typename: ['One'], id: '1', size: 1 })) };
    expect(await codeMadeBy(() => ask(text))).toBe(0);
    expect((await ask(text)).text).toBe(`{"nodes":[${listOf(50, () => 'null').join()}]}`);
  });

  it('leave nothing behind for each type that they make up', async () => {
    const text = '{ things { title } }';
    names = { errors: [{}] };
    const askWith = (word: string) => {
      const inner = (at: number) => ({ __typename: `${word}${at}`, id: '1' });
      things = { things: listOf(50, (at) => ({ __typename: 'Thing', id: `${at}`, inner: inner(at) })) };
      return ask(text);
    };
    await askWith('First');
    // What is no type has one code for all: it may be made once more, and no more than that.
    expect(await codeMadeBy(() => askWith('Second'))).toBeLessThanOrEqual(1);
  });
});

describe('a value of a wrong type', () => {
  it('is told at each place where the same object stands', () => {
    const schema = buildSchema('type Query { a: [A] } type A { b: [B] } type B { id: ID n: Int m: Int }');
    const operation = parse('{ a { b { id n m } } }').definitions[0] as OperationDefinitionNode;
    const schemas = { schema, fullSchema: schema };
    const write = compileWrite({
      ...schemas,
      operation,
      fragments: new Map(),
      names: new Map(),
      conditions: {},
    });
    const b = [{ id: '1', n: 'none', m: 1 }];
    const options = { introspect: () => '', absent: new Set<Record<string, unknown>>(), maxBytes: 1000 };
    const { text, violations = [] } = write({ a: [{ b }, { b }] }, options) ?? {};
    expect(text).toBe('{"a":[{"b":[{"id":"1","n":null,"m":1}]},{"b":[{"id":"1","n":null,"m":1}]}]}');
    expect(violations.map(({ path }) => path.join('.'))).toEqual(['a.0.b.0.n', 'a.1.b.0.n']);
  });
});

describe('errors without end', () => {
  it('are looked at up to a thousand', async () => {
    things = { things: [{ __typename: 'Thing', id: '1' }] };
    names = { data: { _entities: [null] }, errors: listOf(5000, () => ({})) };
    told = 0;
    const { errors: shown } = await ask('{ things { name } }');
    expect(shown.map(({ path }) => path)).toEqual([['things', 0, 'name']]);
    expect(told).toBe(1000);
  });

  it('are told at a hundred places of a long list, and no more places are looked for', async () => {
    let reads = 0;
    const thing = (at: number) => ({
      get __typename() {
        reads++;
        return 'Thing';
      },
      id: `${at}`,
    });
    things = { things: listOf(2000, thing) };
    names = { errors: [{}] };
    const { text, errors: shown } = await ask('{ things { name sure } }');
    expect(text).toBe(`{"things":[${listOf(2000, () => 'null').join()}]}`);
    expect(shown).toHaveLength(100);
    // Once when it is gathered and once where a field of it is missing; what comes on top is for places that are told or have a hole.
    expect(reads).toBeLessThan(2 * 2000 + 500);
  });
});

describe('wide operations', () => {
  it('do not make code that takes a name for each of their fields', async () => {
    things = { things: [] };
    const text = `{ things { ${listOf(400, (at) => `a${at}: id`).join(' ')} } }`;
    const made = jest.spyOn(globalThis, 'Function');
    await ask(text);
    const lengths = made.mock.calls.map((given) => given.length);
    made.mockRestore();
    expect(lengths.length).toBeGreaterThan(0);
    expect(Math.max(...lengths)).toBeLessThan(20);
  });
});

describe('answers of introspection', () => {
  it('are kept up to a size, whoever asks', () => {
    const schema = buildSchema('type Query { one: Int }');
    let asked = 0;
    Object.defineProperty(schema, 'description', {
      get: () => {
        asked++;
        return 'long '.repeat(700_000);
      },
    });
    const asks = listOf(3, () => {
      const operation = parse('{ __schema { description } }').definitions[0] as OperationDefinitionNode;
      const introspect = compileIntrospect({ schema, operation, fragments: [] });
      return () => introspect(operation.selectionSet.selections[0] as FieldNode, {}).length;
    });
    for (const one of asks) expect(one()).toBeGreaterThan(3_000_000);
    asks[2]?.();
    expect(asked).toBe(3);
    asks[0]?.();
    expect(asked).toBe(4);
  });
});
