/** A lone subgraph over HTTP: it believes the gateway's credential, and nobody and nothing else. */
import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { openSigner, type Sign } from '../../gateway/wire/signCredential.ts';
import { type OpenSubgraphs, openSubgraphs } from '../../subgraphs/openSubgraphs.ts';
import { type SubgraphServer, serveSubgraph } from '../../subgraphs/serve/serveSubgraph.ts';
import type { OpenSubgraph } from '../../subgraphs/serve/subgraph.ts';
import { readSubgraphSettings } from '../../subgraphs/settings.ts';
import { type Answer, askAt } from '../support/newsroom.ts';
import { putLists, story } from '../support/stories.ts';

const secret = 'a secret of the gateway of 32 characters';
const young = 'another secret of the gateway as long as that';
const comped = JSON.stringify({ reader: { sub: 'x', member_status: 'COMPED' } });
const writer = JSON.stringify({ reader: { sub: 'desk', scope: 'articles:write' } });

const find = '{ article(slug: "gated") { bodyHtml } }';
const entities =
  'query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Article { bodyHtml } } }';
const access =
  'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Article { access { level reason } } } }';

let dataDir: string;
let opened: Awaited<ReturnType<typeof openSubgraphs<'articles' | 'membership'>>>;
const running: SubgraphServer[] = [];
let id: string;

type Name = keyof OpenSubgraphs<'articles' | 'membership'>;

async function serve(
  name: Name,
  isProduction: boolean,
  gatewaySecrets: string[] = [secret],
): Promise<string> {
  const server = await serveSubgraph(opened.open[name] as OpenSubgraph<unknown>, {
    ...{ host: '127.0.0.1', port: 0, isProduction, gatewaySecrets },
    log: pino({ level: 'silent' }),
  });
  running.push(server);
  return server.url;
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dateline-trust-'));
  const settings = readSubgraphSettings({ DATA_DIR: dataDir, PUBLIC_URL: 'https://news.example' });
  opened = await openSubgraphs(['articles', 'membership'], { settings });
  const { store } = opened.open.articles;
  await putLists(store);
  const body = ['One.', 'Two.', 'Three.', 'What is behind the wall.'].map((html) => ({
    kind: 'paragraph' as const,
    html,
  }));
  await store.putArticles([story('gated', { slug: 'gated', visibility: 'PAID', body })], 'test');
  id = (await store.bySlugs(['gated']))[0]?.article.id ?? '';
}, 120_000);
afterAll(async () => {
  for (const server of running) await server.stop();
  await opened?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const signed = (
  query: string,
  identity?: string,
  more: { secrets?: string[]; at?: number; variables?: object; kind?: 'query' | 'mutation' } = {},
) => {
  const { secrets = [secret], at = Date.now(), variables, kind = 'query' } = more;
  const sign = openSigner(secrets, () => at) as Sign;
  const request = { query, kind, identity, headers: {}, variables: variables as Record<string, unknown> };
  return { 'gateway-credential': sign(request) };
};

const isWhole = ({ data }: Answer) => data.article.bodyHtml.includes('behind the wall');
const gated = () => [{ __typename: 'Article', id }];

describe('a lone subgraph', () => {
  it('shows the whole to whom the gateway tells of, and to nobody else', async () => {
    const url = await serve('articles', true);
    expect(isWhole(await askAt(url, find, {}, signed(find, comped)))).toBe(true);
    expect(isWhole(await askAt(url, find, {}, signed(find, writer)))).toBe(true);
    const now = Date.now();
    const [head = '', claims = '', signature = ''] = signed(find, comped)['gateway-credential'].split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const others: Record<string, Record<string, string>> = {
      'no credential': {},
      'one of nobody in particular': signed(find),
      'one of another secret': signed(find, comped, { secrets: [young] }),
      'one for another operation': signed('{ article(slug: "gated") { id bodyHtml } }', comped),
      'a stale one': signed(find, comped, { at: now - 300_000 }),
      'one of tomorrow': signed(find, comped, { at: now + 300_000 }),
      'an unsigned one': { 'gateway-credential': `${none}.${claims}.` },
      'one cut short': { 'gateway-credential': `${head}.${claims}.${signature.slice(0, -2)}` },
      'one with more claims': { 'gateway-credential': `${head}.${claims}x.${signature}` },
      'one by an empty secret': {
        'gateway-credential': `${head}.${claims}.${createHmac('sha256', '').update(`${head}.${claims}`).digest('base64url')}`,
      },
      'a token in its place': { authorization: signed(find, comped)['gateway-credential'] },
      'claims by hand': {
        identity: comped,
        reader: comped,
        'x-reader': comped,
        'x-forwarded-user': 'desk',
        accesslevel: 'FULL',
      },
    };
    for (const [what, headers] of Object.entries(others))
      expect([what, isWhole(await askAt(url, find, {}, headers))]).toEqual([what, false]);
  });

  it('answers for entities to the gateway alone in production, and to anybody as anybody outside it', async () => {
    const [closed, explored] = [await serve('articles', true), await serve('articles', false)];
    const variables = { r: gated() };
    const refused = await askAt(closed, entities, variables);
    expect(refused.data ?? null).toBeNull();
    expect(refused.errors).toEqual([
      {
        message: 'Expected a credential of the gateway for _entities, but got: none that is valid.',
        extensions: { code: 'FORBIDDEN' },
      },
    ]);
    const hidden =
      '{ ...on Query { a: __typename ...F } } fragment F on Query { list: _entities(representations: []) { __typename } }';
    expect((await askAt(closed, hidden)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const text = async (url: string, headers: Record<string, string>) =>
      (await askAt(url, entities, variables, headers)).data._entities[0].bodyHtml;
    expect(await text(explored, {})).not.toContain('behind the wall');
    for (const url of [closed, explored])
      expect(await text(url, signed(entities, comped))).toContain('behind the wall');
    // Other values, the same operation: the credential says who asks, and a query changes nothing.
    expect(
      (await askAt(closed, entities, { r: [{ __typename: 'Article', id: 'x' }] }, signed(entities, comped)))
        .data._entities,
    ).toEqual([null]);
  });

  it('believes no representation about what a story asks, or what its reader may', async () => {
    const [articles, membership] = [await serve('articles', false), await serve('membership', false)];
    const claimed = [
      {
        __typename: 'Article',
        id,
        visibility: 'PUBLIC',
        requiredTierIds: [],
        accessLevel: 'FULL',
        access: { level: 'FULL' },
        reader: { member_status: 'COMPED' },
      },
    ];
    const { data } = await askAt(articles, entities, { r: claimed });
    expect(data._entities[0].bodyHtml).not.toContain('behind the wall');
    const levels = async (representation: object, headers: Record<string, string> = {}) =>
      (await askAt(membership, access, { r: [{ __typename: 'Article', id, ...representation }] }, headers))
        .data._entities[0].access;
    const forged = { accessLevel: 'FULL', access: { level: 'FULL' }, memberStatus: 'COMPED' };
    expect(await levels({ visibility: 'PAID', requiredTierIds: [], ...forged })).toEqual({
      level: 'PREVIEW',
      reason: 'LOGIN_REQUIRED',
    });
    // What a story asks is Articles' to say: without it the gate is closed.
    expect(await levels({ ...forged, visibility: 'FREE' })).toEqual({
      level: 'PREVIEW',
      reason: 'LOGIN_REQUIRED',
    });
    expect(await levels({ visibility: 'PAID', requiredTierIds: [] }, signed(access, comped))).toEqual({
      level: 'FULL',
      reason: 'MEMBER',
    });
  });

  it('goes on answering while the secret is replaced, in each step and whichever side is first', async () => {
    const steps = [
      [[secret], [secret]],
      [[secret], [secret, young]],
      [
        [secret, young],
        [secret, young],
      ],
      [
        [young, secret],
        [secret, young],
      ],
      [
        [secret, young],
        [young, secret],
      ],
      [
        [young, secret],
        [young, secret],
      ],
      [[young], [young, secret]],
      [[young, secret], [young]],
      [[young], [young]],
    ] as const;
    for (const [gateway, subgraph] of steps) {
      const url = await serve('articles', true, [...subgraph]);
      const headers = signed(find, comped, { secrets: [...gateway] });
      expect([gateway, subgraph, isWhole(await askAt(url, find, {}, headers))]).toEqual([
        gateway,
        subgraph,
        true,
      ]);
    }
    const url = await serve('articles', true, [young]);
    expect(isWhole(await askAt(url, find, {}, signed(find, comped)))).toBe(false);
  });

  it('without a secret takes nobody for the gateway', async () => {
    const url = await serve('articles', true, []);
    expect(isWhole(await askAt(url, find, {}, signed(find, comped)))).toBe(false);
    expect(
      (await askAt(url, entities, { r: gated() }, signed(entities, comped))).errors?.[0]?.extensions?.code,
    ).toBe('FORBIDDEN');
  });
});
