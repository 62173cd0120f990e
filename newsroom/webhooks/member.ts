/** Stores a member from a Ghost webhook, read as a row of Ghost's members CSV. Errors never contain the address. */
import { badInput } from '../../subgraphs/errors.ts';
import type { MemberContent } from '../../subgraphs/membership/content.ts';
import { ContentError, type PutOutcome } from '../../subgraphs/store/putContent.ts';
import { readMember } from '../import/members.ts';
import { RecordError, type SourceRecord, textField } from '../import/records.ts';
import type { OpenStores } from '../openNewsroom.ts';
import { type GhostEvent, recordsIn } from './event.ts';

interface TakingMember {
  membership: OpenStores['membership'];
  by: string;
  now: Date;
}

/** Stores the member or their leaving; null when an unknown member left. */
export async function takeMember(
  event: GhostEvent,
  { membership, by, now }: TakingMember,
): Promise<PutOutcome | null> {
  const { record, previous, isGone } = event;
  const before = textField(previous, 'email');
  // A member with a new address is found by the previous one.
  const stored =
    (await storedAs(membership, textField(record, 'email'))) ?? (await storedAs(membership, before));
  if (isGone && !stored) return null;
  const content = isGone
    ? { ...(stored as MemberContent), deletedAt: stored?.deletedAt ?? now }
    : withStored(readOrRefuse(rowOf(record)), record, stored);
  try {
    const [outcome] = await membership.putMembers([content], by);
    return outcome ?? null;
  } catch (error) {
    throw error instanceof ContentError ? badInput(error.message) : error;
  }
}

const storedAs = async (membership: OpenStores['membership'], email: string | undefined) =>
  email === undefined ? null : membership.memberContent(email);

function readOrRefuse(row: SourceRecord): MemberContent {
  try {
    return readMember(row);
  } catch (error) {
    throw error instanceof RecordError ? badInput(error.message) : error;
  }
}

/** The CSV row for a member. */
function rowOf(member: SourceRecord): SourceRecord {
  const status = textField(member, 'status');
  return {
    email: member.email,
    name: member.name,
    note: member.note,
    created_at: member.created_at,
    complimentary_plan: String(member.comped === true || status === 'comped'),
    stripe_customer_id: customersOf(member)[0],
    labels: namesOf(member, 'labels', 'name'),
    tiers: namesOf(member, 'tiers', 'slug'),
  };
}

/**
 * Keeps stored values that Ghost does not send: identities, and lists that are missing in the event. A member with a
 * Stripe customer unknown to Ghost pays elsewhere, which Ghost's "free" does not change.
 */
function withStored(read: MemberContent, member: SourceRecord, stored: MemberContent | null): MemberContent {
  const status = readStatus(read, member, stored);
  if (!stored) return { ...read, status };
  const customer = stored.stripeCustomerId;
  const paysElsewhere =
    status === 'FREE' &&
    (stored.status === 'GIFT' ||
      (stored.status === 'PAID' && customer !== undefined && !customersOf(member).includes(customer)));
  const isTierless = !Array.isArray(member.tiers) && status === stored.status;
  const standing = paysElsewhere
    ? stored
    : { status, tierSlugs: isTierless ? stored.tierSlugs : read.tierSlugs };
  const labels = Array.isArray(member.labels) ? read.labels : stored.labels;
  const { tierSlugs: _, labels: __, ...rest } = read;
  const stripeCustomerId = read.stripeCustomerId ?? customer;
  return {
    ...rest,
    sourceId: stored.sourceId,
    status: standing.status,
    ...(standing.tierSlugs ? { tierSlugs: standing.tierSlugs } : {}),
    ...(labels ? { labels } : {}),
    ...(stripeCustomerId ? { stripeCustomerId } : {}),
    ...earliest(read.memberSince, stored.memberSince),
  };
}

/** A member who joined twice is one since the first time. */
function earliest(...dates: (Date | undefined)[]): { memberSince?: Date } {
  const times = dates.flatMap((date) => date?.getTime() ?? []);
  return times.length > 0 ? { memberSince: new Date(Math.min(...times)) } : {};
}

/** Some events lack tiers: Ghost's own status applies then. */
function readStatus(
  { status }: MemberContent,
  member: SourceRecord,
  stored: MemberContent | null,
): MemberContent['status'] {
  if (status !== 'FREE' || Array.isArray(member.tiers)) return status;
  const told = textField(member, 'status');
  return told === 'paid' ? 'PAID' : told === undefined && stored ? stored.status : 'FREE';
}

const namesOf = (record: SourceRecord, list: string, name: string) =>
  recordsIn(record, list).flatMap((item) => textField(item, name) ?? textField(item, 'name') ?? []);

const customersOf = (member: SourceRecord): string[] =>
  recordsIn(member, 'subscriptions').flatMap(({ customer }) =>
    typeof customer === 'object' && customer !== null
      ? (textField(customer as SourceRecord, 'id') ?? [])
      : [],
  );
