/** Maps content to rows, and rejects invalid values. */
import { dateOf, failureOf, textOf } from '../graph/contentChecks.ts';
import { URLScalar } from '../graph/scalars.ts';
import { idOf } from '../store/contentId.ts';
import { ContentError, hashOf } from '../store/putContent.ts';
import { slugOf } from '../store/slug.ts';
import type {
  CampaignContent,
  CommunityContent,
  MemberContent,
  NewsletterContent,
  TierContent,
} from './content.ts';
import { emailKeyOf } from './mailbox.ts';
import type { campaigns, community, members, newsletters, tiers } from './tables.ts';

export type TierRow = typeof tiers.$inferSelect;
export type NewsletterRow = typeof newsletters.$inferSelect;
export type CampaignRow = typeof campaigns.$inferSelect;
export type MemberRow = typeof members.$inferSelect;
type CommunityRow = typeof community.$inferSelect;

const largestNumber = 2 ** 31 - 1;

export function tierRowOf(content: TierContent, updatedAt: Date): TierRow {
  const { sourceId, type } = content;
  const fail = failureOf(sourceId);
  if (type !== 'FREE' && type !== 'PAID') fail('the type of a tier to be FREE or PAID', type);
  return {
    ...namedOf('tier', content, updatedAt),
    type,
    prices: content.prices.map(({ currency, amountMinor, interval }) => ({
      currency: /^[a-z]{3}$/i.test(currency)
        ? currency.toUpperCase()
        : fail('"currency" to be an ISO 4217 code', currency),
      amountMinor: wholeOf(sourceId, 'amountMinor', amountMinor, 0),
      interval:
        interval === 'MONTH' || interval === 'YEAR'
          ? interval
          : fail('"interval" to be MONTH or YEAR', interval),
    })),
    trialDays: wholeOf(sourceId, 'trialDays', content.trialDays ?? 0, 0),
    benefits: content.benefits ?? [],
  };
}

export function newsletterRowOf(content: NewsletterContent, updatedAt: Date): NewsletterRow {
  return namedOf('newsletter', content, updatedAt);
}

export function campaignRowOf(content: CampaignContent, updatedAt: Date): CampaignRow {
  const { sourceId, callToAction, url } = content;
  const startsAt = requiredDateOf(sourceId, 'startsAt', content.startsAt);
  const endsAt = dateOf(sourceId, 'endsAt', content.endsAt);
  if (endsAt !== null && endsAt <= startsAt)
    failureOf(sourceId)(`"endsAt" to be after ${startsAt.toISOString()}`, endsAt);
  const { description: _, ...named } = namedOf('campaign', content, updatedAt);
  return {
    ...named,
    goal: wholeOf(sourceId, 'goal', content.goal, 1),
    startsAt,
    endsAt,
    callToAction:
      textOf(callToAction) ?? failureOf(sourceId)('a campaign to have a callToAction', callToAction),
    url: siteUrlOf(sourceId, url),
  };
}

/** The row of a member whose tiers and newsletters are resolved. No error contains an address. */
export function memberRowOf(
  content: MemberContent,
  resolved: { tierIds: string[]; newsletterIds: string[] },
  updatedAt: Date,
): MemberRow {
  const { sourceId, status } = content;
  const email = textOf(content.email) ?? '';
  if (!/^[^\s@]+@[^\s@]+$/.test(email) || email.length > 320)
    throw new ContentError(sourceId, 'Expected a member to have an e-mail address, but got: another value.');
  if (!['FREE', 'PAID', 'COMPED', 'GIFT'].includes(status))
    failureOf(sourceId)('the status of a member to be FREE, PAID, COMPED or GIFT', status);
  return {
    id: idOf('member', sourceId),
    sourceId,
    // With the resolved ids: a tier that was unknown at the last import makes a difference.
    contentHash: hashOf({ ...content, ...resolved }),
    updatedAt,
    email,
    emailKey: emailKeyOf(email),
    name: textOf(content.name),
    status,
    ...resolved,
    stripeCustomerId: textOf(content.stripeCustomerId),
    labels: content.labels ?? [],
    note: textOf(content.note),
    memberSince: dateOf(sourceId, 'memberSince', content.memberSince) ?? updatedAt,
    deletedAt: dateOf(sourceId, 'deletedAt', content.deletedAt),
    standingChangedAt: null,
  };
}

export function communityRowOf(content: CommunityContent, updatedAt: Date): CommunityRow {
  const sourceId = 'community';
  const thankYouMessage =
    textOf(content.thankYouMessage) ??
    failureOf(sourceId)('"thankYouMessage" to say something', content.thankYouMessage);
  return {
    id: idOf('membership', sourceId),
    sourceId,
    contentHash: hashOf(content),
    updatedAt,
    thankYouMessage,
  };
}

interface NamedContent {
  sourceId: string;
  slug: string;
  name: string;
  description?: string;
}

function namedOf(kind: string, content: NamedContent, updatedAt: Date) {
  const { sourceId } = content;
  const name = textOf(content.name) ?? failureOf(sourceId)(`a ${kind} to have a name`, content.name);
  return {
    id: idOf(kind, sourceId),
    sourceId,
    contentHash: hashOf(content),
    updatedAt,
    slug: slugOf(content.slug || name),
    name,
    description: textOf(content.description),
  };
}

function wholeOf(sourceId: string, name: string, number: number, least: number): number {
  if (Number.isInteger(number) && number >= least && number <= largestNumber) return number;
  return failureOf(sourceId)(`"${name}" to be a whole number of at least ${least}`, number);
}

const requiredDateOf = (sourceId: string, name: string, date: Date | undefined): Date =>
  dateOf(sourceId, name, date) ?? failureOf(sourceId)(`"${name}" to be a date`, date);

/** Absolute, or root-relative on our own site: "//elsewhere.example" is neither. */
function siteUrlOf(sourceId: string, url: string): string {
  if (/^\/(?![/\\])\S*$/.test(url)) return url;
  try {
    return String(URLScalar.parseValue(url));
  } catch {
    return failureOf(sourceId)('"url" to be an http or https URL, or a path on our site', url);
  }
}
