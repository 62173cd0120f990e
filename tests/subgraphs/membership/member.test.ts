import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { membership, type OpenMembership } from '../../../subgraphs/membership/subgraph.ts';
import type { OpenSubgraph } from '../../../subgraphs/serve/subgraph.ts';
import { readSubgraphSettings } from '../../../subgraphs/settings.ts';
import { idOf } from '../../../subgraphs/store/contentId.ts';
import { type DatabaseServer, subgraphOwner } from '../../../subgraphs/store/database.ts';
import { anonymous, type Reader } from '../../../subgraphs/trust/reader.ts';
import { ask } from '../../support/ask.ts';
import { statementsOf, testDatabases } from '../../support/databases.ts';

const [embedded] = testDatabases;
const paul = idOf('member', 'paul');
const zoe = idOf('member', 'zoe');
const gone = idOf('member', 'gone');
const asMember = (memberId: string): Reader => ({ ...anonymous, status: 'FREE', memberId, name: memberId });
const counting: Reader = { ...anonymous, scopes: new Set(['membership:read']) };

describe('members in the graph', () => {
  let dataDir: string;
  let server: DatabaseServer;
  let subgraph: OpenSubgraph<OpenMembership>;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'dateline-member-'));
    server = (await embedded?.open()) as DatabaseServer;
    subgraph = await membership.open({
      database: server.databaseOf(subgraphOwner('membership')),
      settings: readSubgraphSettings({ PUBLIC_URL: 'https://news.example', DATA_DIR: dataDir }),
    });
    const { store } = subgraph;
    await store.putTiers(
      [{ sourceId: 'gold', slug: 'gold', name: 'Gold', type: 'PAID', prices: [] }],
      'test',
    );
    await store.putNewsletters(
      ['b', 'a'].map((slug) => ({ sourceId: slug, slug, name: slug.toUpperCase() })),
      'test',
    );
    const member = (sourceId: string) => ({
      ...{ sourceId, email: `${sourceId}@x.example`, memberSince: new Date('2025-01-01T00:00:00Z') },
      ...{ status: 'PAID' as const, tierSlugs: ['gold'], newsletterSlugs: ['b', 'a'] },
    });
    await store.putMembers(
      [member('paul'), member('zoe'), { ...member('gone'), deletedAt: new Date('2026-01-01T00:00:00Z') }],
      'test',
    );
  });
  afterAll(async () => {
    await subgraph.stop?.();
    await server.close();
    await rm(dataDir, { recursive: true });
  });

  const me = '{ me { id email status memberSince tiers { slug } newsletters { slug } } }';

  it('see themselves, asked for with three statements', async () => {
    let answer: unknown;
    const statements = await statementsOf(async () => {
      answer = await ask(subgraph, me, {}, asMember(paul));
    });
    expect(answer).toEqual({
      data: {
        me: {
          ...{ id: paul, email: 'paul@x.example', status: 'PAID', memberSince: '2025-01-01T00:00:00.000Z' },
          ...{ tiers: [{ slug: 'gold' }], newsletters: [{ slug: 'a' }, { slug: 'b' }] },
        },
      },
    });
    expect(statements).toHaveLength(3);
  });

  it.each([
    ['nobody is signed in', anonymous],
    ['the member has left', asMember(gone)],
    ['there is no such member', asMember(idOf('member', 'never'))],
    ['a token has a scope and no member', counting],
  ])('are nobody where %s', async (_, reader) => {
    expect(await ask(subgraph, me, {}, reader)).toEqual({ data: { me: null } });
  });

  it('are found again by themselves, and by whoever may know members, without the address', async () => {
    const find = async (reader: Reader) => {
      const representations = [paul, zoe, gone].map((id) => ({ __typename: 'Member', id }));
      const { data } = await ask(
        subgraph,
        'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Member { id email } } }',
        { r: representations },
        reader,
      );
      return (data as { _entities: unknown[] })._entities;
    };
    expect(await find(anonymous)).toEqual([null, null, null]);
    expect(await find(asMember(paul))).toEqual([{ id: paul, email: 'paul@x.example' }, null, null]);
    expect(await find(counting)).toEqual([{ id: paul, email: null }, { id: zoe, email: null }, null]);
    expect(await find({ ...asMember(gone), status: 'PAID' })).toEqual([null, null, null]);
  });

  it('are counted exactly for whoever may know it', async () => {
    const count = '{ membership { memberCount { total rounded } } }';
    const counted = (total: number | null) => ({
      data: { membership: { memberCount: { total, rounded: 0 } } },
    });
    expect(await ask(subgraph, count, {}, counting)).toEqual(counted(2));
    expect(await ask(subgraph, count, {}, asMember(paul))).toEqual(counted(null));
  });

  const choose =
    'mutation ($ids: [ID!]!) { updateNewsletters(newsletterIds: $ids) { member { newsletters { slug } } userErrors { field code message } } }';

  it('choose their newsletters, each once, or none', async () => {
    const [a] = await subgraph.store.newsletters();
    const chosen = (ids: unknown[]) => ask(subgraph, choose, { ids }, asMember(paul));
    const answer = (...slugs: string[]) => ({
      data: {
        updateNewsletters: { member: { newsletters: slugs.map((slug) => ({ slug })) }, userErrors: [] },
      },
    });
    expect(await chosen([a?.id, a?.id])).toEqual(answer('a'));
    expect(await chosen([])).toEqual(answer());
    expect(await ask(subgraph, '{ me { newsletters { slug } } }', {}, asMember(zoe))).toEqual({
      data: { me: { newsletters: [{ slug: 'a' }, { slug: 'b' }] } },
    });
  });

  it('are told what is wrong with a choice', async () => {
    const refused = (code: string, message: string) => ({
      data: {
        updateNewsletters: { member: null, userErrors: [{ field: ['newsletterIds'], code, message }] },
      },
    });
    const chosen = (ids: unknown[]) => ask(subgraph, choose, { ids }, asMember(paul));
    expect(await chosen(['x'])).toEqual(
      refused(
        'UNKNOWN_REFERENCE',
        'Expected "newsletterIds" to be ids of existing newsletters, but got: "x".',
      ),
    );
    expect(await chosen(Array.from({ length: 101 }, (_, n) => `${n}`))).toEqual(
      refused('BAD_USER_INPUT', 'Expected "newsletterIds" to have at most 100 items, but got: more.'),
    );
    const nobody = 'Expected a signed-in member, but got: another reader.';
    for (const reader of [anonymous, counting, asMember(gone)])
      expect(await ask(subgraph, choose, { ids: [] }, reader)).toEqual({
        data: { updateNewsletters: null },
        errors: [nobody],
      });
  });
});
