import { ApolloServer } from '@apollo/server';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { callerError } from '../../../gateway/errors.ts';
import { makeGateway, type TestGateway, type TestGatewayOptions } from '../../support/gateway.ts';

let gateway: TestGateway;
const start = async (options?: TestGatewayOptions) => {
  gateway = await makeGateway(options);
  return gateway;
};
afterEach(() => gateway.stop());

const page = 'query Page($id: ID!) { story(id: $id) { title broken byline { name } } }';

/** What a caller sees of an answer, but for what differs from request to request. */
async function post(payload: object | string, headers: Record<string, string> = {}) {
  const {
    statusCode,
    headers: got,
    body,
  } = await gateway.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', ...headers },
    payload,
  });
  const { 'x-request-id': number, date, ...rest } = got;
  expect(number).toBeDefined();
  return { statusCode, headers: rest, body: body.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'NUMBER') };
}

describe('an operation that has come before', () => {
  it.each([
    ['with an answer', { query: '{ stories { title byline { name } } }' }, {}],
    ['with errors in its answer', { query: page, variables: { id: '1' } }, {}],
    [
      'with the name of one of its operations',
      { query: `${page} query Other { __typename }`, operationName: 'Other' },
      {},
    ],
    ['with introspection', { query: '{ __schema { queryType { name } } stories { title } }' }, {}],
    [
      'with the media type of GraphQL',
      { query: '{ stories { title } }' },
      { accept: 'application/graphql-response+json' },
    ],
    [
      'with the Accept header of Apollo Client',
      { query: '{ stories { title } }' },
      {
        accept: 'multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json;q=0.9',
      },
    ],
    ['with a value that does not fit', { query: page, variables: { id: {} } }, {}],
    ['without a value that it needs', { query: page }, {}],
    [
      'with null for its variables',
      { query: '{ stories { title } }', variables: null, operationName: null },
      {},
    ],
    ['with a list for its variables', { query: '{ stories { title } }', variables: [] }, {}],
    ['with a number for its name', { query: '{ stories { title } }', operationName: 1 }, {}],
    ['by a name that it does not have', { query: page, variables: { id: '1' }, operationName: 'Nobody' }, {}],
    ['with an Accept header that nothing fits', { query: '{ stories { title } }' }, { accept: 'image/png' }],
    ['that is a mutation', { query: 'mutation { rename(id: "1", title: "New") { title } }' }, {}],
  ])('is answered as it was the first time: %s', async (_, payload, headers) => {
    await start();
    const first = await post(payload, headers);
    const known = { query: page, variables: { id: '1' } };
    await post(known, headers);
    expect(await post(payload, headers)).toEqual(first);
    expect(await post(payload, headers)).toEqual(first);
  });

  it('is paid for once, also where it has to go through Apollo Server after all', async () => {
    const spent: number[] = [];
    const spend = async (cost: number) => {
      spent.push(cost);
      if (spent.length > 3) throw callerError('RATE_LIMITED', { limit: 1, window: 1, retryAfter: 1 });
    };
    await start();
    gateway.app.addHook('onRequest', async (request) => {
      request.account = { name: 'reader', mayExplore: true, spend };
    });
    const known = { query: page, variables: { id: '1' } };
    await post(known);
    await post(known);
    expect(spent).toHaveLength(2);
    expect((await post({ query: page })).body).toContain('BAD_USER_INPUT');
    expect(spent).toHaveLength(3);
    expect((await post(known)).statusCode).toBe(429);
    expect(spent).toHaveLength(4);
  });

  it('is bounded anew in what it is asked with', async () => {
    await start();
    const query = 'query ($first: Int) { stories(first: $first) { title } }';
    for (let time = 0; time < 2; time++)
      expect((await post({ query, variables: { first: 2 } })).statusCode).toBe(200);
    expect((await post({ query, variables: { first: 2, deep: [[[[[]]]]] } })).statusCode).toBe(200);
    const { statusCode, body } = await post({ query, variables: { first: 2, deep: deep(300) } });
    expect([statusCode, body]).toEqual([400, expect.stringContaining('OPERATION_TOO_LARGE')]);
  });

  it('does not go through Apollo Server again', async () => {
    await start();
    const whole = jest.spyOn(ApolloServer.prototype, 'executeHTTPGraphQLRequest');
    for (let time = 0; time < 3; time++) await post({ query: page, variables: { id: '1' } });
    expect(whole).toHaveBeenCalledTimes(1);
    await post({ query: page, variables: { id: '1' } }, { accept: 'application/json' });
    expect(whole).toHaveBeenCalledTimes(1);
    whole.mockRestore();
  });

  it('is named in the log', async () => {
    const { logged } = await start();
    for (let time = 0; time < 3; time++) await post({ query: page, variables: { id: '1' } });
    await gateway.app.inject('/health/live');
    expect(logged.filter((line) => line.includes('"operation":"Page"'))).toHaveLength(3);
  });
});

const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);
