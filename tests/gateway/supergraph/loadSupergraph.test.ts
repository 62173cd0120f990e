import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { loadSupergraph } from '../../../gateway/supergraph/loadSupergraph.ts';
import { makeGateway } from '../../support/gateway.ts';
import { compose, tinySupergraph } from '../../support/tiny-graph.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(text: string): Promise<string> {
  const path = join(folder, 'supergraph.graphql');
  await writeFile(path, text);
  return path;
}

/** A supergraph of one subgraph that imports `imports` and says `use` of a field. */
function withDirective(imports: string, use: string): string {
  const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: [${imports}])`;
  const typeDefs = parse(`${link} type Query { items(first: Int): [Int] ${use} }`);
  return compose([{ name: 'one', typeDefs, url: 'http://one.test/graphql' }]);
}

describe('loading a supergraph', () => {
  it('takes a composed one from a file', async () => {
    const sdl = tinySupergraph();
    expect(await loadSupergraph(await write(sdl))).toBe(sdl);
  });

  it.each([
    ['', 'got: an empty text.'],
    ['type Query {', 'got: Syntax Error'],
    ['type Query { a: Int }', 'got: a schema without "join__Graph". Compose the subgraphs first.'],
  ])('says what is wrong with %j', async (text, message) => {
    await expect(loadSupergraph(await write(text))).rejects.toThrow(message);
  });

  it('says that there is no such file', async () => {
    await expect(loadSupergraph(join(folder, 'nowhere.graphql'))).rejects.toThrow(
      /^Expected the supergraph .*nowhere\.graphql to be a readable file, but got: no such file\.$/,
    );
  });
});

describe('running a supergraph', () => {
  it.each([
    ['@cost', withDirective('"@cost"', '@cost(weight: 5)')],
    ['@listSize', withDirective('"@listSize"', '@listSize(slicingArguments: ["first"])')],
    ['@tag', withDirective('"@tag"', '@tag(name: "public")')],
    ['@inaccessible', withDirective('"@inaccessible"', 'hidden: Int @inaccessible')],
  ])('takes one with %s', async (_name, supergraphSdl) => {
    const gateway = await makeGateway({
      supergraphSdl,
      calls: { one: async () => ({ data: { items: [1] } }) },
    });
    expect((await gateway.ask('{ items }')).body).toEqual({ data: { items: [1] } });
    await gateway.stop();
  });

  it.each([
    ['@authenticated', withDirective('"@authenticated"', '@authenticated')],
    ['@requiresScopes', withDirective('"@requiresScopes"', '@requiresScopes(scopes: [["a"]])')],
    ['@policy', withDirective('"@policy"', '@policy(policies: [["a"]])')],
  ])('takes one with %s, and enforces it', async (_name, supergraphSdl) => {
    let calls = 0;
    const one = async () => {
      calls++;
      return { data: { items: [1] } };
    };
    const gateway = await makeGateway({ supergraphSdl, calls: { one } });
    const { body } = await gateway.ask('{ items }');
    expect(body.errors).toMatchObject([
      { path: ['items'], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } },
    ]);
    expect([body.data?.items ?? null, calls]).toEqual([null, 0]);
    await gateway.stop();
  });

  it('refuses a routing URL that cannot be called', async () => {
    const supergraphSdl = tinySupergraph({ stories: 'ftp://stories.test' });
    await expect(makeGateway({ supergraphSdl, callSubgraph: () => undefined })).rejects.toThrow(
      'Expected the routing URL of subgraph "stories" to be an http or https URL, but got: ftp://stories.test.',
    );
  });
});
