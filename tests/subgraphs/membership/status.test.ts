import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MemberContent } from '../../../subgraphs/membership/content.ts';
import type { DatabaseServer } from '../../../subgraphs/store/database.ts';
import { testDatabases } from '../../support/databases.ts';
import { openTestDesk, type TestDesk } from '../../support/desk.ts';

describe.each(testDatabases)("a member's standing on $name", ({ open }) => {
  let server: DatabaseServer;
  let desk: TestDesk;
  const content: MemberContent = {
    sourceId: 'm',
    email: 'm@x.example',
    status: 'PAID',
    tierSlugs: ['gold'],
    memberSince: new Date('2025-01-01T00:00:00Z'),
  };
  const put = (more: Partial<MemberContent> = {}) => desk.store.putMembers([{ ...content, ...more }], 'test');
  const changes = async () => (await desk.store.statusChanges(new Date(0))).map(({ changedAt }) => changedAt);

  beforeAll(async () => {
    server = await open();
    desk = await openTestDesk(server);
    const tier = (slug: string) => ({ sourceId: slug, slug, name: slug, type: 'PAID' as const, prices: [] });
    await desk.store.putTiers([tier('gold'), tier('silver')], 'test');
    await desk.store.putNewsletters([{ sourceId: 'n', slug: 'n', name: 'N' }], 'test');
  });
  afterAll(() => server.close());

  it('changes with status, tiers and leaving, and with nothing else', async () => {
    await put();
    expect(await changes()).toEqual([]);
    await put({ name: 'Mo' });
    expect(await changes()).toEqual([]);
    const different: Partial<MemberContent>[] = [
      { status: 'COMPED' },
      { tierSlugs: [] },
      { tierSlugs: ['silver'] },
      { tierSlugs: ['gold', 'silver'] },
      {},
      { deletedAt: new Date('2026-01-01T00:00:00Z') },
      {},
    ];
    for (const more of different) {
      desk.wait(1000);
      await put(more);
      expect(await changes()).toEqual([desk.now()]);
      await put({ ...more, name: 'Mo' });
      expect(await changes()).toEqual([desk.now()]);
    }
    expect(await desk.store.statusChanges(desk.now())).toEqual([]);
  });

  it('changes later than before, even at the same time or by a clock that went back', async () => {
    const [before] = await changes();
    desk.wait(-5000);
    await put({ status: 'GIFT' });
    expect(await changes()).toEqual([new Date((before as Date).getTime() + 1)]);
    await put();
    expect(await changes()).toEqual([new Date((before as Date).getTime() + 2)]);
  });

  it('is told by the tokens that are given after it', async () => {
    const { member } = await desk.enter('m@x.example');
    expect([member.standingChangedAt]).toEqual(await changes());
  });

  it('leaves the newsletters that a member chose, where a list says nothing of them', async () => {
    const { member } = await desk.enter('m@x.example');
    const [newsletter] = await desk.store.newsletters();
    const ids = [newsletter?.id ?? ''];
    await desk.store.chooseNewsletters(member.id, ids, 'm');
    await put({ name: 'Moira' });
    expect((await desk.store.membersByIds([member.id]))[0]).toMatchObject({
      name: 'Moira',
      newsletterIds: ids,
    });
    await put({ newsletterSlugs: [] });
    expect((await desk.store.membersByIds([member.id]))[0]?.newsletterIds).toEqual([]);
  });
});
