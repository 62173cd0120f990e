/** The GraphQL types of Membership. */
import { Directive, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { enumOf, Visibility } from '../graph/enums.ts';
import { DateTime, URLScalar } from '../graph/scalars.ts';
import type { Entitlement } from '../trust/entitlement.ts';
import type { CampaignStatus } from './count.ts';

const tierTypes = enumOf('TierType', 'Whether a tier is paid.', {
  FREE: 'Free of charge.',
  PAID: 'Requires a payment.',
});

const intervals = enumOf('Interval', 'Billing interval of a price.', {
  MONTH: 'Billed monthly.',
  YEAR: 'Billed yearly.',
});

const campaignStatuses = enumOf<CampaignStatus>('CampaignStatus', 'Status of a campaign.', {
  SCHEDULED: 'Not started yet.',
  ACTIVE: 'Running.',
  GOAL_REACHED: 'Running, with its goal reached.',
  ENDED: 'Ended.',
});

const accessLevels = enumOf('AccessLevel', 'How much of a story the reader may see.', {
  FULL: 'The whole story.',
  PREVIEW: 'The part before the PaywallBlock.',
});

const accessReasons = enumOf<Entitlement['reason']>(
  'AccessReason',
  'Reason for the access level of a reader.',
  {
    FREE: 'Everybody may read the story.',
    MEMBER: 'The reader is a member.',
    TIER: 'The reader is a member of a required tier.',
    STAFF: 'The reader has the scope "articles:write".',
    LOGIN_REQUIRED: 'The reader is not signed in.',
    UPGRADE_REQUIRED: 'The membership of the reader does not include the story.',
  },
);

@ObjectType({ description: 'Number of members.' })
export class MemberCount {
  @Field(() => Int, {
    nullable: true,
    description: 'Exact number; null without the scope "membership:read".',
  })
  @Directive('@requiresScopes(scopes: [["membership:read"]])')
  total?: number | null;

  @Field(() => Int, {
    description: 'Public number, rounded down to a multiple that grows with it, such as 25,000 for 25,640.',
  })
  rounded!: number;

  @Field(() => DateTime, { description: 'Time of the count.' })
  asOf!: Date;
}

@ObjectType({ description: 'Campaign to win members.' })
export class Campaign {
  @Field(() => ID, { description: 'Stable id of the campaign.' })
  id!: string;

  @Field(() => String, { description: 'Unique, readable name for use in URLs.' })
  slug!: string;

  @Field(() => String, { description: 'Name for display.' })
  name!: string;

  @Field(() => Int, { description: 'Current number of members, rounded like `MemberCount.rounded`.' })
  total!: number;

  @Field(() => Int, { description: 'Number of members to reach.' })
  goal!: number;

  @Field(() => Float, {
    description: 'Progress from `total` to `goal` in percent, 0 to 100 with one decimal.',
  })
  percent!: number;

  @Field(() => Int, { description: 'Number of members missing to the goal; 0 if it is reached.' })
  remaining!: number;

  @Field(() => DateTime, { description: 'Start of the campaign.' })
  startsAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'End of the campaign; null if it has none.' })
  endsAt!: Date | null;

  @Field(() => campaignStatuses, { description: 'Status of the campaign.' })
  status!: CampaignStatus;

  @Field(() => String, { description: 'Label of the call to action, such as "Join us".' })
  callToAction!: string;

  @Field(() => URLScalar, { description: 'URL of the call to action.' })
  url!: string;
}

@ObjectType({ description: 'Price of a tier for a billing interval.' })
export class Price {
  @Field(() => String, { description: 'ISO 4217 currency code, such as "USD".' })
  currency!: string;

  @Field(() => Int, { description: 'Amount in the smallest unit of the currency: 500 in USD is $5.00.' })
  amountMinor!: number;

  @Field(() => intervals, { description: 'Billing interval.' })
  interval!: 'MONTH' | 'YEAR';
}

@ObjectType({ description: 'Tier of membership.' })
@Directive('@key(fields: "id")')
export class Tier {
  @Field(() => ID, { description: 'Stable id of the tier.' })
  id!: string;

  @Field(() => String, { description: 'Unique, readable name for use in URLs.' })
  slug!: string;

  @Field(() => String, { description: 'Name for display, such as "Supporter".' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Description, plain text; null if there is none.' })
  description!: string | null;

  @Field(() => tierTypes, { description: 'Whether the tier is paid.' })
  type!: 'FREE' | 'PAID';

  @Field(() => [Price], { description: 'Alternative prices, of which a member pays one.' })
  prices!: Price[];

  @Field(() => Int, { description: 'Length of the free trial in days; 0 if there is none.' })
  trialDays!: number;

  @Field(() => [String], { description: 'Benefits for members, in order.' })
  benefits!: string[];
}

@ObjectType({ description: 'Newsletter that members can subscribe to.' })
export class Newsletter {
  @Field(() => ID, { description: 'Stable id of the newsletter.' })
  id!: string;

  @Field(() => String, { description: 'Unique, readable name for use in URLs.' })
  slug!: string;

  @Field(() => String, { description: 'Name for display.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Description; null if there is none.' })
  description!: string | null;
}

@ObjectType({
  description: 'Membership of the publication: member count, campaign, tiers and newsletters.',
})
export class Membership {
  @Field(() => MemberCount, { description: 'Number of members.' })
  memberCount?: MemberCount;

  @Field(() => Campaign, {
    nullable: true,
    description: 'Running campaign, the one that started last if there are several; null if there is none.',
  })
  campaign?: Campaign | null;

  @Field(() => String, { description: 'Message of thanks to show to readers.' })
  thankYouMessage?: string;

  @Field(() => [Tier], { description: 'Tiers: free ones first, then by monthly price.' })
  tiers?: Tier[];

  @Field(() => [Newsletter], { description: 'Newsletters, ordered by name.' })
  newsletters?: Newsletter[];
}

@ObjectType({ description: 'Access of the reader to a story, and how to get access to the whole story.' })
export class ArticleAccess {
  @Field(() => accessLevels, { description: 'How much of the story the reader may see.' })
  level!: Entitlement['level'];

  @Field(() => accessReasons, { description: 'Reason for the level.' })
  reason!: Entitlement['reason'];

  @Field(() => [Tier], {
    description: 'Tiers whose members may read the whole story; empty if everybody may.',
  })
  requiredTiers?: Tier[];

  @Field(() => String, {
    nullable: true,
    description: 'Label of the call to action; null if the reader may read the whole story.',
  })
  callToAction?: string | null;

  @Field(() => URLScalar, {
    nullable: true,
    description: 'URL of the call to action; null if the reader may read the whole story.',
  })
  url?: string | null;
}

@ObjectType({ description: 'Story: schema.org NewsArticle.' })
@Directive('@key(fields: "id")')
export class Article {
  @Field(() => ID, { description: 'Stable id of the story; edits do not change it.' })
  id!: string;

  @Field(() => Visibility, { description: 'Who may read the whole story.' })
  @Directive('@external')
  visibility!: unknown;

  @Field(() => [ID], {
    description:
      'Ids of the membership tiers whose members may read the whole story, if `visibility` is TIERS.',
  })
  @Directive('@external')
  requiredTierIds!: unknown;

  @Field(() => ArticleAccess, {
    nullable: true,
    description:
      'Access of the reader to the story, and how to get access to the whole story; null only with an error.',
  })
  @Directive('@requires(fields: "visibility requiredTierIds")')
  access?: ArticleAccess;
}
