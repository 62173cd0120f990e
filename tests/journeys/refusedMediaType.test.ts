/** Requests to /graphql that are refused, by any step: in the media type that was asked for, so that Apollo Client reads the code. */
import { ApolloClient, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestNewsroom, type TestNewsroom } from '../support/newsroom.ts';
import { operation } from '../support/operations.ts';
import { makeSigner, seconds } from '../support/tokens.ts';

const plain = 'application/json; charset=utf-8';
const modern = 'application/graphql-response+json; charset=utf-8';

let newsroom: TestNewsroom;
let unverifiable: string;
beforeAll(async () => {
  const issuer = 'https://issuer.example';
  const signer = await makeSigner();
  unverifiable = await signer.sign({ iss: issuer, aud: 'news', sub: 'x', exp: seconds(600) }, { kid: 'k' });
  newsroom = await startTestNewsroom({
    env: {
      FREE_FORM_OPERATIONS: 'nobody',
      MAX_BODY_BYTES: '4096',
      PUBLIC_QUOTA: '2000',
      JWT_ISSUER: issuer,
      JWT_AUDIENCE: 'news',
      JWKS_URL: 'http://127.0.0.1:1/jwks.json',
    },
  });
}, 180_000);
afterAll(() => newsroom?.stop());

const stored = gql(operation('feed-page'));

interface Refusal {
  status: number;
  code: string;
  headers?: Record<string, string>;
  method?: string;
  path?: string;
  body?: string | undefined;
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const text = JSON.stringify({ query: '{ __typename }' });
const refusals: Record<string, Refusal> = {
  'an invalid access token': { status: 401, code: 'UNAUTHENTICATED', headers: bearer('x.y.z') },
  'an unknown API key': { status: 401, code: 'UNAUTHENTICATED', headers: { 'x-partner-key': 'dl_none' } },
  'a token that cannot be verified': { status: 503, code: 'TOKENS_UNCHECKED' },
  'an operation that is not stored': { status: 403, code: 'QUERY_NOT_IN_SAFELIST' },
  'a body that is too large': { status: 413, code: 'REQUEST_TOO_LARGE', body: ' '.repeat(5000) },
  'another Content-Type': {
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    headers: { 'content-type': 'text/plain' },
  },
  'another Content-Encoding': {
    status: 415,
    code: 'UNSUPPORTED_CONTENT_ENCODING',
    headers: { 'content-encoding': 'made-up' },
  },
  'a body that is not JSON': { status: 400, code: 'BAD_REQUEST', body: '{' },
  'another method': { status: 405, code: 'METHOD_NOT_ALLOWED', method: 'PUT' },
  'another method at the URL of an operation': {
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    path: '/graphql/sha256:abc',
  },
  'an unknown operation in the path': {
    status: 404,
    code: 'OPERATION_NOT_STORED',
    method: 'GET',
    path: '/graphql/sha256:abc',
    body: undefined,
  },
};

async function send({ headers, method = 'POST', path = '/graphql', ...rest }: Refusal, accept: string) {
  const body = 'body' in rest ? rest.body : text;
  const response = await fetch(`${newsroom.address}${path}`, {
    method,
    headers: { 'content-type': 'application/json', accept, ...headers },
    ...(body !== undefined && { body }),
  });
  const answer = await response.json();
  return [response.status, response.headers.get('content-type'), answer.errors[0].extensions.code];
}

describe('a refused request', () => {
  it.each(Object.entries(refusals))('gets its media type: %s', async (name, refusal) => {
    const full = name.includes('verified') ? { ...refusal, headers: bearer(unverifiable) } : refusal;
    const { status, code } = refusal;
    expect(await send(full, 'application/graphql-response+json')).toEqual([status, modern, code]);
    expect(await send(full, 'application/json')).toEqual([status, plain, code]);
    expect(await send(full, '*/*')).toEqual([status, plain, code]);
  });
});

describe('Apollo Client', () => {
  /** The code that the client reads from the error of a query. */
  async function codeOf(headers: Record<string, string>, query = stored): Promise<unknown> {
    const client = new ApolloClient({
      link: new HttpLink({ uri: `${newsroom.address}/graphql`, headers }),
      cache: new InMemoryCache(),
    });
    const error = await client
      .query({ query, fetchPolicy: 'network-only' })
      .catch((thrown: unknown) => thrown);
    expect(CombinedGraphQLErrors.is(error)).toBe(true);
    return (error as CombinedGraphQLErrors).errors[0]?.extensions?.code;
  }

  it('reads the code of each refusal', async () => {
    expect(await codeOf(bearer('x.y.z'))).toBe('UNAUTHENTICATED');
    expect(await codeOf({ 'x-partner-key': 'dl_none' })).toBe('UNAUTHENTICATED');
    expect(await codeOf(bearer(unverifiable))).toBe('TOKENS_UNCHECKED');
    expect(await codeOf({}, gql`query Free { articles { nodes { id } } }`)).toBe('QUERY_NOT_IN_SAFELIST');
    expect(await codeOf({ 'content-encoding': 'made-up' })).toBe('UNSUPPORTED_CONTENT_ENCODING');
    expect(await codeOf({ 'x-long': 'x' }, gql`query Long { a${'a'.repeat(5000)} }`)).toBe(
      'REQUEST_TOO_LARGE',
    );
  });

  it('reads the code where the quota is used up', async () => {
    const query = gql(operation('feed-page'));
    const client = new ApolloClient({
      link: new HttpLink({ uri: `${newsroom.address}/graphql` }),
      cache: new InMemoryCache(),
    });
    let error: unknown;
    for (let sent = 0; sent <= 100 && error === undefined; sent++)
      await client.query({ query, fetchPolicy: 'network-only' }).catch((thrown: unknown) => {
        error = thrown;
      });
    expect(CombinedGraphQLErrors.is(error)).toBe(true);
    expect((error as CombinedGraphQLErrors).errors[0]?.extensions?.code).toBe('RATE_LIMITED');
  });
});
