/** Tokens that do not hold, at every door of a newsroom, over HTTP: a clear 401, and nothing learnt. */
import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportSPKI } from 'jose';
import { readSubgraphSettings } from '../../subgraphs/settings.ts';
import { openTokens, type Tokens } from '../../subgraphs/trust/accessTokens.ts';
import { startTestNewsroom, type TestNewsroom } from '../support/newsroom.ts';
import { forge, makeSigner, seconds } from '../support/tokens.ts';

const secret = 'a secret of this newsroom of 32 characters';
const settingsOf = (env: Record<string, string>) =>
  readSubgraphSettings({ PUBLIC_URL: 'https://news.example', TOKEN_SECRET: secret, ...env });

let newsroom: TestNewsroom;
let ours: Tokens;
const bad = new Map<string, string>();

const doors: [string, RequestInit][] = [
  [
    '/graphql',
    { method: 'POST', body: '{"query":"{ __typename }"}', headers: { 'content-type': 'application/json' } },
  ],
  ['/graphql?query={__typename}', { headers: { 'apollo-require-preflight': '1' } }],
  ['/', { headers: { accept: 'text/html' } }],
  ['/articles/none', { headers: { accept: 'text/html' } }],
  ['/search?q=a', { headers: { accept: 'text/html' } }],
  ['/feeds/news.rss', {}],
  ['/feeds/news.json', {}],
  ['/ninjs/articles/none', {}],
  ['/sitemap.xml', {}],
  ['/oembed?url=https://news.example/', {}],
  ['/embed/data/feed/news.json', {}],
  ['/embed/feed/news', {}],
  ['/embed.js', {}],
  ['/partners', {}],
  [
    '/hub',
    { method: 'POST', body: 'hub.mode=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  ],
  ['/.well-known/jwks.json', {}],
  ['/nothing', {}],
];

beforeAll(async () => {
  newsroom = await startTestNewsroom({ env: { TOKEN_SECRET: secret } });
  ours = await openTokens(settingsOf({}));
  const stranger = await makeSigner();
  const claims = {
    iss: ours.issuer,
    aud: ours.audience,
    sub: 'x',
    exp: seconds(600),
    member_status: 'COMPED',
  };
  const good = (await ours.sign({ sub: 'x', member_status: 'FREE' }, 600)).token;
  const [head = '', , signature = ''] = good.split('.');
  const jwk = ours.jwks().keys[0] as JsonWebKey & { kid: string };
  const spki = await exportSPKI(createPublicKey({ key: jwk, format: 'jwk' }));
  const hmac = (key: string) => {
    const signed = forge({ alg: 'HS256', typ: 'at+jwt', kid: jwk.kid }, claims).slice(0, -1);
    return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
  };
  const elsewhere = await openTokens(settingsOf({ PUBLIC_URL: 'https://other.example' }));
  bad.set('forged', await stranger.sign(claims, { kid: jwk.kid }));
  bad.set('changed', `${head}.${forge({}, claims).split('.')[1]}.${signature}`);
  bad.set('cut', `${head}.${good.split('.')[1]}.`);
  bad.set('expired', (await ours.sign({ sub: 'x', scope: 'articles:write' }, -60)).token);
  bad.set('alg none', forge({ alg: 'none', kid: jwk.kid }, claims));
  bad.set('HS256 by the public key', hmac(spki));
  bad.set('HS256 by its x', hmac(String(jwk.x)));
  bad.set('HS256 by our secret', hmac(secret));
  bad.set('for another audience and issuer', (await elsewhere.sign({ sub: 'x' }, 600)).token);
  bad.set(
    'of another secret',
    (await (await openTokens(settingsOf({ TOKEN_SECRET: `${secret} other` }))).sign({ sub: 'x' }, 600)).token,
  );
  bad.set('huge', `${head}.${'a'.repeat(9000)}.${signature}`);
  for (const text of ['', 'x', 'a.b', '...', 'null', '{}.{}.{}', 'dlx_key', `${good} more`])
    bad.set(`"${text.slice(-9)}"`, text);
}, 180_000);
afterAll(() => newsroom?.stop());

const send = (path: string, { headers, ...init }: RequestInit, authorization?: string) =>
  fetch(`${newsroom.address}${path}`, {
    ...init,
    headers: {
      ...(headers as Record<string, string>),
      ...(authorization !== undefined && { authorization }),
    },
    redirect: 'manual',
  });

describe('a token that does not hold', () => {
  it.each(doors)(
    'is answered with 401 at %s, whatever is wrong with it, and nothing of it is repeated',
    async (path, init) => {
      for (const [what, token] of bad) {
        const response = await send(path, init, `Bearer ${token}`);
        const body = await response.text();
        expect([what, response.status]).toEqual([what, 401]);
        expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
        expect(response.headers.get('cache-control')).toBe('no-store');
        expect(body).toMatch(/Expected a valid access token, but got: one [^."]+\./);
        expect(body).not.toMatch(/news\.example|articles:write|COMPED|kid|secret/);
        for (const part of token.split('.').filter((one) => one.length > 8)) expect(body).not.toContain(part);
      }
    },
  );

  it('is taken for one whatever stands around it', async () => {
    const expired = bad.get('expired');
    for (const authorization of [
      `bearer ${expired}`,
      `BEARER   ${expired}`,
      `Bearer\t${expired}`,
      'Bearer',
      'bearer ',
    ])
      expect([authorization.slice(0, 9), (await send('/', {}, authorization)).status]).toEqual([
        authorization.slice(0, 9),
        401,
      ]);
  });

  it('does not keep anybody from their health, and one that holds opens each door', async () => {
    expect((await send('/health/live', {}, 'Bearer x')).status).toBe(200);
    const { token } = await ours.sign({ sub: 'x', member_status: 'FREE' }, 600);
    for (const [path, init] of doors) {
      const [anybody, member] = await Promise.all([send(path, init), send(path, init, `Bearer ${token}`)]);
      expect([path, member.status]).toEqual([path, anybody.status]);
    }
  });
});

describe('/.well-known/jwks.json', () => {
  it('tells the public keys, and nothing of the secret', async () => {
    const response = await send('/.well-known/jwks.json', {});
    expect(response.headers.get('content-type')).toMatch(/^application\/jwk-set\+json/);
    const text = await response.text();
    expect(JSON.parse(text)).toEqual(ours.jwks());
    for (const key of JSON.parse(text).keys)
      expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
  });
});
