import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MembershipStore } from '../../../subgraphs/membership/store.ts';
import { membership } from '../../../subgraphs/membership/subgraph.ts';
import type { OpenSubgraph } from '../../../subgraphs/serve/subgraph.ts';
import { readSubgraphSettings } from '../../../subgraphs/settings.ts';
import { idOf } from '../../../subgraphs/store/contentId.ts';
import type { DatabaseServer } from '../../../subgraphs/store/database.ts';
import { subgraphOwner } from '../../../subgraphs/store/database.ts';
import { anonymous, type Reader } from '../../../subgraphs/trust/reader.ts';
import { ask } from '../../support/ask.ts';
import { statementsOf, testDatabases } from '../../support/databases.ts';

const settings = readSubgraphSettings({ PUBLIC_URL: 'https://news.example' });
const now = new Date('2026-03-10T12:00:00Z');
const patron = idOf('tier', 'patron');
const paidReader: Reader = { ...anonymous, status: 'PAID', tierIds: [idOf('tier', 'supporter')] };

describe.each(testDatabases)('Membership on $name', ({ open }) => {
  let server: DatabaseServer;
  let subgraph: OpenSubgraph<MembershipStore>;

  beforeAll(async () => {
    server = await open();
    subgraph = await membership.open({
      database: server.databaseOf(subgraphOwner('membership')),
      settings,
      clock: () => now,
    });
  });
  afterAll(() => server.close());

  it('thanks and counts before anything was put', async () => {
    expect(
      await ask(
        subgraph,
        '{ membership { memberCount { rounded display asOf } campaign { name } thankYouMessage tiers { id } newsletters { id } } }',
      ),
    ).toEqual({
      data: {
        membership: {
          memberCount: { rounded: 0, display: '0', asOf: now.toISOString() },
          campaign: null,
          thankYouMessage: 'Thank you for being part of our community.',
          tiers: [],
          newsletters: [],
        },
      },
    });
  });

  it('shows the banner without the exact count anywhere', async () => {
    const price = (amountMinor: number) => [{ currency: 'USD', amountMinor, interval: 'MONTH' as const }];
    await subgraph.store.putTiers(
      [
        { sourceId: 'patron', slug: 'patron', name: 'Patron', type: 'PAID', prices: price(2500) },
        { sourceId: 'supporter', slug: 'supporter', name: 'Supporter', type: 'PAID', prices: price(500) },
        { sourceId: 'reader', slug: 'reader', name: 'Reader', type: 'FREE', prices: [] },
      ],
      'test',
    );
    await subgraph.store.putCampaigns(
      [
        {
          sourceId: 'spring',
          slug: 'spring',
          name: 'Spring',
          goal: 1500,
          startsAt: new Date('2026-03-01T00:00:00Z'),
          callToAction: 'Join us',
          url: '/join',
        },
      ],
      'test',
    );
    const people = Array.from({ length: 1234 }, (_, number) => ({
      sourceId: `${number}`,
      email: `${number}@x.example`,
      status: 'FREE' as const,
      memberSince: now,
    }));
    await subgraph.store.putMembers(people, 'test');
    let answer: Awaited<ReturnType<typeof ask>> | undefined;
    const statements = await statementsOf(async () => {
      answer = await ask(
        subgraph,
        `{ membership {
          memberCount { rounded display german: display(locale: "de") indian: display(locale: "hi-u-nu-deva") }
          campaign { slug roundedTotal goal percent remaining status callToAction url startsAt endsAt }
          tiers { slug prices { display euro: display(locale: "de-DE") } }
        } }`,
      );
    });
    expect(answer).toEqual({
      data: {
        membership: {
          memberCount: { rounded: 1200, display: '1,200+', german: '1.200+', indian: '१,२००+' },
          campaign: {
            slug: 'spring',
            roundedTotal: 1200,
            goal: 1500,
            percent: 80,
            remaining: 300,
            status: 'ACTIVE',
            callToAction: 'Join us',
            url: 'https://news.example/join',
            startsAt: '2026-03-01T00:00:00.000Z',
            endsAt: null,
          },
          tiers: [
            { slug: 'reader', prices: [] },
            { slug: 'supporter', prices: [{ display: '$5.00', euro: '5,00\u00a0$' }] },
            { slug: 'patron', prices: [{ display: '$25.00', euro: '25,00\u00a0$' }] },
          ],
        },
      },
    });
    expect(statements).toHaveLength(3);
    expect(JSON.stringify(answer)).not.toContain('1234');
  });

  it.each(['', 'no_such locale', 'x'.repeat(100)])('refuses the locale "%s"', async (locale) => {
    const { errors } = await ask(
      subgraph,
      'query ($locale: LanguageTag!) { membership { memberCount { display(locale: $locale) } } }',
      { locale },
    );
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatch(
      /Expected LanguageTag to be a BCP 47 language tag of at most 64 characters, but got: "/,
    );
  });

  const accessOf = async (stories: object[], reader: Reader, fields: string) => {
    const representations = stories.map((story, number) => ({
      __typename: 'Article',
      id: `${number}`,
      ...story,
    }));
    const { data, errors } = await ask(
      subgraph,
      `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Article { access { ${fields} } } } }`,
      { representations },
      reader,
    );
    expect(errors).toBeUndefined();
    const { _entities } = data as { _entities: { access: Record<string, unknown> }[] };
    return _entities.map(({ access }) => access);
  };
  const stories = [
    { visibility: 'PUBLIC', requiredTierIds: [] },
    { visibility: 'MEMBERS', requiredTierIds: [] },
    { visibility: 'PAID', requiredTierIds: [] },
    { visibility: 'TIERS', requiredTierIds: [patron] },
  ];

  it('tells an anonymous reader what would let them read', async () => {
    const access = await accessOf(stories, anonymous, 'level reason callToAction url requiredTiers { slug }');
    const preview = {
      level: 'PREVIEW',
      reason: 'LOGIN_REQUIRED',
      callToAction: 'Sign in or become a member to read the whole story.',
      url: 'https://news.example/membership',
    };
    const slugs = (...names: string[]) => names.map((slug) => ({ slug }));
    expect(access).toEqual([
      { level: 'FULL', reason: 'FREE', callToAction: null, url: null, requiredTiers: [] },
      { ...preview, requiredTiers: slugs('reader', 'supporter', 'patron') },
      { ...preview, requiredTiers: slugs('supporter', 'patron') },
      { ...preview, requiredTiers: slugs('patron') },
    ]);
  });

  it('tells a member which stories are theirs', async () => {
    expect(await accessOf(stories, paidReader, 'level reason')).toEqual([
      { level: 'FULL', reason: 'FREE' },
      { level: 'FULL', reason: 'MEMBER' },
      { level: 'FULL', reason: 'MEMBER' },
      { level: 'PREVIEW', reason: 'UPGRADE_REQUIRED' },
    ]);
    const patronReader: Reader = { ...anonymous, status: 'PAID', tierIds: [patron] };
    expect((await accessOf(stories, patronReader, 'reason'))[3]).toEqual({ reason: 'TIER' });
  });

  it('opens nothing that does not say that it is open', async () => {
    const odd = [
      {},
      { visibility: null },
      { visibility: 'public' },
      { visibility: 'TIERS', requiredTierIds: 'x' },
    ];
    for (const reader of [anonymous, paidReader])
      for (const { level, requiredTiers } of await accessOf(odd, reader, 'level requiredTiers { id }'))
        expect([level, requiredTiers]).toEqual(['PREVIEW', []]);
  });

  it('asks the database once for the tiers of a list, and not at all where nobody wants them', async () => {
    const many = Array.from({ length: 40 }, (_, number) => stories[number % 4] ?? {});
    expect(await statementsOf(() => accessOf(many, anonymous, 'requiredTiers { slug }'))).toHaveLength(1);
    expect(await statementsOf(() => accessOf(many, anonymous, 'level reason callToAction url'))).toHaveLength(
      0,
    );
  });

  it('is null with an error when its database fails, never 0 members', async () => {
    const gone = await open();
    const broken = await membership.open({
      database: gone.databaseOf(subgraphOwner('membership')),
      settings,
    });
    await gone.close();
    const { data, errors } = await ask(broken, '{ membership { memberCount { rounded } } }');
    expect(data).toEqual({ membership: null });
    expect(errors).toHaveLength(1);
  });

  it('finds tiers with one question, and answers null where there is none', async () => {
    const representations = [patron, 'nobody', idOf('tier', 'none'), idOf('tier', 'reader')].map((id) => ({
      __typename: 'Tier',
      id,
    }));
    let answer: unknown;
    const statements = await statementsOf(async () => {
      answer = await ask(
        subgraph,
        'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Tier { name } } }',
        { representations },
      );
    });
    expect(answer).toEqual({ data: { _entities: [{ name: 'Patron' }, null, null, { name: 'Reader' }] } });
    expect(statements).toHaveLength(1);
  });
});
