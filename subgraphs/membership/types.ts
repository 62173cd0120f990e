/** The GraphQL types of Membership. */
import { Directive, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { enumOf, Visibility } from '../graph/enums.ts';
import { DateTime, URLScalar } from '../graph/scalars.ts';
import type { Entitlement } from '../trust/entitlement.ts';
import type { CampaignStatus } from './count.ts';

const tierTypes = enumOf('TierType', 'Whether a tier costs money.', {
  FREE: 'It costs nothing.',
  PAID: 'It has a price.',
});

const intervals = enumOf('Interval', 'How often a price is paid.', {
  MONTH: 'Every month.',
  YEAR: 'Every year.',
});

const campaignStatuses = enumOf<CampaignStatus>('CampaignStatus', 'How a campaign stands.', {
  SCHEDULED: 'It has not begun.',
  ACTIVE: 'It runs.',
  GOAL_REACHED: 'It runs, and has reached its goal.',
  ENDED: 'It is over.',
});

const accessLevels = enumOf('AccessLevel', 'How much of a story this reader sees.', {
  FULL: 'All of it.',
  PREVIEW: 'What stands before the PaywallBlock.',
});

const accessReasons = enumOf<Entitlement['reason']>('AccessReason', 'Why this reader sees what they see.', {
  FREE: 'The story is for everybody.',
  MEMBER: 'The reader is a member.',
  TIER: 'The reader is a member of a tier that the story is for.',
  STAFF: 'The reader writes for the newsroom.',
  LOGIN_REQUIRED: 'The reader is not signed in.',
  UPGRADE_REQUIRED: 'The membership does not include the story.',
});

@ObjectType({ description: 'How many members there are, as the banner says it.' })
export class MemberCount {
  @Field(() => Int, {
    nullable: true,
    description: 'Exactly: for those who may know it, and null to all others.',
  })
  @Directive('@requiresScopes(scopes: [["membership:read"]])')
  total?: number | null;

  @Field(() => Int, {
    description: 'Rounded down by bands, so that the banner never claims more members than there are.',
  })
  rounded!: number;

  @Field(() => DateTime, { description: 'The moment for which the count holds.' })
  asOf!: Date;
}

@ObjectType({ description: 'An effort to win members.' })
export class Campaign {
  @Field(() => ID, { description: 'Stays the same for as long as the campaign is known.' })
  id!: string;

  @Field(() => String, { description: 'The readable name in addresses.' })
  slug!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => Int, { description: 'Members by now: the rounded count, since the exact one is not public.' })
  total!: number;

  @Field(() => Int, { description: 'Members to reach.' })
  goal!: number;

  @Field(() => Float, { description: 'How far `total` is on the way to `goal`: 0 to 100, in tenths.' })
  percent!: number;

  @Field(() => Int, { description: 'From `total` to `goal`; 0 where it is reached.' })
  remaining!: number;

  @Field(() => DateTime, { description: 'When it begins.' })
  startsAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it ends; null where nobody said.' })
  endsAt!: Date | null;

  @Field(() => campaignStatuses, { description: 'How it stands.' })
  status!: CampaignStatus;

  @Field(() => String, { description: 'What readers are asked to do: "Join us".' })
  callToAction!: string;

  @Field(() => URLScalar, { description: 'Where they can do it.' })
  url!: string;
}

@ObjectType({ description: 'What a tier costs for a time.' })
export class Price {
  @Field(() => String, { description: 'ISO 4217: "USD".' })
  currency!: string;

  @Field(() => Int, { description: 'In the smallest unit of the currency: 500 in USD is $5.00.' })
  amountMinor!: number;

  @Field(() => intervals, { description: 'How often it is paid.' })
  interval!: 'MONTH' | 'YEAR';
}

@ObjectType({ description: 'A kind of membership.' })
@Directive('@key(fields: "id")')
export class Tier {
  @Field(() => ID, { description: 'Stays the same for as long as the tier is known.' })
  id!: string;

  @Field(() => String, { description: 'The readable name in addresses.' })
  slug!: string;

  @Field(() => String, { description: 'Its name: "Supporter".' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is, plain text.' })
  description!: string | null;

  @Field(() => tierTypes, { description: 'Whether it costs money.' })
  type!: 'FREE' | 'PAID';

  @Field(() => [Price], { description: 'What it costs; one of them is paid.' })
  prices!: Price[];

  @Field(() => Int, { description: 'Days before the first payment.' })
  trialDays!: number;

  @Field(() => [String], { description: 'What its members get.' })
  benefits!: string[];
}

@ObjectType({ description: 'A letter that readers can have by e-mail.' })
export class Newsletter {
  @Field(() => ID, { description: 'Stays the same for as long as the newsletter is known.' })
  id!: string;

  @Field(() => String, { description: 'The readable name in addresses.' })
  slug!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it brings and when.' })
  description!: string | null;
}

@ObjectType({
  description:
    'What the community banner shows: how many chose to be part of it, the goal, and the thanks; and what one can join.',
})
export class Membership {
  @Field(() => MemberCount, { description: 'How many members there are.' })
  memberCount?: MemberCount;

  @Field(() => Campaign, {
    nullable: true,
    description: 'The campaign that runs, of several the one that began last; null when none does.',
  })
  campaign?: Campaign | null;

  @Field(() => String, { description: '"Thank you ...", shown beside the banner.' })
  thankYouMessage?: string;

  @Field(() => [Tier], { description: 'The free ones first, then by what a month costs.' })
  tiers?: Tier[];

  @Field(() => [Newsletter], { description: 'By name.' })
  newsletters?: Newsletter[];
}

@ObjectType({ description: 'Whether this reader may read the whole story, and if not, what would let them.' })
export class ArticleAccess {
  @Field(() => accessLevels, { description: 'How much of the story this reader sees.' })
  level!: Entitlement['level'];

  @Field(() => accessReasons, { description: 'Why.' })
  reason!: Entitlement['reason'];

  @Field(() => [Tier], { description: 'The tiers whose members may read it; none where everybody may.' })
  requiredTiers?: Tier[];

  @Field(() => String, {
    nullable: true,
    description: 'What the reader can do to read on; null where nothing stops them.',
  })
  callToAction?: string | null;

  @Field(() => URLScalar, {
    nullable: true,
    description: 'Where the reader can do it; null where nothing stops them.',
  })
  url?: string | null;
}

@ObjectType({ description: 'A story; Articles owns it.' })
@Directive('@key(fields: "id")')
export class Article {
  @Field(() => ID, { description: 'The id that Articles gives the story.' })
  id!: string;

  @Field(() => Visibility, { description: 'Who may read the whole of it.' })
  @Directive('@external')
  visibility!: unknown;

  @Field(() => [ID], { description: 'The tiers whose members may read it, where only they may.' })
  @Directive('@external')
  requiredTierIds!: unknown;

  @Field(() => ArticleAccess, {
    nullable: true,
    description:
      'Whether this reader may read the whole story, and if not, what would let them; null only with an error, ' +
      'so that the story stands without it.',
  })
  @Directive('@requires(fields: "visibility requiredTierIds")')
  access?: ArticleAccess;
}
