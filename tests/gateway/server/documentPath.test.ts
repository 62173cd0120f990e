/** Stored queries at URLs of their own, GET /graphql/<documentId>: GraphQL over HTTP, appendix "Persisted Documents". */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readManifest } from '../../../gateway/operation/storedOperations.ts';
import { makeGateway, type TestGateway } from '../../support/gateway.ts';
import { tinyCalls } from '../../support/tiny-graph.ts';

const bodies = {
  Story: 'query Story($id: ID!) {\n  story(id: $id) {\n    title\n  }\n}',
  Rename: 'mutation Rename {\n  rename(id: "1", title: "x") {\n    id\n  }\n}',
};
const idOf = (name: keyof typeof bodies) => createHash('sha256').update(bodies[name]).digest('hex');
const stored = readManifest(
  JSON.stringify({
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: [
      { id: idOf('Story'), name: 'Story', type: 'query', body: bodies.Story },
      { id: idOf('Rename'), name: 'Rename', type: 'mutation', body: bodies.Rename },
      { id: 'story.of-relay~1', name: 'Story', type: 'query', body: bodies.Story },
    ],
  }),
);
const story = `/graphql/sha256:${idOf('Story')}`;
const variables = JSON.stringify({ id: '1' });
const modern = 'application/graphql-response+json';

describe('a stored query at its own URL', () => {
  let gateway: TestGateway;
  const { calls, sent } = tinyCalls();
  beforeAll(async () => {
    gateway = await makeGateway({ stored, calls });
  });
  afterAll(() => gateway.stop());

  const get = (url: string, query: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    gateway.app.inject({ url, query, headers: { accept: modern, ...headers } });
  const codeOf = (response: Awaited<ReturnType<typeof get>>) => response.json().errors[0].extensions.code;

  it.each([story, story.replace(':', '%3A'), `/graphql/${idOf('Story')}`, '/graphql/story.of-relay~1'])(
    'is answered: %s',
    async (url) => {
      const response = await get(url, { variables });
      expect([response.statusCode, response.json()]).toEqual([
        200,
        { data: { story: { title: 'Story 1' } } },
      ]);
      expect(response.headers['content-type']).toBe(`${modern}; charset=utf-8`);
      expect(response.headers['cache-control']).toMatch(/^public, max-age=1,/);
    },
  );

  it('is not sent again to a client that has it', async () => {
    const first = await get(story, { variables });
    const again = await get(story, { variables }, { 'if-none-match': String(first.headers.etag) });
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', first.headers.etag]);
    const other = await get(
      story,
      { variables: '{"id":"2"}' },
      { 'if-none-match': String(first.headers.etag) },
    );
    expect([other.statusCode, other.json().data.story.title]).toEqual([200, 'Story 2']);
  });

  it('is answered to a page of another site, and to a browser that opens its URL', async () => {
    const page = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'cors',
      origin: 'https://other.example',
    };
    expect((await get(story, { variables }, page)).statusCode).toBe(200);
    const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
    expect((await get(story, { variables }, browser)).json()).toEqual({
      data: { story: { title: 'Story 1' } },
    });
    // Without its variable it is an error, and no page.
    expect((await get(story, {}, browser)).json().errors[0].message).toContain('"$id"');
  });

  it('is explained on request', async () => {
    const response = await get(story, { variables }, { 'apollo-query-plan-experimental': '1' });
    expect(response.json().extensions.__queryPlanExperimental).toContain('QueryPlan');
    const cost = await get(story, { variables }, { 'graphql-cost': 'report' });
    expect(cost.json().extensions.cost).toBeDefined();
  });

  it.each([
    ['a query too', { query: '{ __typename }' }],
    ['an id too', { documentId: idOf('Story') }],
  ])('is refused with %s', async (_, parameters) => {
    const response = await get(story, parameters as unknown as Record<string, string>);
    expect([response.statusCode, codeOf(response)]).toEqual([400, 'BAD_REQUEST']);
    expect(response.json().errors[0].message).toMatch(
      /^Expected the path alone to name the operation, but got: /,
    );
  });

  it('is refused with variables that are not JSON, or that come twice', async () => {
    for (const parameters of ['variables={', `variables={}&variables={}`, 'variables=5']) {
      const response = await get(`${story}?${parameters}`);
      expect([response.statusCode, codeOf(response)]).toEqual([400, 'BAD_REQUEST']);
    }
  });

  it('is unknown under another id, prefix or case', async () => {
    for (const id of [
      `md5:${idOf('Story')}`,
      `sha256:${idOf('Story').toUpperCase()}`,
      'sha256:',
      'x'.repeat(1400),
    ]) {
      const response = await get(`/graphql/${id}`, { variables });
      expect([id, response.statusCode, codeOf(response)]).toEqual([id, 404, 'OPERATION_NOT_STORED']);
    }
    expect((await get('/graphql/', { variables })).statusCode).toBe(404);
    expect((await get(`${story}/more`, { variables })).statusCode).toBe(404);
  });

  it('runs no mutation, by either way to name one', async () => {
    sent.length = 0;
    for (const response of [
      await get(`/graphql/sha256:${idOf('Rename')}`),
      await get('/graphql', { documentId: `sha256:${idOf('Rename')}` }),
    ]) {
      expect([response.statusCode, response.headers.allow]).toEqual([405, 'POST']);
      expect(response.json().data).toBeUndefined();
    }
    expect(sent).toEqual([]);
  });

  it.each(['POST', 'PUT', 'HEAD', 'DELETE'] as const)('is not served by %s', async (method) => {
    const { statusCode, headers } = await gateway.app.inject({
      method,
      url: story,
      headers: { accept: modern },
    });
    expect([statusCode, headers.allow, headers['content-type']]).toEqual([
      405,
      'GET',
      `${modern}; charset=utf-8`,
    ]);
  });
});
