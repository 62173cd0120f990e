/**
 * Derives a member from a Stripe customer: recomputed from all stored data, so that the order of events does not
 * matter.
 */
import { asc, eq, inArray } from 'drizzle-orm';
import type { Logger } from 'pino';
import { idOf } from '../../store/contentId.ts';
import type { Sql } from '../../store/database.ts';
import { type MemberContent, sourceIdOfAddress } from '../content.ts';
import { emailKeyOf } from '../mailbox.ts';
import { putMembersIn } from '../members.ts';
import type { MemberRow, TierRow } from '../rows.ts';
import { contentOf } from '../sql/stored.ts';
import { members, stripeCustomers, stripeSubscriptions, tiers } from '../tables.ts';
import { type MembershipStatus, membershipStatusOf } from './membershipStatus.ts';
import { wasInForce } from './stripeEvent.ts';

type Customer = typeof stripeCustomers.$inferSelect;

interface SettleOptions {
  at: Date;
  eventId: string;
  log: Logger;
}

/** Writes the member of a customer, within a transaction that has locked the member count; false if nothing changed. */
export async function settle(transaction: Sql, customerId: string, options: SettleOptions): Promise<boolean> {
  const [customer] = await transaction
    .select()
    .from(stripeCustomers)
    .where(eq(stripeCustomers.id, customerId));
  if (!customer) return false;
  const member = customer.memberId
    ? await memberWhere(transaction, eq(members.id, customer.memberId))
    : await findFor(transaction, customer);
  const linked = member ? await linkTo(transaction, customer, member) : customer;
  const customers = member
    ? await transaction.select().from(stripeCustomers).where(eq(stripeCustomers.memberId, member.id))
    : [customer];
  const deletedIds = new Set(customers.flatMap(({ id, isDeleted }) => (isDeleted ? [id] : [])));
  const subscriptions = await transaction
    .select()
    .from(stripeSubscriptions)
    .where(
      inArray(
        stripeSubscriptions.customerId,
        customers.map(({ id }) => id),
      ),
    );
  const allTiers = await transaction.select().from(tiers);
  const membershipStatus = membershipStatusOf({
    // A deleted customer has no active subscriptions, whether or not Stripe reported their end.
    subscriptions: [
      ...subscriptions.filter(({ customerId: id }) => !deletedIds.has(id)),
      ...[...deletedIds].map(() => ({ status: 'canceled', tiers: [] })),
    ],
    tiers: allTiers,
    member: member ?? undefined,
    ownTierIds: [...new Set(customers.flatMap(({ tierIds }) => tierIds))],
  });
  if (membershipStatus.unknown.length > 0)
    options.log.warn(
      { customer: customerId, event: options.eventId, names: membershipStatus.unknown },
      'Stripe subscription with an unknown tier',
    );
  if (member) return rewrite(transaction, { member, customer: linked, membershipStatus, allTiers }, options);
  // Includes members whose subscription has already ended, so that the order of events makes no difference.
  const hasPaid = subscriptions.some(({ status }) => wasInForce(status));
  return hasPaid && join(transaction, { customer, membershipStatus, allTiers }, options);
}

/** By the Stripe customer id, otherwise by the address. */
async function findFor(transaction: Sql, { id, email }: Customer): Promise<MemberRow | null> {
  const byCustomerId = await memberWhere(transaction, eq(members.stripeCustomerId, id));
  if (byCustomerId || email === null) return byCustomerId;
  return memberWhere(transaction, eq(members.emailKey, emailKeyOf(email)));
}

async function memberWhere(transaction: Sql, condition: ReturnType<typeof eq>): Promise<MemberRow | null> {
  const [row] = await transaction.select().from(members).where(condition).orderBy(asc(members.id)).limit(1);
  return row ?? null;
}

async function linkTo(transaction: Sql, customer: Customer, member: MemberRow): Promise<Customer> {
  if (customer.memberId !== null) return customer;
  const link = {
    memberId: member.id,
    // Paying with somebody's address does not make a customer that member, so this customer's later address is not the
    // member's.
    isOwn: member.stripeCustomerId === customer.id,
    tierIds:
      member.stripeCustomerId === null || member.stripeCustomerId === customer.id ? member.tierIds : [],
  };
  await transaction.update(stripeCustomers).set(link).where(eq(stripeCustomers.id, customer.id));
  return { ...customer, ...link };
}

interface CustomerState {
  customer: Customer;
  membershipStatus: MembershipStatus;
  allTiers: readonly TierRow[];
}

/** Creates the member of a paying customer, once the address is known. */
async function join(
  transaction: Sql,
  { customer, membershipStatus, allTiers }: CustomerState,
  { at }: SettleOptions,
): Promise<boolean> {
  const { id, email, name, since } = customer;
  if (email === null) return false;
  const addressSourceId = sourceIdOfAddress(email);
  // The member who joined with this address has another one by now.
  const isTaken = (await memberWhere(transaction, eq(members.id, idOf('member', addressSourceId)))) !== null;
  const sourceId = isTaken ? `stripe:${id}` : addressSourceId;
  const content: MemberContent = {
    ...{ sourceId, email, status: membershipStatus.status, memberSince: since, stripeCustomerId: id },
    tierSlugs: slugsOf(membershipStatus.tierIds, allTiers),
    ...(name !== null && { name }),
    ...(membershipStatus.note !== undefined && { note: membershipStatus.note }),
  };
  const [created] = await putMembersIn(transaction, [content], { by: 'stripe', at });
  if (created)
    await transaction
      .update(stripeCustomers)
      .set({ memberId: created.id, isOwn: true, hasMade: true })
      .where(eq(stripeCustomers.id, id));
  return true;
}

async function rewrite(
  transaction: Sql,
  { member, customer, membershipStatus, allTiers }: CustomerState & { member: MemberRow },
  { at, eventId, log }: SettleOptions,
): Promise<boolean> {
  const { deletedAt, note: _, ...before } = await contentOf(transaction, member);
  const email = await emailOf(transaction, member, customer, log);
  const hasLeft = deletedAt !== undefined && !membershipStatus.isPaying;
  const since = customer.hasMade && customer.since < member.memberSince ? customer.since : member.memberSince;
  const name = member.name ?? (customer.hasMade ? customer.name : null);
  const content: MemberContent & { event: string } = {
    ...before,
    email,
    ...(name !== null && { name }),
    status: membershipStatus.status,
    tierSlugs: slugsOf(membershipStatus.tierIds, allTiers),
    stripeCustomerId: member.stripeCustomerId ?? customer.id,
    memberSince: since,
    ...(membershipStatus.note !== undefined && { note: membershipStatus.note }),
    ...(hasLeft && { deletedAt }),
    // Changes the content hash, so that a member who returns to an earlier state is written again.
    event: eventId,
  };
  const isSame =
    content.status === member.status &&
    sameIds(membershipStatus.tierIds, member.tierIds) &&
    email === member.email &&
    name === member.name &&
    content.stripeCustomerId === member.stripeCustomerId &&
    (membershipStatus.note ?? null) === member.note &&
    since.getTime() === member.memberSince.getTime() &&
    hasLeft === (member.deletedAt !== null);
  if (isSame) return false;
  await putMembersIn(transaction, [content], { by: 'stripe', at });
  return true;
}

/** The customer's new address, if the customer may change the member's address and no other member has it. */
async function emailOf(
  transaction: Sql,
  member: MemberRow,
  { id, isOwn, changedEmail }: Customer,
  log: Logger,
): Promise<string> {
  const isTheirs = isOwn && (member.stripeCustomerId ?? id) === id;
  if (changedEmail === null || !isTheirs || emailKeyOf(changedEmail) === member.emailKey) return member.email;
  const holder = await memberWhere(transaction, eq(members.emailKey, emailKeyOf(changedEmail)));
  if (!holder) return changedEmail;
  log.warn({ customer: id }, 'e-mail change from Stripe rejected; address in use');
  return member.email;
}

const slugsOf = (ids: readonly string[], allTiers: readonly TierRow[]) =>
  allTiers.flatMap(({ id, slug }) => (ids.includes(id) ? [slug] : []));

const sameIds = (some: readonly string[], others: readonly string[]) =>
  some.length === others.length && some.every((id) => others.includes(id));
