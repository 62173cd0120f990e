/** The queries and fields of Membership. */
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Reference } from '../graph/federate.ts';
import { LanguageTag } from '../graph/scalars.ts';
import { type Entitlement, entitlementOf, type Gate } from '../trust/entitlement.ts';
import { callToActionOf, gateOf, requiredTiersOf } from './access.ts';
import type { MembershipContext } from './context.ts';
import { countText, progressOf } from './count.ts';
import { numberFormat, priceText } from './locales.ts';
import { memberReference, readingMembers } from './memberResolvers.ts';
import { Article, ArticleAccess, type Campaign, MemberCount, Membership, Price } from './types.ts';

/** Used if the newsroom has stored no message. */
const usualThanks = 'Thank you for being part of our community.';

const localeOptions = {
  defaultValue: 'en',
  description: 'Language of the text and form of its numbers, such as "de-CH".',
} as const;

@Resolver(() => Membership)
export class MembershipResolver {
  @Query(() => Membership, {
    nullable: true,
    description:
      'Membership of the publication: member count, campaign, tiers and newsletters; null only with an error.',
  })
  membership() {
    return {};
  }

  @FieldResolver()
  async memberCount(@Ctx() { loaders, now }: MembershipContext): Promise<MemberCount> {
    return { rounded: await loaders.roundedCount(), asOf: now };
  }

  @FieldResolver()
  async campaign(@Ctx() { loaders, now, publicUrl }: MembershipContext): Promise<Campaign | null> {
    const [campaign, rounded] = await Promise.all([loaders.campaign(), loaders.roundedCount()]);
    if (campaign === null) return null;
    const url = campaign.url.startsWith('/') ? `${publicUrl}${campaign.url}` : campaign.url;
    return { ...campaign, ...progressOf(campaign, rounded, now), url };
  }

  @FieldResolver()
  async thankYouMessage(@Ctx() { loaders }: MembershipContext): Promise<string> {
    return (await loaders.thankYouMessage()) ?? usualThanks;
  }

  @FieldResolver()
  tiers(@Ctx() { loaders }: MembershipContext) {
    return loaders.tiers();
  }

  @FieldResolver()
  newsletters(@Ctx() { loaders }: MembershipContext) {
    return loaders.newsletters();
  }
}

@Resolver(() => MemberCount)
export class MemberCountResolver {
  @FieldResolver()
  total(@Ctx() { loaders, reader }: MembershipContext): Promise<number> | null {
    return reader.scopes.has(readingMembers) ? loaders.exactCount() : null;
  }

  @FieldResolver(() => String, { description: 'Rounded number for display, such as "25,000+".' })
  display(
    @Root() { rounded }: MemberCount,
    @Arg('locale', () => LanguageTag, localeOptions) locale: string,
  ): string {
    return countText(rounded, numberFormat(locale));
  }
}

@Resolver(() => Price)
export class PriceResolver {
  @FieldResolver(() => String, { description: 'Price for display, such as "$5.00".' })
  display(
    @Root() { amountMinor, currency }: Price,
    @Arg('locale', () => LanguageTag, localeOptions) locale: string,
  ): string {
    return priceText(amountMinor, currency, locale);
  }
}

@Resolver(() => Article)
export class ArticleEntityResolver {
  @FieldResolver()
  access(@Root() story: Article, @Ctx() { reader }: MembershipContext): Access {
    const gate = gateOf(story);
    return { ...entitlementOf(reader, gate), gate };
  }
}

type Access = Entitlement & { gate: Gate };

@Resolver(() => ArticleAccess)
export class ArticleAccessResolver {
  @FieldResolver()
  async requiredTiers(@Root() { gate }: Access, @Ctx() { loaders }: MembershipContext) {
    return gate.visibility === 'PUBLIC' ? [] : requiredTiersOf(gate, await loaders.tiers());
  }

  @FieldResolver()
  callToAction(@Root() access: Access): string | null {
    return callToActionOf(access);
  }

  @FieldResolver()
  url(@Root() { level }: Access, @Ctx() { publicUrl }: MembershipContext): string | null {
    return level === 'FULL' ? null : `${publicUrl}/membership`;
  }
}

export const references: Record<string, Reference<MembershipContext>> = {
  Member: memberReference,
  Tier: ({ id }, { loaders }) => (typeof id === 'string' ? loaders.tierById.load(id) : null),
  Article: ({ id, visibility, requiredTierIds }) =>
    typeof id === 'string' ? { id, visibility, requiredTierIds } : null,
};
