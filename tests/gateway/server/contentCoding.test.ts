/** Bodies that come packed, at the door of GraphQL and at others. */
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeGateway, type TestGateway } from '../../support/gateway.ts';
import { tinyCalls } from '../../support/tiny-graph.ts';

const packers: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  gzip: (bytes) => gzipSync(bytes),
  'x-gzip': (bytes) => gzipSync(bytes),
  deflate: (bytes) => deflateSync(bytes),
  br: (bytes) => brotliCompressSync(bytes),
  identity: (bytes) => bytes,
  '': (bytes) => bytes,
};
const packed = (names: readonly string[], text: string) =>
  Buffer.from(
    names.reduce<Uint8Array>(
      (bytes, name) => (packers[name] as (typeof packers)[string])(bytes),
      Buffer.from(text),
    ),
  );

const { calls, sent } = tinyCalls();
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await makeGateway({
    calls,
    routes: (app) => {
      app.addContentTypeParser('text/plain', { parseAs: 'string', bodyLimit: 1000 }, (_request, body, done) =>
        done(null, body),
      );
      app.post('/other', { bodyLimit: 1000 }, async ({ body }) => ({ body }));
    },
  });
});
afterAll(() => gateway.stop());

async function post(encoding: string | undefined, payload: Buffer | string, url = '/graphql') {
  sent.length = 0;
  const { statusCode, headers, body } = await gateway.app.inject({
    method: 'POST',
    url,
    headers: {
      'content-type': url === '/graphql' ? 'application/json' : 'text/plain',
      ...(encoding !== undefined && { 'content-encoding': encoding }),
    },
    payload,
  });
  return { statusCode, headers, body: JSON.parse(body), asked: sent.length };
}

const query = '{"query":"{ story(id: 1) { title } }"}';
const answer = { data: { story: { title: 'Story 1' } } };

describe('a packed body', () => {
  it('is unpacked by the list of its codings, from the last to the first', async () => {
    const names = fc.array(fc.constantFrom(...Object.keys(packers)), { maxLength: 4 });
    const written = (list: readonly string[], isLoud: boolean) =>
      list.map((name) => (isLoud ? ` ${name.toUpperCase()}\t` : name)).join(',');
    await fc.assert(
      fc.asyncProperty(names, fc.boolean(), async (list, isLoud) => {
        const { statusCode, body, asked } = await post(written(list, isLoud), packed(list, query));
        expect([statusCode, body, asked]).toEqual([200, answer, 1]);
      }),
      { numRuns: 60 },
    );
  });

  it('is taken as "deflate" without the envelope of zlib too', async () => {
    expect((await post('deflate', deflateRawSync(query))).body).toEqual(answer);
  });

  it.each(['made-up', 'gzip, made-up', 'compress', 'zstd', 'gzip;q=1', 'gzip br', 'gzip,'.repeat(5)])(
    'is refused with 415 and what is read here where a coding is not known, or there are too many: %s',
    async (encoding) => {
      const { statusCode, headers, body, asked } = await post(encoding, query);
      expect([statusCode, headers['accept-encoding'], asked]).toEqual([415, 'gzip, deflate, br', 0]);
      expect(body.errors).toEqual([
        {
          message: `Expected Content-Encoding to list at most 4 of gzip, deflate, br, but got: ${encoding}.`,
          extensions: { code: 'UNSUPPORTED_CONTENT_ENCODING' },
        },
      ]);
    },
  );

  it.each(['gzip', 'deflate', 'br', 'br, gzip'])(
    'is refused with 400 where it is none: %s',
    async (encoding) => {
      const half = packed(encoding.split(', '), query).subarray(0, 20);
      for (const bytes of [query, half, '']) {
        const { statusCode, body, asked } = await post(encoding, bytes);
        expect([statusCode, body.errors[0].extensions.code, asked]).toEqual([400, 'BAD_REQUEST', 0]);
      }
      expect((await post(encoding, query)).body.errors[0].message).toBe(
        `Expected a body in the Content-Encoding "${encoding}", but got: another encoding.`,
      );
    },
  );

  it('is unpacked no further than the bound of its route', async () => {
    const bomb = `${query}${' '.repeat(30_000_000)}`;
    for (const names of [['gzip'], ['br'], ['gzip', 'gzip'], ['br', 'gzip']]) {
      const { statusCode, body, asked } = await post(names.join(','), packed(names, bomb));
      expect([statusCode, body.errors[0].extensions.code, asked]).toEqual([413, 'REQUEST_TOO_LARGE', 0]);
    }
    const other = await post('gzip', gzipSync('a'.repeat(1001)), '/other');
    expect([other.statusCode, other.body.errors[0].message]).toEqual([
      413,
      'Expected the request body to be at most 1000 bytes, but got: more.',
    ]);
    const large = await post('br', Buffer.alloc(600_000));
    expect([large.statusCode, large.body.errors[0].extensions.code]).toEqual([413, 'REQUEST_TOO_LARGE']);
  });

  it('is taken at other doors, where its own parser reads it', async () => {
    expect((await post('gzip', gzipSync('hello'), '/other')).body).toEqual({ body: 'hello' });
    expect((await post('made-up', 'hello', '/other')).statusCode).toBe(415);
  });

  it('is nothing to a GET', async () => {
    const headers = { 'content-encoding': 'made-up', 'apollo-require-preflight': '1' };
    const { statusCode } = await gateway.app.inject({
      url: '/graphql',
      query: { query: '{ __typename }' },
      headers,
    });
    expect(statusCode).toBe(200);
  });
});
