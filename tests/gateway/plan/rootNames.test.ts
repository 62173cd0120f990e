/** Supergraphs whose root types have names of their own are run as any other. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { execute, type GraphQLSchema, parse, print, visit } from 'graphql';
import { type Graph, openGraph } from '../../../gateway/execute/graph.ts';
import { maskingReporter } from '../../../gateway/execute/reportErrors.ts';
import { createLog } from '../../../gateway/server/logger.ts';
import { readSettings } from '../../../gateway/settings.ts';
import { singleResult } from '../../../gateway/wire/results.ts';
import type { FederationCase } from '../../support/federation/case.ts';
import { makeSchemas } from '../../support/federation/schemas.ts';

const log = createLog(readSettings({ NODE_ENV: 'test', LOG_LEVEL: 'silent' }));

const shop: FederationCase = {
  name: 'renamed roots',
  subgraphs: {
    shop: `
      type Query { item: Item first: Entry root: Query! named(type: String): String }
      type Mutation { buy(id: ID!): Bought }
      type Bought { query: Query! item: Item }
      type Item @key(fields: "id") { id: ID! name: String! }
      union Entry = Item | Query
    `,
    prices: `
      type Query { cheapest: Item }
      type Item @key(fields: "id") { id: ID! price(type: String): Int! }
    `,
  },
  entities: { Item: [{ id: 'i1', name: 'Cup' }] },
  resolvers: {
    Query: {
      item: () => ({ id: 'i1', name: 'Cup' }),
      cheapest: () => ({ id: 'i1' }),
      first: () => ({ __typename: 'Query' }),
      root: () => ({}),
      named: (_, { type }) => type,
    },
    Mutation: { buy: () => ({ query: {}, item: { id: 'i1', name: 'Cup' } }) },
    Item: { price: () => 4 },
  },
  operations: [],
};

/** Another composer would have left the names as they are in the subgraphs. */
function renamed(sdl: string, names: Readonly<Record<string, string>>): string {
  const value = (name: string) => names[name] ?? name;
  const document = visit(parse(sdl), {
    NamedType: (node) => ({ ...node, name: { ...node.name, value: value(node.name.value) } }),
    ObjectTypeDefinition: (node) => ({ ...node, name: { ...node.name, value: value(node.name.value) } }),
    Argument: (node) =>
      node.value.kind === 'StringValue' && ['type', 'member'].includes(node.name.value)
        ? { ...node, value: { ...node.value, value: node.value.value.replace(/\w+/g, value) } }
        : undefined,
  });
  return print(document);
}

const names = { Query: 'RootQuery', Mutation: 'Change' };

let graph: Graph | undefined;
afterEach(async () => {
  await graph?.close();
  graph = undefined;
});

/** Subgraphs know their roots by the names of the supergraph. */
async function open(more: Readonly<Record<string, string>> = {}) {
  const { supergraphSdl, subgraphs } = makeSchemas(shop);
  const back = (query: string) =>
    query.replace(/\bon (\w+)/g, (all, name) => (name === 'RootQuery' ? 'on Query' : all));
  const sent: string[] = [];
  graph = await openGraph({
    supergraphSdl: renamed(supergraphSdl, { ...names, ...more }),
    callOf: (name) => async (request) => {
      sent.push(request.query);
      const answer = await execute({
        schema: subgraphs[name] as GraphQLSchema,
        document: parse(back(request.query)),
        variableValues: request.variables ?? {},
      });
      const text = JSON.stringify(answer).replaceAll('"__typename":"Query"', '"__typename":"RootQuery"');
      return JSON.parse(text);
    },
  });
  const opened = graph;
  const { apiSchema } = opened;
  const ask = async (query: string, variables?: Record<string, unknown>) => {
    const { text, errors } = singleResult(
      await opened.execute({
        document: parse(query),
        operationName: undefined,
        variables,
        headersFor: () => ({}),
        reporter: maskingReporter(log),
      }),
    );
    return { data: text && JSON.parse(text), errors };
  };
  return { ask, apiSchema, sent };
}

describe('root types with names of their own', () => {
  it('are what clients see', async () => {
    const { apiSchema } = await open();
    expect(apiSchema.getQueryType()?.name).toBe('RootQuery');
    expect(apiSchema.getMutationType()?.name).toBe('Change');
    expect(apiSchema.getType('Query')).toBeUndefined();
  });

  it('answer queries across subgraphs, their own name among them', async () => {
    const { ask } = await open();
    expect(await ask('{ __typename item { name price } ... on RootQuery { cheapest { name } } }')).toEqual({
      data: { __typename: 'RootQuery', item: { name: 'Cup', price: 4 }, cheapest: { name: 'Cup' } },
      errors: [],
    });
  });

  it('answer mutations, and queries within', async () => {
    const { ask } = await open();
    const query =
      'mutation { buy(id: 1) { query { __typename ...R } item { price } } } fragment R on RootQuery { cheapest { name } }';
    expect(await ask(query)).toEqual({
      data: { buy: { query: { __typename: 'RootQuery', cheapest: { name: 'Cup' } }, item: { price: 4 } } },
      errors: [],
    });
  });

  it('are members of unions, and texts that are called like them stay texts', async () => {
    const { ask, sent } = await open();
    const query =
      '{ first { __typename ... on RootQuery { named(type: "Query") } } named(type: "RootQuery") }';
    expect(await ask(query)).toEqual({
      data: { first: { __typename: 'RootQuery', named: 'Query' }, named: 'RootQuery' },
      errors: [],
    });
    expect(sent.join()).not.toMatch(/on Query\b/);
  });

  it('leave the usual names to other types', async () => {
    const { ask, apiSchema } = await open({ Bought: 'Query' });
    expect(apiSchema.getQueryType()?.name).toBe('RootQuery');
    expect(String(apiSchema.getMutationType()?.getFields().buy?.type)).toBe('Query');
    expect(await ask('mutation { buy(id: 1) { item { name price } query { item { price } } } }')).toEqual({
      data: { buy: { item: { name: 'Cup', price: 4 }, query: { item: { price: 4 } } } },
      errors: [],
    });
  });
});
