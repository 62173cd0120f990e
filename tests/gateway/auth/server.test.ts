import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import type { PoliciesOf } from '../../../gateway/auth/authorize.ts';
import { readManifest } from '../../../gateway/operation/storedOperations.ts';
import { guardedFields } from '../../federation/auth/fields.ts';
import { makeSchemas } from '../../support/federation/schemas.ts';
import { makeCalls, type SubgraphCalls } from '../../support/federation/subgraph.ts';
import { makeGateway, type TestGateway, type TestGatewayOptions } from '../../support/gateway.ts';
import { audience, issuer, makeSigner, seconds, type TokenSigner } from '../../support/tokens.ts';

const { supergraphSdl, subgraphs } = makeSchemas(guardedFields);

let signer: TokenSigner;
let open: TestGateway[] = [];
let calls: SubgraphCalls;
beforeAll(async () => {
  signer = await makeSigner();
});
afterAll(async () => {
  for (const gateway of open) await gateway.stop();
  open = [];
});

async function gatewayOf(options: TestGatewayOptions = {}): Promise<FastifyInstance> {
  calls = makeCalls(subgraphs);
  const gateway = await makeGateway({
    supergraphSdl,
    callSubgraph: calls.callOf,
    issuers: [{ issuer, audience, jwks: signer.jwks }],
    ...options,
  });
  open.push(gateway);
  return gateway.app;
}

interface Asking {
  token?: string;
  headers?: Record<string, string>;
}

async function ask(app: FastifyInstance, query: string, { token, headers = {} }: Asking = {}) {
  const response = await app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    payload: { query },
  });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
}

const views = '{ stories { views } }';
const denied = (...path: (string | number)[]) => ({
  message: 'Unauthorized field or type.',
  path,
  extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
});

describe('a gateway with readers', () => {
  it('shows each reader what they may see, the first time and by the short way', async () => {
    const app = await gatewayOf();
    const token = await signer.sign();
    for (let time = 0; time < 3; time++) {
      expect((await ask(app, views)).body).toEqual({
        errors: [denied('stories', 0, 'views'), denied('stories', 1, 'views')],
        data: { stories: [{ views: null }, { views: null }] },
      });
      expect((await ask(app, views, { token })).body).toEqual({
        data: { stories: [{ views: 10 }, { views: null }] },
      });
    }
  });

  it('answers a token that does not hold with 401, and runs nothing', async () => {
    const app = await gatewayOf();
    const stranger = await (await makeSigner()).sign();
    for (const token of [stranger, 'x', '']) {
      const { status, headers, body } = await ask(app, '{ stories { id } }', { token });
      expect(status).toBe(401);
      expect(headers['www-authenticate']).toBe('Bearer error="invalid_token"');
      expect(headers['cache-control']).toBe('no-store');
      expect(body.errors).toHaveLength(1);
      expect(body.errors[0].extensions).toEqual({ code: 'UNAUTHENTICATED' });
      expect(body.errors[0].message).toMatch(/^Expected a valid access token, but got: one [^.]+\.$/);
    }
    expect(calls.take().sent).toEqual([]);
  });

  it('says so in a form that a page of another origin can read', async () => {
    const app = await gatewayOf({ env: { CORS_ORIGINS: 'https://paper.test' } });
    const { status, headers } = await ask(app, '{ __typename }', {
      token: 'x',
      headers: { origin: 'https://paper.test' },
    });
    expect(status).toBe(401);
    expect(headers['access-control-allow-origin']).toBe('https://paper.test');
  });

  it('leaves API keys, as the server is told to know them, and other schemes alone', async () => {
    const app = await gatewayOf({ isApiKey: (token) => token.startsWith('dl_') });
    for (const authorization of ['Bearer dl_live_1234', 'bearer dl_x', 'Basic eDp5', 'dl_x'])
      expect((await ask(app, '{ stories { id } }', { headers: { authorization } })).status).toBe(200);
  });

  it('tells its health to whoever asks, whatever token they have', async () => {
    const app = await gatewayOf();
    const { statusCode } = await app.inject({ url: '/health/live', headers: { authorization: 'Bearer x' } });
    expect(statusCode).toBe(200);
  });

  it('takes no notice of tokens where no issuer is known, and shows what anybody may see', async () => {
    const app = await gatewayOf({ issuers: [] });
    const { status, body } = await ask(app, views, { token: await signer.sign() });
    expect(status).toBe(200);
    expect(body.data.stories[0].views).toBeNull();
  });

  it('takes the issuer of the settings', async () => {
    const env = {
      JWKS_URL: 'http://127.0.0.1:9/keys',
      JWT_ISSUER: 'https://other.test',
      JWT_AUDIENCE: audience,
    };
    const app = await gatewayOf({ env });
    expect((await ask(app, views, { token: await signer.sign() })).body.data.stories[0].views).toBe(10);
    const token = await signer.sign({ iss: 'https://other.test' });
    const { status, headers, body } = await ask(app, views, { token });
    expect(status).toBe(503);
    expect(headers['www-authenticate']).toBeUndefined();
    expect(body.errors[0].extensions).toEqual({ code: 'TOKENS_UNCHECKED' });
    expect((await ask(app, views)).status).toBe(200);
  });

  it('shares answers under way between tokens of one reader, and never with others', async () => {
    let isHeld = false;
    let begun = 0;
    const waiting: (() => void)[] = [];
    // Once all four are at the graph, and their calls at the subgraph.
    const goOn = () => {
      if (begun === 4 && waiting.length === 2) for (const go of waiting.splice(0)) go();
    };
    const app = await gatewayOf({
      callSubgraph: (name) => async (request) => {
        const answer = await calls.callOf(name)(request);
        if (!isHeld) return answer;
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          goOn();
        });
        return answer;
      },
      routes: (routes) => {
        routes.addHook('preHandler', async () => {
          if (isHeld) begun++;
          setImmediate(goOn);
        });
      },
    });
    const query = '{ stories { id views mood } }';
    const signed = [600, 700].map((from) => signer.sign({ sub: 'r1', exp: seconds(from) }));
    const tokens = [...(await Promise.all(signed)), ''];
    // Now the tokens are known, and the plans.
    for (const token of tokens) await ask(app, query, token ? { token } : {});
    calls.take();
    isHeld = true;
    const answers = [...tokens, ''].map((token) => ask(app, query, token ? { token } : {}));
    const [one, two, none, another] = (await Promise.all(answers)).map(({ body }) => body);
    expect(one).toEqual(two);
    expect(one.errors).toBeUndefined();
    expect(one.data.stories[0]).toEqual({ id: 's1', views: 10, mood: 'CALM' });
    expect(none).toEqual(another);
    expect(none.data.stories[0]).toEqual({ id: 's1', views: null, mood: null });
    // Two for four.
    expect(calls.take().sent.map(({ query: sent }) => sent)).toHaveLength(2);
  });

  it('asks who satisfies policies, once for each operation that needs to know', async () => {
    const asked: unknown[] = [];
    const policies: PoliciesOf = async ({ subject }, names) => {
      asked.push([subject, names]);
      return subject === 'chief' ? ['boss', 'other'] : [];
    };
    const app = await gatewayOf({ policies });
    const query = '{ desk { budget } }';
    const token = await signer.sign({ sub: 'chief' });
    expect((await ask(app, query, { token })).body).toEqual({ data: { desk: { budget: 9 } } });
    expect((await ask(app, query)).body).toEqual({
      errors: [denied('desk', 'budget')],
      data: { desk: null },
    });
    expect((await ask(app, '{ desk { name } }', { token })).body).toEqual({
      data: { desk: { name: 'News' } },
    });
    expect(asked).toEqual([
      ['chief', ['boss']],
      [undefined, ['boss']],
    ]);
  });

  it('shows nothing when it cannot be known which policies hold', async () => {
    const policies = async () => Promise.reject(new Error('no rules at rules.internal'));
    const app = await gatewayOf({ policies });
    const { body } = await ask(app, '{ desk { budget } }');
    expect(body.data ?? null).toBeNull();
    expect(JSON.stringify(body)).not.toContain('rules.internal');
    expect(body.errors[0].extensions.code).toBe('INTERNAL_SERVER_ERROR');
    expect(calls.take().sent).toEqual([]);
  });

  it('never says that anybody may keep an answer that depends on who reads', async () => {
    const texts = {
      Open: 'query Open { stories { title } }',
      Guarded: 'query Guarded { stories { views } }',
      Spared: 'query Spared { story(id: "s9") { views } }',
    };
    const idOf = (text: string) => createHash('sha256').update(text).digest('hex');
    const operations = Object.entries(texts).map(([name, body]) => ({
      id: idOf(body),
      name,
      type: 'query',
      body,
    }));
    const stored = readManifest(
      JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }),
    );
    const app = await gatewayOf({ stored });
    const get = (text: string, headers: Record<string, string> = {}) =>
      app.inject({ url: `/graphql?documentId=sha256:${idOf(text)}`, headers });
    const [open, guarded, spared] = await Promise.all(Object.values(texts).map((text) => get(text)));
    expect(open?.headers['cache-control']).toBe(
      'public, max-age=1, must-revalidate, stale-while-revalidate=0',
    );
    expect(guarded?.headers['cache-control']).toBe('no-store');
    expect(guarded?.json().errors).toHaveLength(2);
    // Nothing was denied, and yet another reader might see more tomorrow.
    expect(spared?.json()).toEqual({ data: { story: null } });
    expect(spared?.headers['cache-control']).toBe('no-store');
    const authorization = `Bearer ${await signer.sign()}`;
    for (const text of Object.values(texts)) {
      const { headers, statusCode } = await get(text, { authorization });
      expect([statusCode, headers['cache-control'], headers.etag]).toEqual([200, 'no-store', undefined]);
    }
  });

  it('tells who reads to doors, and answers them as that reader', async () => {
    const app = await gatewayOf({
      routes: (routes) => {
        routes.get('/who', async ({ reader }) => ({
          who: reader.subject ?? 'nobody',
          scopes: [...reader.scopes],
        }));
      },
    });
    const authorization = `Bearer ${await signer.sign({ sub: 'r7', scope: 'a b' })}`;
    expect((await app.inject({ url: '/who', headers: { authorization } })).json()).toEqual({
      who: 'r7',
      scopes: ['a', 'b'],
    });
    expect((await app.inject({ url: '/who' })).json()).toEqual({ who: 'nobody', scopes: [] });
    expect((await app.inject({ url: '/who', headers: { authorization: 'Bearer x' } })).statusCode).toBe(401);
  });

  it('keeps of what an operation denies no more than is told: a hundred places', async () => {
    const many = Array.from({ length: 60 }, (_, at) => `s${at}: stories { views }`).join(' ');
    const app = await gatewayOf({ env: { MAX_ROOT_FIELDS: '100' } });
    const { body } = await ask(app, `{ ${many} }`);
    expect(body.errors).toHaveLength(100);
    expect(Object.keys(body.data)).toHaveLength(60);
    expect(
      new Set(body.errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code)),
    ).toEqual(new Set(['UNAUTHORIZED_FIELD_OR_TYPE']));
  });

  it('names what is hidden neither in introspection nor in suggestions, whoever asks', async () => {
    const hiding = makeSchemas({
      name: 'hiding',
      subgraphs: {
        one: `
          type Query {
            stories(order: Order, filter: Filter): [Story!]! secrets: Int @inaccessible
            thing: Thing
          }
          type Story { title: String titleOfLawyers: String @inaccessible @authenticated }
          enum Order { NEWEST NEWSROOM @inaccessible }
          input Filter { tag: String tagger: String @inaccessible }
          interface Thing { id: ID }
          type Shown implements Thing { id: ID }
          type Shone implements Thing @inaccessible { id: ID }
        `,
      },
      operations: [],
    });
    const app = await gatewayOf({
      supergraphSdl: hiding.supergraphSdl,
      callSubgraph: makeCalls(hiding.subgraphs).callOf,
    });
    const words = [];
    for (const query of [
      '{ secret }',
      '{ stories { titleOfLawyer } }',
      '{ stories(order: NEWSROOMS) { title } }',
      '{ stories(filter: { taggers: "x" }) { title } }',
      '{ thing { ... on Shon { id } } }',
      'query ($f: Filter) { stories(filter: $f) { title } }',
      '{ __schema { types { name fields { name } enumValues { name } inputFields { name } possibleTypes { name } } } }',
    ]) {
      const response = await app.inject({
        method: 'POST',
        url: '/graphql',
        payload: { query, variables: { f: { taggers: 1 } } },
      });
      words.push(response.body);
    }
    expect(words.join()).toContain('Did you mean');
    expect(words.join().replace(/\\"(secret|titleOfLawyer|NEWSROOMS|taggers|Shon)\\"/g, '')).not.toMatch(
      /secrets|titleOfLawyers|NEWSROOM\b|tagger\b|Shone/,
    );
  });
});
