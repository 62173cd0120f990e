/** Readers whose issuer is a program of its own: its keys come over HTTP, or do not. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { guardedFields } from '../federation/auth/fields.ts';
import { makeSchemas } from '../support/federation/schemas.ts';
import { makeCalls } from '../support/federation/subgraph.ts';
import { makeGateway, type TestGateway } from '../support/gateway.ts';
import { audience, issuer, makeSigner, seconds, type TokenSigner } from '../support/tokens.ts';

const { supergraphSdl, subgraphs } = makeSchemas(guardedFields);

let signer: TokenSigner;
let keys: Server;
let url: string;
/** How the issuer answers who asks for its keys, and how often it was asked. */
let answer: (response: ServerResponse) => void;
let asked: number;
let gateway: TestGateway | undefined;

const sendKeys = (jwks: unknown) => (response: ServerResponse) => {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(jwks));
};

beforeAll(async () => {
  signer = await makeSigner();
});

beforeEach(async () => {
  asked = 0;
  answer = sendKeys(signer.jwks);
  keys = createServer((_, response) => {
    asked++;
    answer(response);
  });
  await new Promise<void>((resolve) => keys.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(keys.address() as AddressInfo).port}/keys.json`;
});

afterEach(async () => {
  jest.restoreAllMocks();
  await gateway?.stop();
  gateway = undefined;
  keys.closeAllConnections();
  await new Promise((resolve) => keys.close(resolve));
});

interface Answered {
  status: number;
  body: {
    data: { stories: { views: number | null }[] };
    errors?: { extensions: { code: string } }[];
  };
}

async function open(env: Record<string, string> = {}): Promise<(token?: string) => Promise<Answered>> {
  const calls = makeCalls(subgraphs);
  gateway = await makeGateway({
    supergraphSdl,
    callSubgraph: calls.callOf,
    env: { JWKS_URL: url, JWT_ISSUER: issuer, JWT_AUDIENCE: audience, ...env },
  });
  const { app } = gateway;
  return async (token) => {
    const response = await app.inject({
      method: 'POST',
      url: '/graphql',
      ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
      payload: { query: '{ stories { views } }' },
    });
    return { status: response.statusCode, body: response.json() };
  };
}

const codeOf = ({ body: { errors } }: Answered) => errors?.[0]?.extensions.code;

/** From now on it is so much later. */
function wait(ms: number): void {
  const { now } = Date;
  jest.spyOn(Date, 'now').mockImplementation(() => now() + ms);
}

describe('readers of an issuer', () => {
  it('are known by its keys, which are asked for once', async () => {
    const ask = await open();
    expect(asked).toBe(0);
    const tokens = await Promise.all(['a', 'b', 'c'].map((sub) => signer.sign({ sub })));
    for (const one of await Promise.all(tokens.map((token) => ask(token)))) {
      expect(one.status).toBe(200);
      expect(one.body.data.stories[0]?.views).toBe(10);
    }
    expect((await ask()).body.data.stories[0]?.views).toBeNull();
    expect(asked).toBe(1);
  });

  it.each([
    ['answers with an error', (response: ServerResponse) => void response.writeHead(500).end()],
    ['answers with something else', (response: ServerResponse) => void response.end('<html>')],
    ['answers with other JSON', sendKeys({ keys: 'none' })],
    ['redirects', (response: ServerResponse) => void response.writeHead(302, { location: '/other' }).end()],
    ['hangs up', (response: ServerResponse) => void response.destroy()],
  ])('get 503 when it %s, and everybody else their answer', async (_, how) => {
    answer = how;
    const ask = await open();
    const token = await signer.sign();
    const refused = await ask(token);
    expect([refused.status, codeOf(refused)]).toEqual([503, 'TOKENS_UNCHECKED']);
    expect((await ask()).status).toBe(200);
    // A flood of tokens is none of requests for keys.
    await Promise.all(
      Array.from({ length: 20 }, async (_none, at) => ask(await signer.sign({ sub: `r${at}` }))),
    );
    expect(asked).toBeLessThanOrEqual(2);
  });

  it('get 503 when it is too slow, in time', async () => {
    answer = () => {};
    const ask = await open({ JWKS_TIMEOUT_MS: '50' });
    expect((await ask(await signer.sign())).status).toBe(503);
  });

  it('are known again when it comes back', async () => {
    answer = (response) => void response.writeHead(503).end();
    const ask = await open();
    expect((await ask(await signer.sign())).status).toBe(503);
    answer = sendKeys(signer.jwks);
    expect((await ask(await signer.sign())).status).toBe(503);
    expect(asked).toBe(1);
    wait(2000);
    expect((await ask(await signer.sign())).status).toBe(200);
  });

  it('are known by a new key too, which is looked for no more often than every few seconds', async () => {
    const ask = await open();
    expect((await ask(await signer.sign())).status).toBe(200);
    const next = await makeSigner('EdDSA', 'k2');
    answer = sendKeys({ keys: [...signer.jwks.keys, ...next.jwks.keys] });
    const refused = await ask(await next.sign());
    expect([refused.status, codeOf(refused), asked]).toEqual([401, 'UNAUTHENTICATED', 1]);
    wait(5000);
    expect([(await ask(await next.sign())).status, asked]).toEqual([200, 2]);
    const stranger = await makeSigner('EdDSA', 'k3');
    expect([(await ask(await stranger.sign())).status, asked]).toEqual([401, 2]);
  });

  it('are no longer known by a key that was withdrawn', async () => {
    const ask = await open();
    const token = await signer.sign();
    expect((await ask(token)).status).toBe(200);
    answer = sendKeys((await makeSigner('EdDSA', 'k2')).jwks);
    wait(11 * 60_000);
    const later = await signer.sign({ exp: seconds(3600) });
    expect([(await ask(later)).status, (await ask(token)).status]).toEqual([401, 401]);
  });
});
