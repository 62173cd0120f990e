/** Objects by their global id over HTTP, with fields of every subgraph. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { explainFile } from '../../gateway/explainOperation.ts';
import { readSettings } from '../../gateway/settings.ts';
import { startTestNewsroom, type TestNewsroom } from '../support/newsroom.ts';

const page = `query Page($ids: [ID!]!) { nodes(ids: $ids) {
  id
  ... on Article { headline leadMedia { ... on ImageUse { image { id creditText } } } access { level } }
  ... on Author { name jobTitle avatar { id creditText } articles(first: 1) { nodes { id } } }
  ... on Section { name }
} }`;

let newsroom: TestNewsroom;
let folder: string;
beforeAll(async () => {
  newsroom = await startTestNewsroom();
  folder = await mkdtemp(join(tmpdir(), 'dateline-nodes-'));
}, 180_000);
afterAll(async () => {
  await newsroom?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const calls = async (text: string) => {
  const file = join(folder, 'page.graphql');
  await writeFile(file, text);
  const supergraphSdl = await readFile('schema/supergraph.graphql', 'utf8');
  const settings = readSettings({ NODE_ENV: 'test' });
  const told = await explainFile(file, { supergraphSdl, operationName: undefined, settings });
  return [...told.matchAll(/Call \d+: a query to (\w+)/g)].map(([, name]) => name);
};

describe('objects by their global id', () => {
  it('come with fields of all subgraphs, for one call to each and none without a type that needs it', async () => {
    const { data } = await newsroom.ask(`{
      articles(first: 1) { nodes { id headline section { id name } } }
      authors(first: 1) { nodes { id name ... on Node { id } } }
    }`);
    const [story] = data.articles.nodes;
    const [author] = data.authors.nodes;
    const none = '00000000-0000-8000-8000-000000000000';
    const answer = await newsroom.ask(page, { ids: [author.id, none, story.id, story.section.id] });
    expect(answer.errors).toBeUndefined();
    expect(answer.data.nodes).toMatchObject([
      { id: author.id, name: author.name, jobTitle: expect.any(String) },
      null,
      { id: story.id, headline: story.headline, access: { level: 'FULL' } },
      story.section,
    ]);
    expect((await calls(page)).sort()).toEqual(['articles', 'authors', 'media', 'membership']);
    expect(await calls('query One($id: ID!) { node(id: $id) { id ... on Article { headline } } }')).toEqual([
      'articles',
    ]);
  });

  it('know every author that Authors has', async () => {
    const { data } = await newsroom.ask('{ authors(first: 100) { nodes { id name } } }');
    const ids = data.authors.nodes.map(({ id }: { id: string }) => id);
    const { data: found } = await newsroom.ask(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Author { name } } }',
      { ids },
    );
    expect(found.nodes).toEqual(data.authors.nodes);
  });

  it('have their own id each: no two objects of different types share one', async () => {
    const { data } = await newsroom.ask(`{
      articles(first: 50) { nodes { id section { id } tags { id } bylines { author { id avatar { id } } }
        corrections { id } body { id } leadMedia { ... on ImageUse { image { id } } ... on VideoUse { video { id } } } } }
      a: feed(slug: "section/city") { id } b: feed(slug: "news") { id }
      sections { id }
      membership { tiers { id } newsletters { id } campaign { id } }
    }`);
    const paths = new Map<string, Set<string>>();
    const note = (value: unknown, type: string) => {
      if (Array.isArray(value)) for (const item of value) note(item, type);
      else if (value && typeof value === 'object')
        for (const [name, inner] of Object.entries(value)) {
          if (name === 'id') paths.set(inner as string, (paths.get(inner as string) ?? new Set()).add(type));
          else note(inner, name === 'sections' ? 'section' : name);
        }
    };
    note(data, '');
    expect([...paths.values()].filter((types) => types.size > 1)).toEqual([]);
    expect(paths.size).toBeGreaterThan(100);
  });
});
