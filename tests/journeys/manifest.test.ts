/** Apollo Client with the manifest of stored operations, before a gateway that runs nothing else. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DocumentNode, Kind, parse, print } from 'graphql';
import { ArticlePageDocument, FrontPageDocument } from '../../schema/documents.ts';
import { startTestNewsroom, type TestNewsroom } from '../support/newsroom.ts';

const manifest: { operations: { id: string; name: string; body: string }[] } = JSON.parse(
  readFileSync('schema/operations.json', 'utf8'),
);

/** The id that the manifest has for an operation of this name: what Apollo's own clients look up. */
function idOf(document: DocumentNode): string {
  const definition = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const name = definition && 'name' in definition ? definition.name?.value : undefined;
  return manifest.operations.find((one) => one.name === name)?.id ?? '';
}

let newsroom: TestNewsroom;
/** The manifests of two versions of an app, in a folder. */
const apps = mkdtempSync(join(tmpdir(), 'dateline-apps-'));
const versions = ['headline', 'headline standfirst'].map((fields, version) => {
  const body = `query AppStories {\n  articles(first: 2) {\n    nodes {\n      ${fields.replace(' ', '\n      ')}\n    }\n  }\n}`;
  const id = createHash('sha256').update(body).digest('hex');
  const operations = [{ id, name: 'AppStories', type: 'query', body }];
  const text = JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations });
  writeFileSync(join(apps, `${version}.json`), text);
  return { id, body, fields: fields.split(' ') };
});
beforeAll(async () => {
  newsroom = await startTestNewsroom({ env: { FREE_FORM_OPERATIONS: 'nobody', OPERATIONS: apps } });
}, 180_000);
afterAll(async () => {
  await newsroom?.stop();
  rmSync(apps, { recursive: true });
});

interface Sent {
  method: string;
  hasText: boolean;
  cacheControl: string | null;
}

function openClient() {
  const sent: Sent[] = [];
  const watched: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    sent.push({
      method: init?.method ?? 'GET',
      hasText: /[?&]query=|"query":/.test(`${input} ${init?.body ?? ''}`),
      cacheControl: response.headers.get('cache-control'),
    });
    return response;
  };
  const link = new PersistedQueryLink({
    generateHash: async (document) => idOf(document),
    useGETForHashedQueries: true,
  }).concat(new HttpLink({ uri: `${newsroom.address}/graphql`, fetch: watched }));
  return { client: new ApolloClient({ cache: new InMemoryCache(), link }), sent };
}

describe('Apollo Client with the manifest', () => {
  it('asks by id alone, by GET, for an answer that caches may keep, and has it typed', async () => {
    const { client, sent } = openClient();
    const { data } = await client.query({ query: FrontPageDocument });
    const slug: string | undefined = data?.feed?.articles.nodes[0]?.slug;
    expect(slug).toBeTruthy();
    const page = await client.query({ query: ArticlePageDocument, variables: { slug: slug as string } });
    expect(page.data?.article?.headline).toBeTruthy();
    const asked = {
      method: 'GET',
      hasText: false,
      cacheControl: 'public, max-age=1, must-revalidate, stale-while-revalidate=0',
    };
    expect(sent).toEqual([asked, asked]);
  });

  it('sends what the manifest has, so that its own hash would find it too', async () => {
    const { client } = openClient();
    const texts = readdirSync('schema/operations').map((file) =>
      print(
        client.documentTransform.transformDocument(parse(readFileSync(`schema/operations/${file}`, 'utf8'))),
      ),
    );
    expect(manifest.operations.map(({ body }) => body).sort()).toEqual(texts.sort());
  });
});

describe('the newsroom', () => {
  it('runs nothing that is not stored where nobody may send that', async () => {
    const { errors } = await newsroom.ask('{ articles(first: 1) { nodes { slug } } }');
    expect(errors?.[0]?.extensions?.code).toBe('QUERY_NOT_IN_SAFELIST');
  });

  it('runs the operations of its own list and of each version of an app', async () => {
    for (const { id, body, fields } of versions) {
      const response = await fetch(`${newsroom.address}/graphql/sha256:${id}`);
      const { data } = (await response.json()) as { data: { articles: { nodes: object[] } } };
      expect(data.articles.nodes.map((node) => Object.keys(node))).toEqual([fields, fields]);
      expect((await newsroom.ask(body)).data).toEqual(data);
    }
    const own = await fetch(`${newsroom.address}/graphql/sha256:${idOf(FrontPageDocument)}`);
    expect(own.status).toBe(200);
  });

  it('serves the schema that lies in schema/api.graphql', async () => {
    const response = await fetch(`${newsroom.address}/schema.graphql`);
    expect(await response.text()).toBe(readFileSync('schema/api.graphql', 'utf8'));
  });
});
