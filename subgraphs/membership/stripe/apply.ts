/**
 * Stores the data of Stripe events. For each customer and subscription the newest data is kept, in whatever order
 * events arrive.
 */
import { eq, inArray, lt } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Sql } from '../../store/database.ts';
import { inPut } from '../../store/putContent.ts';
import { lockMemberCount } from '../members.ts';
import { stripeCustomers, stripeEvents, stripeSubscriptions } from '../tables.ts';
import { settle } from './settle.ts';
import { reportOf, type StripeEvent, type StripeReport } from './stripeEvent.ts';

export type StripeOutcome = 'changed' | 'unchanged' | 'repeated' | 'ignored';

interface ApplyOptions {
  clock: () => Date;
  log: Logger;
}

/** Stripe retries for three days, and its dashboard can resend for thirty. */
const keptMs = 35 * 24 * 60 * 60_000;

/**
 * Processes an event once: its id is stored in the same transaction, so that a failed event is sent again by Stripe and
 * nothing is half done. Other writers of members wait meanwhile.
 */
export async function applyEvent(
  db: Sql,
  event: StripeEvent,
  { clock, log }: ApplyOptions,
): Promise<StripeOutcome> {
  const report = reportOf(event);
  if (!report) return 'ignored';
  return inPut(db, async (transaction) => {
    const at = clock();
    const [isNew] = await transaction
      .insert(stripeEvents)
      .values({ id: event.id, receivedAt: at })
      .onConflictDoNothing()
      .returning({ id: stripeEvents.id });
    if (!isNew) return 'repeated';
    await transaction
      .delete(stripeEvents)
      .where(lt(stripeEvents.receivedAt, new Date(at.getTime() - keptMs)));
    await lockMemberCount(transaction);
    await storeCustomer(transaction, report);
    await storeSubscription(transaction, report);
    const hasChanged = await settle(transaction, report.customerId, { at, log, eventId: event.id });
    return hasChanged ? 'changed' : 'unchanged';
  });
}

async function storeCustomer(transaction: Sql, report: StripeReport): Promise<void> {
  const { customerId: id, email, name, isDeleted = false, since } = report;
  const [stored] = await transaction.select().from(stripeCustomers).where(eq(stripeCustomers.id, id));
  const row = {
    ...(stored ?? { id, email: null, emailOrder: '', changedEmail: null, changedEmailOrder: '', name: null }),
    isDeleted: isDeleted || (stored?.isDeleted ?? false),
    since: stored && stored.since < since ? stored.since : since,
  };
  row.name ??= name ?? null;
  if (email && email.order >= row.emailOrder)
    Object.assign(row, { email: email.address, emailOrder: email.order });
  if (email?.isChange && email.order >= row.changedEmailOrder)
    Object.assign(row, { changedEmail: email.address, changedEmailOrder: email.order });
  await transaction
    .insert(stripeCustomers)
    .values(row)
    .onConflictDoUpdate({ target: stripeCustomers.id, set: row });
}

async function storeSubscription(
  transaction: Sql,
  { customerId, subscription }: StripeReport,
): Promise<void> {
  if (!subscription) return;
  const { id, status, tiers } = subscription;
  const [stored] = await transaction
    .select()
    .from(stripeSubscriptions)
    .where(inArray(stripeSubscriptions.id, [id]));
  const row = stored ?? {
    ...{ id, customerId, status: 'incomplete', statusOrder: '', tiers: [], tiersOrder: '' },
  };
  if (status && status.order >= row.statusOrder)
    Object.assign(row, { status: status.value, statusOrder: status.order });
  if (tiers && tiers.order >= row.tiersOrder)
    Object.assign(row, { tiers: tiers.names, tiersOrder: tiers.order });
  await transaction
    .insert(stripeSubscriptions)
    .values(row)
    .onConflictDoUpdate({ target: stripeSubscriptions.id, set: row });
}
