import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type FastifyInstance, fastify } from 'fastify';
import { pino } from 'pino';
import type { MemberContent } from '../../../subgraphs/membership/content.ts';
import { membership, type OpenMembership } from '../../../subgraphs/membership/subgraph.ts';
import {
  members,
  stripeCustomers,
  stripeEvents,
  stripeSubscriptions,
} from '../../../subgraphs/membership/tables.ts';
import { readSubgraphSettings } from '../../../subgraphs/settings.ts';
import { type Database, type DatabaseServer, subgraphOwner } from '../../../subgraphs/store/database.ts';
import { testDatabases } from '../../support/databases.ts';
import {
  customer,
  event,
  invoice,
  session,
  stripeHeaders,
  stripeSecret,
  subscription,
  type TestEvent,
} from '../../support/stripe.ts';

const tier = (slug: string) => ({
  sourceId: slug,
  slug,
  name: slug.toUpperCase(),
  type: 'PAID' as const,
  prices: [{ currency: 'USD', amountMinor: 500, interval: 'MONTH' as const }],
});

describe.each(testDatabases)('Stripe’s webhook, on $name', ({ open }) => {
  let databases: DatabaseServer;
  let database: Database;
  let store: OpenMembership;
  let app: FastifyInstance;
  let stop: (() => Promise<void>) | undefined;
  const logged: string[] = [];

  beforeAll(async () => {
    databases = await open();
    database = databases.databaseOf(subgraphOwner('membership'));
    const settings = readSubgraphSettings({
      STRIPE_WEBHOOK_SECRET: stripeSecret,
      GATEWAY_SECRET: 'a secret of the gateway that is long enough',
      NODE_ENV: 'production',
    });
    const opened = await membership.open({ database, settings });
    store = opened.store;
    stop = opened.stop;
    app = fastify();
    await opened.addRoutes?.(
      app,
      pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
    );
    await store.putTiers([tier('gold'), tier('silver')], 'test');
  });

  afterAll(async () => {
    await app.close();
    await stop?.();
    await databases.close();
  });

  beforeEach(forgetAll);

  async function forgetAll() {
    for (const table of [stripeEvents, stripeCustomers, stripeSubscriptions])
      await database.sql.delete(table);
    const all = await database.sql.select({ email: members.email }).from(members);
    const contents = await Promise.all(all.map(({ email }) => store.memberContent(email)));
    const staying = contents.filter((one) => one?.deletedAt === undefined) as MemberContent[];
    await store.putMembers(
      staying.map((one) => ({ ...one, deletedAt: new Date() })),
      'test',
    );
    await database.sql.delete(members);
    logged.length = 0;
  }

  const post = (payload: string, headers: Record<string, string> = stripeHeaders(payload)) =>
    app.inject({ method: 'POST', url: '/webhooks/stripe', headers, payload });
  const tell = async (...events: TestEvent[]) => {
    const outcomes: string[] = [];
    for (const one of events) {
      const response = await post(JSON.stringify(one));
      expect({ status: response.statusCode, body: response.json() }).toMatchObject({ status: 200 });
      outcomes.push(response.json().outcome);
    }
    return outcomes;
  };
  const member = async (email = 'payer@home.example') => {
    const found = await store.memberContent(email);
    return found && { status: found.status, tiers: found.tierSlugs ?? [], customer: found.stripeCustomerId };
  };
  const putMember = (rest: Partial<MemberContent>) =>
    store.putMembers(
      [
        {
          sourceId: 'ghost-member:payer@home.example',
          email: 'payer@home.example',
          status: 'FREE',
          memberSince: new Date('2024-01-01'),
          ...rest,
        },
      ],
      'test',
    );

  it('has somebody join, renew, lapse, come back and cancel; the count follows', async () => {
    const gold = { status: 'PAID', tiers: ['gold'], customer: 'cus_1' };
    const free = { status: 'FREE', tiers: [], customer: 'cus_1' };
    expect(await store.memberCount()).toBe(0);
    // Nobody's address is known yet.
    expect(
      await tell(event('customer.subscription.created', 100, subscription({ status: 'incomplete' }))),
    ).toEqual(['unchanged']);
    await tell(event('checkout.session.completed', 101, session()));
    expect(await member()).toMatchObject(gold);
    expect((await store.memberContent('payer@home.example'))?.memberSince).toEqual(new Date(101_000));
    expect(await store.memberCount()).toBe(1);
    await tell(event('invoice.paid', 200, invoice()));
    await tell(event('invoice.payment_failed', 300, invoice()));
    await tell(event('customer.subscription.updated', 301, subscription({ status: 'past_due' })));
    expect(await member()).toMatchObject(gold);
    await tell(event('customer.subscription.updated', 400, subscription({ status: 'unpaid' })));
    expect(await member()).toMatchObject(free);
    await tell(event('customer.subscription.updated', 500, subscription({}, 'silver')));
    expect(await member()).toMatchObject({ ...gold, tiers: ['silver'] });
    await tell(event('customer.subscription.deleted', 600, subscription({ status: 'canceled' })));
    expect(await member()).toMatchObject(free);
    expect(await store.memberCount()).toBe(1);
    expect(logged.join('')).not.toContain('@home.example');
  });

  it('finds members by their number, then by their address, and leaves to the given what they were given', async () => {
    await putMember({ email: 'other@home.example', stripeCustomerId: 'cus_1', sourceId: 'm', name: 'Kept' });
    await tell(event('checkout.session.completed', 100, session({ metadata: { tier: 'Gold' } })));
    expect(await member()).toBeNull();
    expect(await member('other@home.example')).toMatchObject({ status: 'PAID', tiers: ['gold'] });

    await putMember({ status: 'COMPED', tierSlugs: ['silver'] });
    const theirs = { customer: 'cus_2', id: 'sub_2' };
    await tell(
      event('checkout.session.completed', 100, session({ customer: 'cus_2', subscription: 'sub_2' })),
      event('customer.subscription.updated', 101, subscription(theirs)),
    );
    expect(await member()).toMatchObject({ status: 'COMPED', tiers: ['gold', 'silver'], customer: 'cus_2' });
    await tell(event('customer.subscription.deleted', 102, subscription(theirs)));
    expect(await member()).toMatchObject({ status: 'COMPED', tiers: ['silver'] });
  });

  it('makes PAID whoever pays for no tier that there is, with a note and a line in the log', async () => {
    await tell(event('customer.subscription.created', 100, subscription({}, 'platinum')));
    await tell(event('customer.created', 100, customer()));
    expect(await member()).toMatchObject({ status: 'PAID', tiers: [] });
    const { note } = (await store.memberContent('payer@home.example')) ?? {};
    expect(note).toBe('Stripe: a price names an unknown tier: "platinum".');
    expect(logged.join('')).toContain('Stripe subscription with an unknown tier');
    await tell(event('customer.subscription.updated', 101, subscription({}, 'silver')));
    expect((await store.memberContent('payer@home.example'))?.note).toBeUndefined();
  });

  it('changes the address of whom it knows by their number, and of nobody whose address somebody pays with', async () => {
    const change = (at: number) =>
      event('customer.updated', at, customer({ email: 'new@home.example' }), { email: 'payer@home.example' });
    await tell(event('checkout.session.completed', 100, session()), change(101));
    expect(await member()).toBeNull();
    expect(await member('new@home.example')).toMatchObject({ status: 'PAID' });
    await forgetAll();

    await putMember({});
    await tell(event('checkout.session.completed', 100, session()), change(101));
    expect(await member()).toMatchObject({ status: 'PAID' });
    expect(await member('new@home.example')).toBeNull();
  });

  it('ends what a customer had who is deleted, and leaves who has never paid', async () => {
    await putMember({ stripeCustomerId: 'cus_1', status: 'PAID', tierSlugs: ['gold'] });
    await tell(event('customer.updated', 99, customer()));
    expect(await member()).toMatchObject({ status: 'PAID', tiers: ['gold'] });
    await tell(
      event('customer.subscription.created', 100, subscription({ id: 'sub_2', status: 'incomplete' })),
    );
    expect(await member()).toMatchObject({ status: 'PAID', tiers: ['gold'] });
    await tell(event('customer.deleted', 101, customer()));
    expect(await member()).toMatchObject({ status: 'FREE', tiers: [] });
    await tell(event('customer.subscription.updated', 102, subscription()));
    expect(await member()).toMatchObject({ status: 'FREE' });
  });

  it('takes each event once, also twice at once', async () => {
    const joined = event('checkout.session.completed', 100, session());
    const payload = JSON.stringify(joined);
    const answers = await Promise.all([post(payload), post(payload), post(payload)]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(answers.map((one) => one.json().outcome).sort()).toEqual(['changed', 'repeated', 'repeated']);
    expect(await store.memberCount()).toBe(1);
  });

  it('ends in the same state in whatever order events come, and however often', async () => {
    const history = [
      event('customer.created', 100, customer()),
      event('customer.subscription.created', 100, subscription({ status: 'incomplete' })),
      event('customer.subscription.updated', 100, subscription({ status: 'active' })),
      event('checkout.session.completed', 101, session()),
      event('invoice.paid', 101, invoice()),
      event('customer.subscription.updated', 200, subscription({ status: 'past_due' })),
      event('invoice.payment_failed', 200, invoice()),
      event('customer.subscription.updated', 300, subscription({ status: 'active' }, 'silver')),
      event('customer.updated', 301, customer({ email: 'new@home.example' }), {
        email: 'payer@home.example',
      }),
      event('invoice.paid', 302, invoice({ customer_email: 'new@home.example' })),
      event('customer.subscription.deleted', 400, subscription({ status: 'canceled' }, 'silver')),
    ];
    const stateAfter = async (events: readonly TestEvent[]) => {
      await forgetAll();
      await tell(...events);
      const { sourceId: _, ...rest } = (await store.memberContent('new@home.example')) ?? {};
      return { ...rest, count: await store.memberCount() };
    };
    for (const told of [history.slice(0, -1), history]) {
      const expected = await stateAfter(told);
      expect(expected).toMatchObject({ status: told === history ? 'FREE' : 'PAID', count: 1 });
      const orders = fc.shuffledSubarray([...told, ...told], { minLength: told.length * 2 });
      await fc.assert(
        fc.asyncProperty(orders, async (events) => expect(await stateAfter(events)).toEqual(expected)),
        { numRuns: 6 },
      );
    }
  });

  it.each([
    ['without a signature', {}, 'none'],
    [
      'with one that is none',
      { 'stripe-signature': 'v1=abc' },
      'an invalid one, or one older than 5 minutes',
    ],
  ])('refuses what comes %s', async (_, headers, got) => {
    const response = await post(JSON.stringify(event('invoice.paid', 1, invoice())), headers);
    expect(response.statusCode).toBe(401);
    expect(response.json()).toEqual({
      errors: [
        {
          message: `Expected a valid signature, but got: ${got}.`,
          extensions: { code: 'UNAUTHENTICATED' },
        },
      ],
    });
  });

  it('refuses other secrets, old signatures, changed bodies, what is huge, and what is no event', async () => {
    const payload = JSON.stringify(event('checkout.session.completed', 100, session()));
    const statusOf = async (...given: Parameters<typeof post>) => (await post(...given)).statusCode;
    expect(await statusOf(payload, stripeHeaders(payload, { secret: `${stripeSecret}0` }))).toBe(401);
    expect(await statusOf(payload, stripeHeaders(payload, { timestamp: Date.now() / 1000 - 301 }))).toBe(401);
    expect(await statusOf(`${payload} `, stripeHeaders(payload))).toBe(401);
    expect(await statusOf('x'.repeat(1024 * 1024 + 1))).toBe(413);
    expect((await post('not JSON')).json().errors[0].message).toBe(
      'Expected the body to be JSON, but got: another format.',
    );
    const broken = JSON.stringify(
      event('customer.subscription.updated', 1, { ...subscription(), items: 'none' }),
    );
    const answer = await post(broken);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors[0].message).toBe(
      'Expected a subscription in the format of Stripe, but got: one with another "items".',
    );
    expect(await database.sql.select().from(stripeEvents)).toEqual([]);
    expect(await store.memberCount()).toBe(0);
  });

  it('answers events that say nothing to it, and keeps nothing of them', async () => {
    expect(await tell(event('charge.refunded', 1, { id: 'ch_1' }))).toEqual(['ignored']);
    expect(await tell(event('checkout.session.completed', 1, session({ mode: 'payment' })))).toEqual([
      'ignored',
    ]);
    expect(await database.sql.select().from(stripeEvents)).toEqual([]);
  });
});
