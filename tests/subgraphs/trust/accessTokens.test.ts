import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openVerifier } from '../../../gateway/auth/verifyToken.ts';
import { readSubgraphSettings } from '../../../subgraphs/settings.ts';
import { longestTokenSeconds, openTokens, type Tokens } from '../../../subgraphs/trust/accessTokens.ts';

const secret = 'a secret of the newsroom of 32 characters';
const next = 'another secret of the newsroom just as long';
const settingsWith = (env: Record<string, string>) =>
  readSubgraphSettings({ PUBLIC_URL: 'https://news.example', ...env });
const day = 24 * 60 * 60;

/** What a gateway makes of a token at a time, by the keys of `tokens`. */
const verifierOf = (tokens: Tokens, now: () => number) =>
  openVerifier({
    issuers: [tokens],
    algorithms: ['EdDSA'],
    clockToleranceSeconds: 0,
    timeoutMs: 1000,
    now,
  });

describe('access tokens of our own', () => {
  it('are taken by a gateway that has their keys', async () => {
    const tokens = await openTokens(settingsWith({ TOKEN_SECRET: secret }));
    const { token, expiresAt } = await tokens.sign({ sub: 'desk', scope: 'articles:write' }, 60);
    const reader = await verifierOf(tokens, () => Date.now())(token);
    expect([reader.subject, ...reader.scopes]).toEqual(['desk', 'articles:write']);
    expect(expiresAt.getTime()).toBeGreaterThan(Date.now());
    expect(JSON.stringify(tokens.jwks())).not.toContain('"d"');
  });

  it('get another key every 30 days, which was published for 30 days before, without a restart', async () => {
    let now = Date.UTC(2026, 0, 1);
    const tokens = await openTokens(settingsWith({ TOKEN_SECRET: secret }), () => now);
    const verify = verifierOf(tokens, () => now);
    const kids: string[] = [];
    for (let month = 0; month < 4; month += 1) {
      const published = tokens.jwks().keys.map(({ kid }) => kid);
      const { token } = await tokens.sign({ sub: 'desk' }, longestTokenSeconds);
      const { kid } = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
      expect(published).toContain(kid);
      kids.push(kid);
      now += 29 * day * 1000;
      // Whoever took the keys back then knows today's by now.
      expect((await verify(token)).subject).toBe('desk');
      now += day * 1000;
    }
    expect(new Set(kids).size).toBe(4);
  });

  it('are made with the same keys by whoever has the secret, and hold by both while it is replaced', async () => {
    const before = await openTokens(settingsWith({ TOKEN_SECRET: secret }));
    const during = await openTokens(settingsWith({ GATEWAY_SECRET: `${next},${secret}` }));
    const after = await openTokens(settingsWith({ TOKEN_SECRET: next }));
    const now = () => Date.now();
    const [old, fresh] = [await before.sign({ sub: 'a' }, 60), await during.sign({ sub: 'b' }, 60)];
    expect((await verifierOf(during, now)(old.token)).subject).toBe('a');
    expect((await verifierOf(after, now)(fresh.token)).subject).toBe('b');
    await expect(verifierOf(after, now)(old.token)).rejects.toThrow('with an invalid signature');
  });

  it('hold no longer than their keys are published', async () => {
    const tokens = await openTokens(settingsWith({ TOKEN_SECRET: secret }));
    await expect(tokens.sign({ sub: 'a' }, longestTokenSeconds + 1)).rejects.toThrow('at most');
  });

  it('have a secret of the data folder outside production, which only its owner may read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dateline-tokens-'));
    const settings = settingsWith({ DATA_DIR: join(folder, 'new') });
    const [one, two] = await Promise.all([openTokens(settings), openTokens(settings)]);
    expect(one.jwks()).toEqual(two.jwks());
    const file = join(folder, 'new', 'token-secret');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toHaveLength(43);
    await rm(folder, { recursive: true });
  });

  it('are not made in production without a secret', async () => {
    const settings = settingsWith({ NODE_ENV: 'production' });
    await expect(openTokens(settings)).rejects.toThrow(
      'Expected TOKEN_SECRET or GATEWAY_SECRET to be set in production, but got: nothing.',
    );
  });
});
