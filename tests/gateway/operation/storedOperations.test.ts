import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { readManifest } from '../../../gateway/operation/storedOperations.ts';
import { makeGateway, type TestGateway } from '../../support/gateway.ts';

const body =
  'query Story($id: ID!) {\n  story(id: $id) {\n    title\n    byline {\n      name\n      __typename\n    }\n    __typename\n  }\n}';
const id = 'a'.repeat(64);
const manifest = (operations: object[] = [{ id, name: 'Story', type: 'query', body }]) =>
  JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations });
const answer = {
  data: {
    story: {
      title: 'Story 1',
      byline: { name: 'Writer w1', __typename: 'Writer' },
      __typename: 'Story',
    },
  },
};

let gateway: TestGateway;
afterEach(() => gateway?.stop());

async function start(env: Record<string, string> = {}) {
  gateway = await makeGateway({ stored: readManifest(manifest()), env });
  const get = (parameters: Record<string, string>, headers: Record<string, string> = {}) =>
    gateway.app.inject({ method: 'GET', url: '/graphql', query: parameters, headers });
  const post = (payload: object) => gateway.app.inject({ method: 'POST', url: '/graphql', payload });
  return { get, post };
}

const variables = JSON.stringify({ id: '1' });
const persistedQuery = { version: 1, sha256Hash: id };

describe('a stored operation', () => {
  it('is asked for by its id: by GET and POST, as a persisted document and by the extension of Apollo', async () => {
    const { get, post } = await start();
    const ways = [
      await get({ documentId: `sha256:${id}`, variables }),
      await get({ documentId: id, variables }),
      await get({ extensions: JSON.stringify({ persistedQuery }), variables }),
      await post({ documentId: `sha256:${id}`, variables: { id: '1' } }),
      await post({ extensions: { persistedQuery }, variables: { id: '1' } }),
    ];
    for (const response of ways) expect([response.statusCode, response.json()]).toEqual([200, answer]);
  });

  it('may be kept for a second by anybody, and is not sent again to whoever has it', async () => {
    const { get } = await start();
    const { headers } = await get({ documentId: id, variables });
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=1, must-revalidate, stale-while-revalidate=0',
    });
    expect(headers.vary).toMatch(/Origin.*Accept.*authorization.*cookie/);
    const again = await get({ documentId: id, variables }, { 'if-none-match': `"x", W/${headers.etag}` });
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', headers.etag]);
    const other = await get(
      { documentId: id, variables: '{"id":"2"}' },
      { 'if-none-match': String(headers.etag) },
    );
    expect([other.statusCode, other.json().data.story.title]).toEqual([200, 'Story 2']);
  });

  it.each([{ authorization: 'Bearer x' }, { cookie: 'session=x' }])(
    'is kept by nobody for whoever says who they are: %j',
    async (headers) => {
      const { get } = await start();
      const response = await get({ documentId: id, variables }, headers);
      expect(response.headers).toMatchObject({ 'cache-control': 'no-store' });
      expect(response.headers.etag).toBeUndefined();
    },
  );

  it('is kept by nobody where subgraphs are told headers', async () => {
    const { get } = await start({ PROPAGATE_HEADERS: 'accept-language' });
    expect((await get({ documentId: id, variables })).headers['cache-control']).toBe('no-store');
  });

  it('with errors is kept by nobody', async () => {
    const failing = 'query Broken {\n  story(id: "1") {\n    broken\n    __typename\n  }\n}';
    const operations = [{ id: 'b', name: 'Broken', type: 'query', body: failing }];
    gateway = await makeGateway({ stored: readManifest(manifest(operations)) });
    const response = await gateway.app.inject({ url: '/graphql?documentId=b' });
    expect(response.json().errors).toHaveLength(1);
    expect(response.headers['cache-control']).toBe('no-store');
  });

  it('that nobody knows is told so, with its status', async () => {
    const { get } = await start();
    const response = await get({ documentId: 'sha256:nothing' });
    expect([response.statusCode, response.json()]).toEqual([
      404,
      {
        errors: [
          {
            message: 'Expected the id of a stored operation, but got: sha256:nothing.',
            extensions: { code: 'OPERATION_NOT_STORED' },
          },
        ],
      },
    ]);
  });

  it('without a variable that it needs is told so', async () => {
    const { get } = await start();
    const response = await get({ documentId: id }, { 'apollo-require-preflight': '1' });
    expect(response.json().errors[0].message).toContain('"$id"');
  });
});

describe('operations that are not stored', () => {
  const free = { query: '{ story(id: 1) { title } }' };
  const codeOf = (response: { json: () => { errors?: { extensions: { code: string } }[] } }) =>
    response.json().errors?.[0]?.extensions.code;

  it('are for everyone outside production', async () => {
    const { post } = await start();
    expect(codeOf(await post(free))).toBeUndefined();
  });

  it('are for nobody in production, introspection neither', async () => {
    const { post } = await start({ NODE_ENV: 'production', INTROSPECTION: 'true' });
    const response = await post(free);
    expect([response.statusCode, codeOf(response)]).toEqual([403, 'QUERY_NOT_IN_SAFELIST']);
    expect(codeOf(await post({ query: '{ __schema { queryType { name } } }' }))).toBe(
      'QUERY_NOT_IN_SAFELIST',
    );
  });

  it('are told by what they say, not by how it is written', async () => {
    const { post } = await start({ FREE_FORM_OPERATIONS: 'nobody' });
    const query = '# the page\nquery Story($id: ID!) { story(id: $id) { title byline { name } } }';
    expect((await post({ query, variables: { id: '1' } })).json().data.story.title).toBe('Story 1');
    // Again, by the short way.
    expect((await post({ query, variables: { id: '1' } })).json().data.story.title).toBe('Story 1');
    expect(codeOf(await post({ query: query.replace('title', 'id') }))).toBe('QUERY_NOT_IN_SAFELIST');
  });

  it('do not become stored by being sent with their hash', async () => {
    const { post } = await start({ FREE_FORM_OPERATIONS: 'nobody' });
    const { createHash } = await import('node:crypto');
    const sha256Hash = createHash('sha256').update(free.query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    expect(codeOf(await post({ ...free, extensions }))).toBe('QUERY_NOT_IN_SAFELIST');
    expect(codeOf(await post({ extensions }))).not.toBeUndefined();
  });
});

describe('a manifest', () => {
  it.each([
    ['no', 'JSON, but got: another format.'],
    ['[]', /^a manifest of persisted queries, but at the whole got: /],
    [manifest([{ id: 5, name: 'x', type: 'query', body: 'x' }]), /at operations\.0\.id got: /],
    [manifest([{ id, name: 'x', type: 'fragment', body: 'x' }]), /at operations\.0\.type got: /],
  ])('that is none is refused with what is wrong: %s', (text, reason) => {
    expect(() => readManifest(text)).toThrow(reason);
  });

  it('of this project holds each file in schema/operations/, as it is written there', () => {
    const stored = readManifest(readFileSync('schema/operations.json', 'utf8'));
    const files = readdirSync('schema/operations');
    expect(stored.all).toHaveLength(files.length);
    for (const file of files)
      expect([file, stored.holds(parse(readFileSync(`schema/operations/${file}`, 'utf8')))]).toEqual([
        file,
        true,
      ]);
  });
});
