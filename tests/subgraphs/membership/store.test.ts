import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import type { CampaignContent, MemberContent, TierContent } from '../../../subgraphs/membership/content.ts';
import { type MembershipStore, openMembershipStore } from '../../../subgraphs/membership/store.ts';
import { members, outbox } from '../../../subgraphs/membership/tables.ts';
import { idOf } from '../../../subgraphs/store/contentId.ts';
import type { Database, DatabaseServer } from '../../../subgraphs/store/database.ts';
import { subgraphOwner } from '../../../subgraphs/store/database.ts';
import { statementsOf, testDatabases } from '../../support/databases.ts';

const member = (sourceId: string, more: Partial<MemberContent> = {}): MemberContent => ({
  sourceId,
  email: `${sourceId}@example.org`,
  status: 'PAID',
  memberSince: new Date('2021-11-11T01:27:02.016Z'),
  ...more,
});
const tier = (slug: string, amountMinor: number, interval: 'MONTH' | 'YEAR' = 'MONTH'): TierContent => ({
  sourceId: slug,
  slug,
  name: `The ${slug}`,
  type: amountMinor === 0 ? 'FREE' : 'PAID',
  prices: amountMinor === 0 ? [] : [{ currency: 'usd', amountMinor, interval }],
});
const campaign = (slug: string, more: Partial<CampaignContent> = {}): CampaignContent => ({
  sourceId: slug,
  slug,
  name: slug,
  goal: 100,
  startsAt: new Date('2026-03-01T00:00:00Z'),
  callToAction: 'Join us',
  url: '/join',
  ...more,
});
const left = { deletedAt: new Date('2026-01-01T00:00:00Z') };

describe.each(testDatabases)('the store of Membership on $name', ({ open }) => {
  let server: DatabaseServer;
  let database: Database;
  let store: MembershipStore;

  beforeAll(async () => {
    server = await open();
    database = server.databaseOf(subgraphOwner('membership'));
    await database.migrate();
    store = openMembershipStore(database);
  });
  afterAll(() => server.close());

  const memberRow = async (sourceId: string) =>
    (await database.sql.select().from(members).where(eq(members.sourceId, sourceId)))[0];

  it('counts nobody before anybody came', async () => {
    expect(await store.memberCount()).toBe(0);
    expect(await store.thankYouMessage()).toBeNull();
    expect(await store.runningCampaign(new Date())).toBeNull();
  });

  it('orders tiers by price, the free ones first, and finds them by id', async () => {
    const putting = [
      tier('patron', 2500),
      tier('yearly', 6000, 'YEAR'),
      tier('reader', 0),
      tier('friend', 900),
    ];
    await store.putTiers(putting, 'test');
    expect((await store.tiers()).map(({ slug }) => slug)).toEqual(['reader', 'yearly', 'friend', 'patron']);
    const found = await store.tiersByIds([idOf('tier', 'friend'), 'nobody', idOf('tier', 'patron')]);
    expect(found.map((row) => row?.slug)).toEqual(['friend', undefined, 'patron']);
    expect(found[0]?.prices).toEqual([{ currency: 'USD', amountMinor: 900, interval: 'MONTH' }]);
  });

  it('keeps since when a member is one where nothing says it, and lets a new one join now', async () => {
    const { memberSince: _, ...undated } = member('undated', { email: 'undated@x.example' });
    expect((await store.putMembers([undated], 'test'))[0]?.outcome).toBe('created');
    const joined = (await store.memberContent('undated@x.example'))?.memberSince;
    expect(joined?.getTime()).toBeGreaterThan(member('x').memberSince?.getTime() ?? 0);
    expect((await store.putMembers([undated], 'test'))[0]?.outcome).toBe('unchanged');
    await store.putMembers([{ ...undated, name: 'Una' }], 'test');
    expect(await store.memberContent('undated@x.example')).toMatchObject({
      name: 'Una',
      memberSince: joined,
    });
  });

  it('finds tiers and newsletters of members by slug or name, and notes those that are unknown', async () => {
    await store.putNewsletters([{ sourceId: 'n', slug: 'first-ferry', name: 'First Ferry' }], 'test');
    const content = member('tiers', {
      tierSlugs: ['friend', 'THE PATRON', 'friend', 'Gold'],
      newsletterSlugs: ['First Ferry', 'none'],
    });
    const [outcome] = await store.putMembers([content], 'test');
    expect(outcome?.notes).toEqual([
      'There is no tier named "Gold", so the member got none.',
      'There is no newsletter named "none", so the member got none.',
    ]);
    const row = await memberRow('tiers');
    expect(row?.tierIds).toEqual([idOf('tier', 'friend'), idOf('tier', 'patron')]);
    expect(row?.newsletterIds).toEqual([idOf('newsletter', 'n')]);
    await store.putTiers([tier('gold', 9900)], 'test');
    expect(await store.putMembers([content], 'test')).toMatchObject([{ outcome: 'updated' }]);
    expect((await memberRow('tiers'))?.tierIds).toContain(idOf('tier', 'gold'));
    expect(await store.putMembers([content], 'test')).toMatchObject([{ outcome: 'unchanged' }]);
  });

  it('counts members who have not left, whatever is put in whatever order', async () => {
    const base = await store.memberCount();
    const present = new Map<string, boolean>();
    const one = fc.record({ name: fc.constantFrom('p1', 'p2', 'p3', 'p4'), hasLeft: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 6 }), async (people) => {
        await store.putMembers(
          people.map(({ name, hasLeft }) => member(name, hasLeft ? left : {})),
          'test',
        );
        for (const { name, hasLeft } of people) present.set(name, !hasLeft);
        expect(await store.memberCount()).toBe(base + [...present.values()].filter(Boolean).length);
      }),
      { numRuns: 25 },
    );
  });

  it('counts right when several put the same members at once', async () => {
    const base = await store.memberCount();
    const people = Array.from({ length: 30 }, (_, number) =>
      member(`parallel ${number}`, { email: `p${number}@x.example` }),
    );
    const [first = people[0] as MemberContent] = people;
    await Promise.all([
      store.putMembers(people, 'a'),
      store.putMembers([...people].reverse(), 'b'),
      store.putMembers(people.slice(10), 'c'),
      store.putMembers([{ ...first, ...left }, member('parallel-other')], 'd'),
    ]);
    const rows = await database.sql.select().from(members);
    expect(await store.memberCount()).toBe(rows.filter(({ deletedAt }) => deletedAt === null).length);
    expect(await store.memberCount()).toBeGreaterThanOrEqual(base + 30);
  });

  it('refuses an address that another member has, in whatever case, without saying which', async () => {
    await store.putMembers([member('ann', { email: 'Ann.Lee@Example.org' })], 'test');
    const before = await store.memberCount();
    const expected = 'but another member has the same address.';
    const again = member('not ann', { email: ' ann.lee@EXAMPLE.org ' });
    const error = await store.putMembers([member('bystander'), again], 'test').catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'ContentError', sourceId: 'not ann' });
    expect(error.message).toContain(expected);
    const twins = [member('twin 1', { email: 't@x.example' }), member('twin 2', { email: 'T@x.example' })];
    const other = await store.putMembers(twins, 'test').catch((thrown) => thrown);
    expect(other).toMatchObject({ sourceId: 'twin 2' });
    for (const thrown of [error, other])
      expect(`${thrown.stack} ${JSON.stringify(thrown)}`).not.toMatch(/@\w+\.\w+/);
    expect(await store.memberCount()).toBe(before);
    expect(await memberRow('bystander')).toBeUndefined();
  });

  it('lets a member change the address', async () => {
    await store.putMembers([member('mover', { email: 'old@x.example' })], 'test');
    await store.putMembers([member('mover', { email: 'New@x.example' })], 'test');
    await store.putMembers([member('heir', { email: 'old@x.example' })], 'test');
    expect(await memberRow('mover')).toMatchObject({ email: 'New@x.example', emailKey: 'new@x.example' });
  });

  it('says nothing of addresses when the database fails', async () => {
    const broken = member('broken', { email: 'secret@x.example', memberSince: new Date(8.64e15) });
    const error = await store.putMembers([broken], 'test').catch((thrown) => thrown);
    expect(error.message).toMatch(/^The database refused a statement with \w+: insert into/);
    expect(`${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain('secret');
  });

  it('asks the database a fixed number of questions, however many members are put', async () => {
    const counted = async (length: number, name: string) => {
      const people = Array.from({ length }, (_, number) =>
        member(`${name} ${number}`, { email: `${name}${number}@x.example` }),
      );
      return (await statementsOf(() => store.putMembers(people, 'test'))).length;
    };
    expect(await counted(300, 'many')).toBe(await counted(3, 'few'));
  });

  it('shows of the campaigns that run the one that began last', async () => {
    const day = (date: number) => new Date(Date.UTC(2026, 2, date));
    await store.putCampaigns(
      [
        campaign('spring', { startsAt: day(1) }),
        campaign('short', { startsAt: day(5), endsAt: day(7) }),
        campaign('later', { startsAt: day(20) }),
      ],
      'test',
    );
    const slugAt = async (now: Date) => (await store.runningCampaign(now))?.slug ?? null;
    expect(await slugAt(new Date(day(1).getTime() - 1))).toBeNull();
    expect(await slugAt(day(1))).toBe('spring');
    expect(await slugAt(day(5))).toBe('short');
    expect(await slugAt(day(7))).toBe('spring');
    expect(await slugAt(day(20))).toBe('later');
  });

  it('keeps the thanks, and one event for each change', async () => {
    await store.putCommunity({ thankYouMessage: 'Thank you, all.' }, 'desk');
    await store.putCommunity({ thankYouMessage: 'Thank you, all.' }, 'desk');
    expect(await store.thankYouMessage()).toBe('Thank you, all.');
    const events = await database.sql.select().from(outbox).where(eq(outbox.type, 'Membership'));
    expect(events).toMatchObject([{ change: 'created', changedBy: 'desk' }]);
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      'an e-mail address, but got: another value.',
      () => store.putMembers([member('x', { email: 'x' })], 'test'),
    ],
    [
      '"memberSince" to be a date',
      () => store.putMembers([member('x', { memberSince: new Date('?') })], 'test'),
    ],
    [
      'the status of a member to be',
      () => store.putMembers([member('x', { status: 'VIP' as 'FREE' })], 'test'),
    ],
    ['a tier to have a name', () => store.putTiers([{ ...tier('x', 0), name: ' ' }], 'test')],
    [
      '"amountMinor" to be a whole number of at least 0, but got: -1',
      () => store.putTiers([tier('x', -1)], 'test'),
    ],
    [
      '"currency" to be an ISO 4217 code, but got: "dollars"',
      () =>
        store.putTiers(
          [{ ...tier('x', 1), prices: [{ currency: 'dollars', amountMinor: 1, interval: 'MONTH' }] }],
          'test',
        ),
    ],
    [
      '"goal" to be a whole number of at least 1, but got: 0',
      () => store.putCampaigns([campaign('x', { goal: 0 })], 'test'),
    ],
    ['"endsAt" to be after', () => store.putCampaigns([campaign('x', { endsAt: new Date(0) })], 'test')],
    [
      '"url" to be an http or https URL',
      () => store.putCampaigns([campaign('x', { url: '//x.example' })], 'test'),
    ],
    [
      '"url" to be an http or https URL',
      () => store.putCampaigns([campaign('x', { url: 'javascript:1' })], 'test'),
    ],
    ['"thankYouMessage" to say something', () => store.putCommunity({ thankYouMessage: '' }, 'test')],
  ])('refuses what breaks a rule, expecting %s', async (message, put) => {
    await expect(put()).rejects.toThrow(message);
    await expect(put()).rejects.toMatchObject({ name: 'ContentError' });
  });
});
