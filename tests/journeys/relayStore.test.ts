/** Relay on the graph: its compiler with @refetchable on stories and feeds, and its store on two screens. */
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import relayCompiler from 'relay-compiler';
import {
  type ConcreteRequest,
  createOperationDescriptor,
  Environment,
  fetchQuery,
  getSingularSelector,
  Network,
  type ReaderFragment,
  RecordSource,
  Store,
} from 'relay-runtime';
import { startTestNewsroom, type TestNewsroom } from '../support/newsroom.ts';

const screens = resolve('tests/journeys/relay/screens.js');

let newsroom: TestNewsroom;
let folder: string;
const warnings = (['warn', 'error'] as const).map((name) =>
  jest.spyOn(console, name).mockImplementation(() => {}),
);
beforeAll(async () => {
  newsroom = await startTestNewsroom();
  folder = await mkdtemp(join(tmpdir(), 'dateline-relay-'));
  await copyFile(screens, join(folder, 'screens.js'));
  await copyFile('schema/api.graphql', join(folder, 'api.graphql'));
  const config = { src: '.', schema: 'api.graphql', language: 'javascript' };
  await writeFile(join(folder, 'relay.config.json'), JSON.stringify(config));
  await promisify(execFile)(relayCompiler, ['relay.config.json'], { cwd: folder });
}, 180_000);
afterAll(async () => {
  await newsroom?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** What the compiler wrote for a query or fragment. */
async function compiled<Node>(name: string): Promise<Node> {
  const { default: node } = await import(join(folder, '__generated__', `${name}.graphql.js`));
  return node;
}

function open() {
  const counted = { requests: 0 };
  const environment = new Environment({
    network: Network.create(async ({ text }, variables) => {
      counted.requests++;
      const response = await fetch(`${newsroom.address}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: text, variables }),
      });
      return response.json();
    }),
    store: new Store(new RecordSource(), { gcReleaseBufferSize: 10 }),
  });

  /** Data of a screen: from the store if all of it is there. */
  async function show(queryName: string, variables: Record<string, unknown>, fragmentName?: string) {
    const query = await compiled<ConcreteRequest>(queryName);
    await fetchQuery(environment, query, variables, { fetchPolicy: 'store-or-network' }).toPromise();
    const operation = createOperationDescriptor(query, variables);
    environment.retain(operation);
    const snapshot = environment.lookup(operation.fragment);
    expect(snapshot.isMissingData).toBe(false);
    const [root] = Object.values(snapshot.data as Record<string, unknown>);
    if (fragmentName === undefined) return root;
    const fragment = await compiled<ReaderFragment>(fragmentName);
    const selector = getSingularSelector(fragment, root);
    if (!selector) throw new Error(`Expected ${queryName} to have the fragment ${fragmentName}.`);
    const part = environment.lookup(selector);
    expect(part.isMissingData).toBe(false);
    return part.data;
  }
  return { counted, show };
}

interface FeedData {
  articles: { edges: { node: { id: string; slug: string } }[]; pageInfo: { endCursor: string } };
}

describe('Relay', () => {
  it('shows three pages of the feed, then a story, then the same feed, with four requests', async () => {
    const { counted, show } = open();
    const feed = async () => (await show('screensFeedQuery', {}, 'screens_feed')) as FeedData;
    let shown = await feed();
    for (let page = 0; page < 2; page++) {
      const variables = { id: 'feed:news', count: 5, cursor: shown.articles.pageInfo.endCursor };
      await show('screensFeedPageQuery', variables);
      shown = await feed();
    }
    const slugs = shown.articles.edges.map(({ node }) => node.slug);
    expect(new Set(slugs).size).toBe(15);
    const story = await show('screensStoryQuery', { slug: slugs[0] }, 'screens_story');
    expect(story).toMatchObject({ access: { level: 'FULL' }, section: { name: expect.any(String) } });
    expect((await feed()).articles.edges.map(({ node }) => node.slug)).toEqual(slugs);
    expect(await show('screensStoryQuery', { slug: slugs[0] }, 'screens_story')).toEqual(story);
    expect(counted.requests).toBe(4);
    expect(warnings.flatMap(({ mock }) => mock.calls)).toEqual([]);
  });

  it('loads a story again by its id, with what other subgraphs have of it', async () => {
    const { counted, show } = open();
    const { data } = await newsroom.ask('{ articles(first: 1) { nodes { id slug } } }');
    const { id, slug } = data.articles.nodes[0];
    const again = await show('screensStoryRefetchQuery', { id });
    expect(again).toMatchObject({ __id: id });
    const story = await show('screensStoryQuery', { slug }, 'screens_story');
    expect(story).toMatchObject({ access: { level: 'FULL' }, related: { edges: expect.any(Array) } });
    expect(counted.requests).toBe(2);
    expect(warnings.flatMap(({ mock }) => mock.calls)).toEqual([]);
  });
});
