/** What a customer of Stripe's means for a member: worked out anew of all that was told, so that the order does not matter. */
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

interface Settling {
  at: Date;
  eventId: string;
  log: Logger;
}

/** Writes the member of a customer, within a transaction that holds the count; false where nothing of them changed. */
export async function settle(transaction: Sql, customerId: string, settling: Settling): Promise<boolean> {
  const [customer] = await transaction
    .select()
    .from(stripeCustomers)
    .where(eq(stripeCustomers.id, customerId));
  if (!customer) return false;
  const found = customer.memberId
    ? await memberWhere(transaction, eq(members.id, customer.memberId))
    : await findFor(transaction, customer);
  const linked = found ? await linkTo(transaction, customer, found) : customer;
  const customers = found
    ? await transaction.select().from(stripeCustomers).where(eq(stripeCustomers.memberId, found.id))
    : [customer];
  const gone = new Set(customers.flatMap(({ id, isDeleted }) => (isDeleted ? [id] : [])));
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
    // With a customer all that it had has ended, told or not.
    subscriptions: [
      ...subscriptions.filter(({ customerId: id }) => !gone.has(id)),
      ...[...gone].map(() => ({ status: 'canceled', tiers: [] })),
    ],
    tiers: allTiers,
    member: found ?? undefined,
    ownTierIds: [...new Set(customers.flatMap(({ tierIds }) => tierIds))],
  });
  if (membershipStatus.unknown.length > 0)
    settling.log.warn(
      { customer: customerId, event: settling.eventId, names: membershipStatus.unknown },
      'a subscription of Stripe names no tier that there is',
    );
  if (found)
    return rewrite(transaction, { member: found, customer: linked, membershipStatus, allTiers }, settling);
  // Also who has ended by now: whether we heard of it first or last makes no difference.
  const hasPaid = subscriptions.some(({ status }) => wasInForce(status));
  return hasPaid && join(transaction, { customer, membershipStatus, allTiers }, settling);
}

/** By the number that Stripe knows them by; else by their address. */
async function findFor(transaction: Sql, { id, email }: Customer): Promise<MemberRow | null> {
  const known = await memberWhere(transaction, eq(members.stripeCustomerId, id));
  if (known || email === null) return known;
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
    // Who pays with somebody's address is not them by that: such a customer's new address is not the member's.
    isOwn: member.stripeCustomerId === customer.id,
    tierIds:
      member.stripeCustomerId === null || member.stripeCustomerId === customer.id ? member.tierIds : [],
  };
  await transaction.update(stripeCustomers).set(link).where(eq(stripeCustomers.id, customer.id));
  return { ...customer, ...link };
}

interface Known {
  customer: Customer;
  membershipStatus: MembershipStatus;
  allTiers: readonly TierRow[];
}

/** Makes the member of somebody who has paid, once their address is known. */
async function join(
  transaction: Sql,
  { customer, membershipStatus, allTiers }: Known,
  { at }: Settling,
): Promise<boolean> {
  const { id, email, name, since } = customer;
  if (email === null) return false;
  const usual = sourceIdOfAddress(email);
  // Somebody joined with this address who has another one by now.
  const isTaken = (await memberWhere(transaction, eq(members.id, idOf('member', usual)))) !== null;
  const sourceId = isTaken ? `stripe:${id}` : usual;
  const content: MemberContent = {
    ...{ sourceId, email, status: membershipStatus.status, memberSince: since, stripeCustomerId: id },
    tierSlugs: slugsOf(membershipStatus.tierIds, allTiers),
    ...(name !== null && { name }),
    ...(membershipStatus.note !== undefined && { note: membershipStatus.note }),
  };
  const [made] = await putMembersIn(transaction, [content], { by: 'stripe', at });
  if (made)
    await transaction
      .update(stripeCustomers)
      .set({ memberId: made.id, isOwn: true, hasMade: true })
      .where(eq(stripeCustomers.id, id));
  return true;
}

async function rewrite(
  transaction: Sql,
  { member, customer, membershipStatus, allTiers }: Known & { member: MemberRow },
  { at, eventId, log }: Settling,
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
    // What a member was once before is written again, whatever was changed beside it meanwhile.
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

/** The address that the customer changed to, where it is the member's to change and nobody else has it. */
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
  log.warn({ customer: id }, 'another member has the address that a customer of Stripe changed to');
  return member.email;
}

const slugsOf = (ids: readonly string[], allTiers: readonly TierRow[]) =>
  allTiers.flatMap(({ id, slug }) => (ids.includes(id) ? [slug] : []));

const sameIds = (some: readonly string[], others: readonly string[]) =>
  some.length === others.length && some.every((id) => others.includes(id));
