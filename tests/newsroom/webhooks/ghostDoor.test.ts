import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabases } from '../../support/databases.ts';
import { openDoors, type TestDoors } from '../../support/doors.ts';
import { changed, deleted, ghostSecret, member, post, send, signed } from '../../support/ghost.ts';

const minute = 60_000;
const another = 'another secret of 32 characters or more';

describe.each(testDatabases)('the door for Ghost, on $name', ({ open }) => {
  let doors: TestDoors;
  let databases: Awaited<ReturnType<typeof open>>;

  beforeAll(async () => {
    databases = await open();
    doors = await openDoors({ hasAll: true, databases, webhookSecrets: [ghostSecret, another] });
  });

  afterAll(async () => {
    await doors.stop();
    await databases.close();
  });

  const body = JSON.stringify(changed('post', post()));
  const request = (headers: Record<string, string>, payload = body) =>
    doors.app.inject({ method: 'POST', url: '/webhooks/ghost', headers, payload });
  const refusal = (got: string) => ({
    errors: [
      {
        message: `Expected a valid signature, but got: ${got}.`,
        extensions: { code: 'UNAUTHENTICATED' },
      },
    ],
  });

  it.each([
    ['nothing', undefined, 'none'],
    ['another secret', signed(body, { secret: 'x' }), 'an invalid one'],
    ['the body alone, as before 5.87.1', `${signed(body).split(',')[0]}, t=1`, 'an invalid one'],
    ['another body', signed(`${body} `), 'an invalid one'],
    ['what is no signature', 'sha256=abc', 'an invalid one'],
    ['a time long ago', signed(body, { at: Date.now() - 6 * minute }), 'one of more than 5 minutes ago'],
    ['a time to come', signed(body, { at: Date.now() + 6 * minute }), 'one of more than 5 minutes ahead'],
    ['another secret and a time long ago', signed(body, { secret: 'x', at: 1 }), 'an invalid one'],
  ])('refuses what is signed with %s', async (_, signature, got) => {
    const response = await request({ ...(signature !== undefined && { 'x-ghost-signature': signature }) });
    expect(response.statusCode).toBe(401);
    expect(response.json()).toEqual(refusal(got));
    expect(await doors.open.articles.store.isEmpty()).toBe(true);
  });

  it('refuses what is huge, no JSON, or no event, in a sentence', async () => {
    const huge = 'x'.repeat(5 * 1024 * 1024 + 1);
    const tooLarge = await request({ 'x-ghost-signature': signed(huge) }, huge);
    expect([tooLarge.statusCode, tooLarge.json().errors[0].extensions.code]).toEqual([
      413,
      'REQUEST_TOO_LARGE',
    ]);
    for (const [payload, message] of [
      ['no JSON', 'Expected the body to be JSON, but got: another format.'],
      ['[]', 'Expected the body to be a JSON object, but got: another value.'],
      ['{"post":7}', 'Expected "post" to have "current" and "previous", but got: another value.'],
      [
        '{"post":{"current":{"title":"x"}}}',
        'Expected a post to have an id of at most 100 characters, but got: none.',
      ],
    ] as const) {
      const response = await send(doors, payload);
      expect([response.statusCode, response.json().errors[0].message]).toEqual([400, message]);
    }
    expect((await send(doors, { site: {} })).json()).toMatchObject({ outcome: 'ignored' });
    expect((await request({}, '')).statusCode).toBe(401);
  });

  it('takes the same once, and any of two secrets', async () => {
    const at = Date.now();
    const joined = changed('member', member());
    const answers = await Promise.all([1, 2, 3].map(() => send(doors, joined, { at, secret: another })));
    expect(answers.map((one) => one.json().outcome).sort()).toEqual(['created', 'ignored', 'ignored']);
    expect(await doors.open.membership.store.memberCount()).toBe(1);

    const gone = deleted('member', member());
    expect((await send(doors, gone)).json()).toMatchObject({ outcome: 'updated' });
    const again = await send(doors, joined, { at, secret: another });
    expect([again.statusCode, again.json().outcome]).toEqual([200, 'ignored']);
    expect(await doors.open.membership.store.memberCount()).toBe(0);
    expect(doors.logged.join('')).not.toContain('@home.example');
  });

  it('keeps members in step: their address, their tiers, and who pays elsewhere', async () => {
    const { store } = doors.open.membership;
    const one = (fields: object) => member({ id: 'm2', email: 'two@home.example', ...fields });
    await store.putTiers(
      [{ sourceId: 'gold', slug: 'gold', name: 'Gold', type: 'PAID', prices: [] }],
      'test',
    );
    const at = (second: number) => ({ updated_at: `2024-06-01T12:00:0${second}.000Z` });
    await send(doors, changed('member', one({ ...at(1), labels: [{ name: 'Friend', slug: 'friend' }] })));
    const paid = { ...at(2), status: 'paid', tiers: [{ id: 't', name: 'Gold', slug: 'gold' }] };
    await send(
      doors,
      changed('member', one({ ...paid, subscriptions: [{ id: 's', customer: { id: 'cus_g' } }] })),
    );
    expect(await store.memberContent('two@home.example')).toMatchObject({
      ...{ status: 'PAID', tierSlugs: ['gold'], stripeCustomerId: 'cus_g' },
    });
    // Without the lists, as some of Ghost's events come.
    const {
      labels: _,
      tiers: __,
      subscriptions: ___,
      ...bare
    } = one({ ...at(3), status: 'paid', name: 'New Name' });
    await send(
      doors,
      changed('member', { ...bare, email: 'new@home.example' }, { email: 'two@home.example' }),
    );
    expect(await store.memberContent('two@home.example')).toBeNull();
    expect(await store.memberContent('new@home.example')).toMatchObject({
      ...{ sourceId: 'ghost-member:two@home.example', name: 'New Name', status: 'PAID', tierSlugs: ['gold'] },
    });
    const older = changed('member', one({ ...at(2), email: 'old@home.example' }));
    expect((await send(doors, older)).json()).toMatchObject({ outcome: 'unchanged' });
    // Ghost knows nothing of the customer by whom they pay.
    const free = one({ ...at(4), email: 'new@home.example', status: 'free' });
    await send(doors, changed('member', free));
    expect(await store.memberContent('new@home.example')).toMatchObject({
      status: 'PAID',
      tierSlugs: ['gold'],
    });
    const ended = { ...at(5), subscriptions: [{ id: 's', customer: { id: 'cus_g' } }] };
    await send(doors, changed('member', { ...free, ...ended }));
    expect(await store.memberContent('new@home.example')).toMatchObject({ status: 'FREE' });
  });

  it('raises the band of the count with those who join', async () => {
    const before = await doors.open.membership.store.memberCount();
    for (let one = before; one < 10; one += 1) {
      const joined = member({ id: `n${one}`, email: `n${one}@home.example` });
      expect((await send(doors, changed('member', joined))).statusCode).toBe(200);
    }
    const { data } = await doors.ask('{ membership { memberCount { display } } }');
    expect(data.membership.memberCount.display).toBe('10+');
  });

  it('refuses an address without telling it', async () => {
    const response = await send(doors, changed('member', member({ id: 'bad', email: 'secret person' })));
    expect(response.statusCode).toBe(400);
    expect(response.body).not.toContain('secret');
  });
});

describe('without WEBHOOK_SECRET', () => {
  it('nothing is taken, and the answer says what to set', async () => {
    const doors = await openDoors({ hasAll: true });
    for (const secret of ['', ghostSecret]) {
      const response = await send(doors, changed('post', post()), { secret });
      expect(response.statusCode).toBe(503);
      expect(response.json().errors[0]).toEqual({
        message: 'Expected WEBHOOK_SECRET to be set to accept webhooks, but got: nothing.',
        extensions: { code: 'WEBHOOK_NOT_SET_UP' },
      });
    }
    expect(await doors.open.articles.store.isEmpty()).toBe(true);
    await doors.stop();
  });
});
