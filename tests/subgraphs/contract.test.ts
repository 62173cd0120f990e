import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLObjectType, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { subgraphs } from '../../subgraphs/openSubgraphs.ts';
import { callerOf } from '../../subgraphs/serve/inProcessCall.ts';
import type { OpenSubgraph } from '../../subgraphs/serve/subgraph.ts';
import { readSubgraphSettings, type SubgraphName, subgraphNames } from '../../subgraphs/settings.ts';
import type { DatabaseServer } from '../../subgraphs/store/database.ts';
import { subgraphOwner } from '../../subgraphs/store/database.ts';
import { statementsOf, testDatabases } from '../support/databases.ts';

const sameFiles = [
  'content.ts',
  'loaders.ts',
  'migrations',
  'resolvers.ts',
  'store.ts',
  'subgraph.ts',
  'tables.ts',
  'types.ts',
];

/** The entities of each subgraph, and representations of things that are not there. */
const unknown = '00000000-0000-8000-8000-000000000000';
const entities: Record<SubgraphName, Record<string, object[]>> = {
  articles: { Article: [{ id: unknown }, { id: 'no id' }] },
  authors: { Author: [{ id: unknown }, { slug: 'nobody' }, { id: 'no id' }] },
  media: { Image: [{ id: unknown }, { id: 'no id' }], Video: [{ id: unknown }] },
  membership: { Tier: [{ id: unknown }, { id: 'no id' }], Member: [{ id: unknown }, { id: 'no id' }] },
};

/** Who may know all of them. */
const identity = JSON.stringify({ reader: { sub: 'test', scope: 'membership:read' } });

describe.each(subgraphNames)('the subgraph %s', (name) => {
  const [embedded] = testDatabases;
  let server: DatabaseServer;
  let open: OpenSubgraph<unknown>;
  let ask: ReturnType<typeof callerOf>;

  beforeAll(async () => {
    server = (await embedded?.open()) as DatabaseServer;
    const settings = readSubgraphSettings({});
    open = await subgraphs[name].open({ database: server.databaseOf(subgraphOwner(name)), settings });
    ask = callerOf(open);
  });
  afterAll(() => server?.close());

  it('has the same files as the others', () => {
    expect(readdirSync(`subgraphs/${name}`)).toEqual(expect.arrayContaining(sameFiles));
  });

  it('prints the SDL that schema/ holds', () => {
    expect(open.sdl).toBe(readFileSync(`schema/${name}.graphql`, 'utf8'));
  });

  it('answers _service with its SDL', async () => {
    const { data } = await ask({ query: '{ _service { sdl } }' });
    expect(JSON.stringify(data)).toContain('federation/v2.12');
  });

  it('begins nothing when nobody waits any longer', async () => {
    const failure = new Error('Expected a test.');
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
    const [type] = Object.keys(entities[name]);
    const call = { query, identity, variables: { r: [{ __typename: type, id: unknown }] } };
    const statements = await statementsOf(async () => {
      await expect(ask(call, { failure })).rejects.toBe(failure);
      await expect(ask({ ...call, signal: AbortSignal.abort(failure) })).rejects.toBe(failure);
    });
    expect(statements).toEqual([]);
    expect(await statementsOf(() => ask(call, { failure: undefined }))).toHaveLength(1);
  });

  it.each(Object.entries(entities[name]))(
    'answers null for an unknown %s, by every key',
    async (type, keys) => {
      const representations = keys.map((key) => ({ __typename: type, ...key }));
      const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
      const { data, errors } = await ask({ query, identity, variables: { r: representations } });
      expect(errors).toBeUndefined();
      expect(data?._entities).toEqual(keys.map(() => null));
    },
  );

  it.each(Object.keys(entities[name]))('asks for any number of %s with one statement', async (type) => {
    const ids = Array.from({ length: 50 }, (_, n) => unknown.replace(/..$/, String(n).padStart(2, '0')));
    const representations = ids.map((id) => ({ __typename: type, id }));
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
    const statements = await statementsOf(() => ask({ query, identity, variables: { r: representations } }));
    expect(statements).toHaveLength(1);
  });

  it('describes every type, field, argument and value that it shows', () => {
    const bare: string[] = [];
    const note = (path: string, { description }: { description?: string | null | undefined }) => {
      if (!description?.trim()) bare.push(path);
    };
    for (const type of Object.values(open.schema.getTypeMap())) {
      if (/^_|^(String|Boolean|Int|Float|ID)$|^(federation|link)__/.test(type.name)) continue;
      if (!isRoot(type)) note(type.name, type);
      if (isEnumType(type)) for (const value of type.getValues()) note(`${type.name}.${value.name}`, value);
      if (isInputObjectType(type))
        for (const field of Object.values(type.getFields())) note(`${type.name}.${field.name}`, field);
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        if (field.name.startsWith('_')) continue;
        note(`${type.name}.${field.name}`, field);
        for (const arg of field.args) note(`${type.name}.${field.name}(${arg.name}:)`, arg);
      }
    }
    expect(bare).toEqual([]);
  });
});

const isRoot = (type: object) =>
  type instanceof GraphQLObjectType && ['Query', 'Mutation'].includes(type.name);
