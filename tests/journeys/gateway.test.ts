import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let address: string;
beforeAll(async () => {
  gateway = await makeGateway();
  address = await gateway.listen();
});
afterAll(() => gateway.stop());

const json = { 'content-type': 'application/json' };

async function send(path: string, init: RequestInit = {}) {
  const response = await fetch(`${address}${path}`, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? JSON.parse(text) : undefined,
  };
}

const post = (payload: unknown, headers: Record<string, string> = {}) =>
  send('/graphql', {
    method: 'POST',
    headers: { ...json, ...headers },
    body: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });

const modern = { accept: 'application/graphql-response+json' };

/** The one error of an answer that is nothing else. */
function onlyError({ body }: { body?: { errors?: { message: string; extensions: { code: string } }[] } }) {
  expect(body?.errors).toHaveLength(1);
  return body?.errors?.[0];
}

describe('GraphQL over HTTP', () => {
  const query = '{ story(id: 1) { title byline { name } } }';
  const data = { story: { title: 'Story 1', byline: { name: 'Writer w1' } } };

  it('answers by POST, in either media type', async () => {
    const plain = await post({ query });
    expect([plain.status, plain.body]).toEqual([200, { data }]);
    expect(plain.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const answer = await post({ query }, modern);
    expect([answer.status, answer.body]).toEqual([200, { data }]);
    expect(answer.headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
  });

  it('answers a query by GET, and no mutation', async () => {
    const headers = { 'apollo-require-preflight': 'yes' };
    const variables = encodeURIComponent('{"id":"2"}');
    const text = encodeURIComponent('query ($id: ID!) { story(id: $id) { title } }');
    const got = await send(`/graphql?query=${text}&variables=${variables}`, { headers });
    expect([got.status, got.body]).toEqual([200, { data: { story: { title: 'Story 2' } } }]);
    const mutation = encodeURIComponent('mutation { rename(id: 1, title: "x") { id } }');
    const refused = await send(`/graphql?query=${mutation}`, { headers });
    expect(refused.status).toBe(405);
    expect(refused.headers.get('allow')).toBe('POST');
  });

  it('takes a stored operation by its hash once it was sent with its text', async () => {
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const unknown = await post({ extensions });
    expect(unknown.status).toBe(200);
    expect(onlyError(unknown)).toEqual({
      message: 'PersistedQueryNotFound',
      extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' },
    });
    expect((await post({ query, extensions })).body).toEqual({ data });
    expect((await post({ extensions })).body).toEqual({ data });
    const other = await post({ query: '{ __typename }', extensions });
    expect([other.status, onlyError(other)?.extensions.code]).toEqual([400, 'PERSISTED_QUERY_MISMATCH']);
  });

  it('gives back the number of the request, its own where the one sent is not well formed', async () => {
    expect((await post({ query }, { 'x-request-id': 'desk-42' })).headers.get('x-request-id')).toBe(
      'desk-42',
    );
    const made = (await post({ query }, { 'x-request-id': 'a b"c' })).headers.get('x-request-id');
    expect(made).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('tells caches to keep nothing', async () => {
    expect((await post({ query })).headers.get('cache-control')).toBe('no-store');
  });
});

describe('bad input', () => {
  const cases: [string, () => ReturnType<typeof send>, number, string, RegExp][] = [
    [
      'a query of 1 MB',
      () => post({ query: `{ ${'a'.repeat(1_000_000)} }` }),
      413,
      'REQUEST_TOO_LARGE',
      /^Expected the request body to be at most 524288 bytes/,
    ],
    [
      'a syntax error',
      () => post({ query: '{ story(' }, modern),
      400,
      'GRAPHQL_PARSE_FAILED',
      /^Syntax Error: /,
    ],
    [
      'an unknown field',
      () => post({ query: '{ stori }' }, modern),
      400,
      'GRAPHQL_VALIDATION_FAILED',
      /Cannot query field "stori" on type "Query"/,
    ],
    [
      'a variable of the wrong type',
      () => post({ query: 'query ($n: Int) { stories(first: $n) { id } }', variables: { n: 'ten' } }, modern),
      400,
      'BAD_USER_INPUT',
      /Variable "\$n" got invalid value "ten"/,
    ],
    [
      'a variable that is missing',
      () => post({ query: 'query ($id: ID!) { story(id: $id) { id } }' }, modern),
      400,
      'BAD_USER_INPUT',
      /Variable "\$id" of required type "ID!" was not provided/,
    ],
    [
      'an operation name that is not there',
      () => post({ query: 'query A { __typename }', operationName: 'B' }, modern),
      400,
      'OPERATION_RESOLUTION_FAILURE',
      /to name an operation of the document, but got: B\./,
    ],
    ['JSON that is cut off', () => post('{"query": "{ __ty'), 400, 'BAD_REQUEST', /to be JSON/],
    ['an empty body', () => post(''), 400, 'BAD_REQUEST', /an empty body/],
    ['a body without a query', () => post({ hello: 1 }), 400, 'BAD_REQUEST', /non-empty `query`/],
    ['a batch', () => post([{ query: '{ __typename }' }]), 400, 'BAD_REQUEST', /batching disabled/],
    [
      'a simple request of a form, which any page could send',
      () => post('{"query":"{ __typename }"}', { 'content-type': 'text/plain' }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      /but got: text\/plain/,
    ],
    [
      'GET with a cookie and without a header that shows intent',
      () =>
        send('/graphql?query=%7B__typename%7D', {
          headers: { 'sec-fetch-site': 'cross-site', cookie: 'session=x' },
        }),
      400,
      'BAD_REQUEST',
      /Cross-Site Request Forgery/,
    ],
    [
      'variables by GET that are no JSON',
      () =>
        send('/graphql?query=%7B__typename%7D&variables=%7B', {
          headers: { 'apollo-require-preflight': '1' },
        }),
      400,
      'BAD_REQUEST',
      /invalid JSON/,
    ],
    [
      'an unknown path',
      () => send('/nowhere?x=1'),
      404,
      'NOT_FOUND',
      /but got: GET \/nowhere\. GraphQL is served at \/graphql/,
    ],
    ['a path that is none', () => send('/%zz'), 400, 'BAD_REQUEST', /percent-encoded path in UTF-8/],
    [
      'a method that is not served',
      () => send('/graphql', { method: 'DELETE' }),
      405,
      'METHOD_NOT_ALLOWED',
      /DELETE/,
    ],
    [
      'more tokens than allowed',
      () => post({ query: `{ ${'__typename '.repeat(6000)} }` }),
      400,
      'OPERATION_TOO_LARGE',
      /at most 5000 tokens/,
    ],
    [
      'fields repeated until they cannot be compared',
      () => post({ query: `{ ${'stories(first: 1) { id } '.repeat(450)} }` }),
      400,
      'OPERATION_TOO_LARGE',
      /at most a number of repeated fields that can be compared/,
    ],
    [
      'brackets nested without end',
      () => post({ query: `${'{next'.repeat(2000)}${'}'.repeat(2000)}` }),
      400,
      'OPERATION_TOO_LARGE',
      /at most 50 levels of nested brackets/,
    ],
    [
      'variables nested without end',
      () => post(`{"query":"{ __typename }","variables":{"a":${'['.repeat(5000)}${']'.repeat(5000)}}}`),
      400,
      'OPERATION_TOO_LARGE',
      /at most 50 levels of nested brackets/,
    ],
    [
      'fragments that multiply into more fields than allowed',
      () => {
        const fragments = Array.from(
          { length: 14 },
          (_, i) => `fragment F${i} on Story { a: next { ...F${i + 1} } b: next { ...F${i + 1} } }`,
        ).join(' ');
        return post({ query: `{ story(id: 1) { ...F0 } } ${fragments} fragment F14 on Story { id }` });
      },
      400,
      'OPERATION_TOO_LARGE',
      /at most 10000 fields/,
    ],
  ];

  it.each(cases)('answers %s', async (_name, ask, status, code, message) => {
    const answer = await ask();
    const error = onlyError(answer);
    expect([answer.status, error?.extensions.code]).toEqual([status, code]);
    expect(error?.message).toMatch(message);
    expect(error?.message.length).toBeLessThan(520);
    expect(answer.text).not.toMatch(/node_modules|stacktrace|\.ts:|\.js:/);
    expect(answer.headers.get('x-request-id')).toBeTruthy();
  });

  it('answers a Host header that is none', async () => {
    const { port } = new URL(address);
    const status = await new Promise((resolve, reject) => {
      const headers = { ...json, host: 'a b[' };
      const asked = httpRequest({ port, path: '/graphql', method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asked.on('error', reject);
      asked.end('{"query":"{ __typename }"}');
    });
    expect(status).toBe(400);
  });

  it('goes on serving after all of it', async () => {
    expect((await post({ query: '{ __typename }' })).body).toEqual({ data: { __typename: 'Query' } });
  });
});

describe('browsers', () => {
  const preflight = (origin: string) =>
    send('/graphql', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,apollographql-client-name',
      },
    });

  it.each([
    'https://studio.apollographql.com',
    'https://sandbox.embed.apollographql.com',
    'http://localhost:5173',
  ])('lets %s call in development, with cookies', async (origin) => {
    const { status, headers } = await preflight(origin);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('access-control-allow-methods')).toBe('GET, POST');
    expect(headers.get('access-control-allow-headers')).toBe('content-type,apollographql-client-name');
    const answer = await post({ query: '{ __schema { queryType { name } } }' }, { origin });
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.body.data.__schema.queryType.name).toBe('Query');
  });

  it('lets no other origin call', async () => {
    const { headers } = await preflight('https://evil.example');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(
      (await preflight('http://localhost.evil.example')).headers.get('access-control-allow-origin'),
    ).toBeNull();
  });

  it('shows Apollo Sandbox, its telemetry off', async () => {
    const page = await send('/graphql', { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.text).toContain('https://embeddable-sandbox.cdn.apollographql.com/');
    expect(page.text).toContain('"runTelemetry":false');
  });
});

describe('health', () => {
  it('says that it lives and is ready', async () => {
    expect((await send('/health/live')).body).toEqual({ status: 'live' });
    expect((await send('/health/ready')).body).toEqual({ status: 'ready' });
  });
});
