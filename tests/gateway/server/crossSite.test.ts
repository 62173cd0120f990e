/** CSRF prevention at /graphql: which requests a page of another site may send without a header that it cannot set. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { makeGateway, type TestGateway } from '../../support/gateway.ts';

const query = '{ __typename }';
const mutation = 'mutation { rename(id: 1, title: "x") { id } }';
/** The headers that Chromium sends with a request of another site, and those of an old browser. */
const browsers = [
  { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', origin: 'https://other.example' },
  { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
  { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors', origin: 'https://other.example' },
  { origin: 'https://other.example' },
  {},
];

describe('a request that a page of another site can send', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await makeGateway({ env: { EXPLORER: 'false' } });
  });
  afterAll(() => gateway.stop());

  const get = async (parameters: Record<string, string>, headers: Record<string, string>) => {
    const { statusCode, body } = await gateway.app.inject({ url: '/graphql', query: parameters, headers });
    return { statusCode, body };
  };

  describe.each(browsers)('with %j', (browser) => {
    it('is answered when it is a query by GET without an identity', async () => {
      expect(await get({ query }, browser)).toEqual({
        statusCode: 200,
        body: '{"data":{"__typename":"Query"}}\n',
      });
    });

    it.each([
      { cookie: 'session=x' },
      { cookie: '' },
      { authorization: 'Basic eDp5' },
      { authorization: 'Bearer x' },
      { 'x-partner-key': 'x' },
    ])('is refused when it carries an identity: %j', async (identity) => {
      const { statusCode, body } = await get({ query }, { ...browser, ...identity });
      expect([statusCode, body]).toEqual([400, expect.stringContaining('Cross-Site Request Forgery')]);
      const stated = { ...browser, ...identity, 'apollo-require-preflight': '1' };
      expect((await get({ query }, stated)).statusCode).toBe(200);
    });

    it('is refused when it is a mutation by GET', async () => {
      const { statusCode, body } = await get({ query: mutation }, browser);
      expect([statusCode, JSON.parse(body).data]).toEqual([405, undefined]);
      const named = { query: `query A { __typename } mutation B { rename(id: 1, title: "x") { id } }` };
      expect((await get({ ...named, operationName: 'B' }, browser)).statusCode).toBe(405);
    });

    it.each([
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      undefined,
    ])('is refused when it is a POST as a form sends it: %s', async (contentType) => {
      for (const text of [query, mutation]) {
        const { statusCode, body } = await gateway.app.inject({
          method: 'POST',
          url: '/graphql',
          headers: { ...browser, ...(contentType && { 'content-type': contentType }) },
          payload: Buffer.from(JSON.stringify({ query: text })),
        });
        expect([statusCode, JSON.parse(body).data]).toEqual([415, undefined]);
      }
    });
  });
});

describe('where request headers are forwarded to subgraphs', () => {
  let gateway: TestGateway;
  afterEach(() => gateway.stop());

  it('a query by GET is refused, since any header may identify the caller', async () => {
    gateway = await makeGateway({ env: { EXPLORER: 'false', PROPAGATE_HEADERS: 'x-forwarded-user' } });
    const send = (headers: Record<string, string>) =>
      gateway.app.inject({ url: '/graphql', query: { query }, headers });
    expect((await send({ 'x-forwarded-user': 'ada' })).statusCode).toBe(400);
    expect((await send({})).statusCode).toBe(400);
    expect((await send({ 'apollo-require-preflight': '1' })).statusCode).toBe(200);
  });
});
