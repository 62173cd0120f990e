/** What the Accept header of a request decides at /graphql: media type, refusal, and by the settings the status. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readManifest } from '../../../gateway/operation/storedOperations.ts';
import { preferredOf } from '../../../gateway/server/accept.ts';
import { makeGateway, type TestGateway, type TestGatewayOptions } from '../../support/gateway.ts';
import { tinyCalls } from '../../support/tiny-graph.ts';

const plain = 'application/json; charset=utf-8';
const modern = 'application/graphql-response+json; charset=utf-8';
const body = 'query Story {\n  story(id: 1) {\n    title\n  }\n}';
const id = 'b'.repeat(64);
const stored = readManifest(
  JSON.stringify({
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: [{ id, name: 'Story', type: 'query', body }],
  }),
);

/** A gateway that notes what its subgraphs are asked. */
async function start(options: TestGatewayOptions = {}) {
  const { calls, sent: asked } = tinyCalls();
  const env = { EXPLORER: 'false', ...options.env };
  const gateway = await makeGateway({ stored, calls, ...options, env });
  const send = (method: 'GET' | 'POST', accept: string | undefined, sent: Record<string, string>) =>
    gateway.app.inject({
      method,
      url: '/graphql',
      headers: { 'apollo-require-preflight': '1', ...(accept !== undefined && { accept }) },
      ...(method === 'GET' ? { query: sent } : { payload: sent }),
    });
  return { gateway, asked, send };
}

describe('the media type of an answer', () => {
  let open: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    open = await start();
  });
  afterAll(() => open.gateway.stop());

  const cases: [string | undefined, string | undefined][] = [
    [undefined, plain],
    ['', plain],
    ['*/*', plain],
    ['application/*', plain],
    ['application/json', plain],
    ['application/json;charset=UTF-8', plain],
    ['APPLICATION/GraphQL-Response+JSON', modern],
    ['application/graphql-response+json, application/json;q=0.9', modern],
    ['application/json;q=0.5, application/graphql-response+json;q=0.6', modern],
    ['application/json, application/graphql-response+json;q=0.5', plain],
    ['application/json, application/graphql-response+json;q=0', plain],
    ['application/graphql-response+json;q=0, */*', plain],
    ['application/json;q=0, */*;q=0.1', modern],
    ['application/json;q=0.1, */*', modern],
    ['text/html, application/*;q=0.2, application/json;q=0.1', modern],
    ['application/graphql-response+json;foo="a,b", application/json;q=0.1', plain],
    ['multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json;q=0.9', modern],
    ['application/json;q=0', undefined],
    ['application/json;q=0.0, application/graphql-response+json; q=0.000', undefined],
    ['*/*;q=0', undefined],
    ['text/*', undefined],
    ['text/event-stream', undefined],
    ['application/jsonp, application/json5', undefined],
    ['json', undefined],
  ];
  it.each(cases)(
    'by %j is %s, whichever way it is asked for and for the first time or again',
    async (accept, type) => {
      const ways: ['GET' | 'POST', Record<string, string>][] = [
        ['POST', { documentId: `sha256:${id}` }],
        ['GET', { documentId: `sha256:${id}` }],
        ['POST', { query: '{ story(id: 2) { title } }' }],
        ['GET', { query: '{ story(id: 2) { title } }' }],
        ['POST', { query: 'mutation { rename(id: "1", title: "New") { title } }' }],
      ];
      for (const [method, sent] of [...ways, ...ways]) {
        open.asked.length = 0;
        const { statusCode, headers, json } = await open.send(method, accept, sent);
        const isAcceptable = type !== undefined;
        expect([statusCode, headers['content-type'], open.asked.length]).toEqual(
          isAcceptable ? [200, type, 1] : [406, plain, 0],
        );
        if (!isAcceptable) expect(json().errors[0].extensions.code).toBe('NOT_ACCEPTABLE');
      }
    },
  );

  it('is one that the header accepts, and none where it accepts none', () => {
    const weight = fc.constantFrom('', ';q=0', ';q=0.3', ';q=0.7', ';q=1');
    const range = fc.constantFrom(
      '*/*',
      'application/*',
      'application/json',
      'application/graphql-response+json',
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(range, weight), { selector: ([name]) => name, minLength: 1 }),
        (parts) => {
          const weights = new Map<string, number>(
            parts.map(([name, q]) => [name, q === '' ? 1 : Number(q.slice(3))]),
          );
          const weightOf = (type: string) =>
            weights.get(type) ?? weights.get('application/*') ?? weights.get('*/*') ?? 0;
          const got = preferredOf(parts.map((part) => part.join('')).join(', '), [
            'application/json',
            'application/graphql-response+json',
          ]);
          const best = Math.max(weightOf('application/json'), weightOf('application/graphql-response+json'));
          if (best === 0) expect(got).toBeUndefined();
          else expect(weightOf(got as string)).toBe(best);
        },
      ),
    );
  });

  it('is that of errors too', async () => {
    const accept = 'application/graphql-response+json';
    const failing = [
      { query: '{' },
      { query: '{ nobody }' },
      { query: `{ a ${'@a '.repeat(9)} }` },
      { documentId: 'c' },
    ];
    for (const sent of failing) {
      const { statusCode, headers } = await open.send('POST', accept, sent as Record<string, string>);
      expect([statusCode, headers['content-type']]).toEqual([statusCode === 404 ? 404 : 400, modern]);
    }
  });
});

describe('a GET by text and with a cookie', () => {
  let open: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    open = await start();
  });
  afterAll(() => open.gateway.stop());
  const statusBy = async (headers: Record<string, string>) =>
    (
      await open.gateway.app.inject({
        url: '/graphql',
        query: { query: '{ __typename }' },
        headers: { cookie: 'session=x', ...headers },
      })
    ).statusCode;

  it('needs a header that no page of another site could send, or one by which the browser says that none does', async () => {
    expect(await statusBy({})).toBe(400);
    expect(await statusBy({ accept: 'application/json' })).toBe(400);
    expect(await statusBy({ 'x-apollo-operation-name': 'A' })).toBe(200);
    expect(await statusBy({ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' })).toBe(200);
    expect(await statusBy({ 'sec-fetch-mode': 'cors' })).toBe(200);
  });

  it.each(['cross-site', 'same-site', 'anything'])(
    'is refused from a page of another site: %s',
    async (site) => {
      expect(await statusBy({ 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' })).toBe(400);
      expect(await statusBy({ origin: 'https://evil.example', 'sec-fetch-mode': 'cors' })).toBe(400);
    },
  );
});

describe('the status of errors', () => {
  let gateway: TestGateway | undefined;
  afterEach(() => gateway?.stop());

  /** Status and media type by name of the fault, for one Accept header. */
  async function statuses(table: string, accept: string | undefined) {
    const open = await start({ env: { STATUS_CODES: table } });
    gateway = open.gateway;
    const hash = { extensions: { persistedQuery: { version: 1, sha256Hash: 'd'.repeat(64) } } };
    const faults: Record<string, object> = {
      'not GraphQL': { query: '{' },
      'not valid': { query: '{ nobody }' },
      'no such operation': { query: 'query A { __typename }', operationName: 'B' },
      'not the variables': { query: 'query ($id: ID!) { story(id: $id) { id } }', variables: { id: null } },
      'too large': { query: `{ __typename ${'@a '.repeat(9)} }` },
      'no query': { qeury: '{ __typename }' },
      'no stored text': hash,
      'a part': { query: '{ story(id: 1) { title broken } }' },
      'no data': { query: '{ always }' },
      nothing: { query: '{ story(id: 1) { title } }' },
    };
    const told: Record<string, string> = {};
    // The second time it may go another way.
    for (const [name, payload] of Object.entries(faults))
      for (const _ of [1, 2]) {
        const { statusCode, headers } = await gateway.app.inject({
          method: 'POST',
          url: '/graphql',
          headers: accept === undefined ? {} : { accept },
          payload,
        });
        const type = /^application\/(graphql-response\+)?json; charset=utf-8$/.exec(
          String(headers['content-type']),
        );
        const now = `${statusCode} ${type?.[1] ? 'modern' : 'json'}`;
        expect(told[name] ?? now).toBe(now);
        told[name] = now;
      }
    return told;
  }

  const all = (type: string, status: Record<string, number>) =>
    Object.fromEntries(Object.entries(status).map(([name, code]) => [name, `${code} ${type}`]));
  const refused = {
    'not GraphQL': 400,
    'not valid': 400,
    'no such operation': 400,
    'not the variables': 400,
    'too large': 400,
    'no query': 400,
    'no stored text': 200,
    'a part': 200,
    'no data': 200,
    nothing: 200,
  };
  const told = {
    ...refused,
    'not GraphQL': 200,
    'not valid': 200,
    'no such operation': 200,
    'not the variables': 200,
  };
  const newest = {
    'not GraphQL': 400,
    'not valid': 422,
    'no such operation': 422,
    'not the variables': 422,
    'too large': 422,
    'no query': 422,
    'no stored text': 404,
    'a part': 294,
    'no data': 294,
    nothing: 200,
  };

  it('is by the drafts of GraphQL over HTTP that of the media type, unless set', async () => {
    expect(await statuses('', undefined)).toEqual(all('json', told));
    await gateway?.stop();
    expect(await statuses('draft', 'application/graphql-response+json')).toEqual(all('modern', refused));
  });

  it('is by the edition of 2026 the same for all, and what is not whole has one of its own', async () => {
    expect(await statuses('2026', undefined)).toEqual(all('modern', newest));
    await gateway?.stop();
    expect(await statuses('2026', 'application/json')).toEqual({
      ...all('modern', newest),
      'a part': '200 json',
      'no data': '200 json',
      nothing: '200 json',
    });
  });

  it('is as Apollo Server has it where that is set', async () => {
    expect(await statuses('apollo', 'application/json')).toEqual(all('json', refused));
  });
});

describe('the pages to explore the graph with', () => {
  let gateway: TestGateway;
  afterEach(() => gateway.stop());
  const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
  const get = (url: string, accept = browser) => gateway.app.inject({ url, headers: { accept } });

  it('are there outside production, for whoever prefers HTML', async () => {
    gateway = await makeGateway();
    expect((await get('/graphql')).headers['content-type']).toBe('text/html; charset=utf-8');
    expect((await get('/graphql', 'text/html;q=0.5, application/json;q=0.9')).body).not.toContain('<html');
    expect((await get('/graphql', 'text/html;q=0, */*')).body).not.toContain('<html');
    expect((await get('/graphiql')).statusCode).toBe(200);
  });

  it('are not there in production, unless the settings say so', async () => {
    gateway = await makeGateway({ env: { NODE_ENV: 'production' } });
    for (const path of ['/graphql', '/graphiql', '/graphiql/client.js', '/graphiql/client.css']) {
      const { statusCode, body } = await get(path);
      expect([path, statusCode >= 400, body.includes('<html')]).toEqual([path, true, false]);
    }
    expect((await get('/graphql', 'text/html')).statusCode).toBe(406);
    await gateway.stop();
    gateway = await makeGateway({ env: { NODE_ENV: 'production', EXPLORER: 'true' } });
    for (const path of ['/graphql', '/graphiql']) expect((await get(path)).body).toContain('<html');
  });

  it('open with one query that any graph answers', async () => {
    for (const env of [{}, { INTROSPECTION: 'false' }]) {
      gateway = await makeGateway({ env });
      const { body } = await get('/graphiql');
      const [, attribute = ''] = /data-tabs="([^"]*)"/.exec(body) ?? [];
      const tabs = JSON.parse(attribute.replaceAll('&quot;', '"')) as { query: string }[];
      expect(tabs).toHaveLength(1);
      const answer = await gateway.ask(tabs[0]?.query ?? '');
      expect([answer.status, answer.body.errors]).toEqual([200, undefined]);
      expect((await get('/graphql')).body).toContain(JSON.stringify(tabs[0]?.query).slice(1, -1));
      await gateway.stop();
    }
    gateway = await makeGateway({ explorerTabs: () => Promise.reject(new Error('RATE_LIMITED')) });
    expect((await get('/graphiql')).body).toContain('FieldsOfQuery');
  });

  it('show the tabs of their program, whatever their text is', async () => {
    const query = '# </script><script>alert(1)</script> "quoted" & more\nquery A($x: String) { __typename }';
    gateway = await makeGateway({ explorerTabs: async () => [{ query, variables: { x: '</script>' } }] });
    for (const path of ['/graphql', '/graphiql'])
      expect((await get(path)).body).not.toContain('<script>alert');
  });
});
