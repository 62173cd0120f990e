/** What an editor says of a story, put on what is stored: what they left out stays as it is, what is null goes. */
import type { Block, Visibility } from '../blocks.ts';
import type { ArticleContent, BylineContent, Genre, LeadMediaContent } from '../content.ts';
import type { articles } from '../tables.ts';
import { abstractOf } from './prepare.ts';

/** A byline that may name an author whom Articles does not know yet; one that it knows needs no name. */
export type EditedByline = BylineContent & { authorSlug?: string };

/** A story as an editor sends it, checked. */
export interface EditedArticle {
  sourceId: string;
  slug?: string | null | undefined;
  headline: string;
  alternativeHeadline?: string | null | undefined;
  kicker?: string | null | undefined;
  standfirst?: string | null | undefined;
  abstract?: string | null | undefined;
  dateline?: string | null | undefined;
  genre?: Genre | null | undefined;
  sectionSlug?: string | undefined;
  tagSlugs?: string[] | null | undefined;
  inLanguage?: string | null | undefined;
  bylines?: EditedByline[] | null | undefined;
  datePublished?: Date | null | undefined;
  embargoedUntil?: Date | null | undefined;
  urgency?: number | null | undefined;
  breaking?: boolean | null | undefined;
  visibility?: Visibility | undefined;
  requiredTierIds?: string[] | null | undefined;
  body: Block[];
  leadImageId?: string | null | undefined;
  leadImageCaption?: string | null | undefined;
  leadImageAltText?: string | null | undefined;
  canonicalUrl?: string | null | undefined;
  syndicatable?: boolean | undefined;
  embeddable?: boolean | undefined;
}

/** A story as it stands, with the names of its section and tags, and its free text. */
export interface CurrentStory {
  row: typeof articles.$inferSelect;
  sectionSlug: string;
  tagSlugs: string[];
  freeText: string;
}

/** The whole story that this makes. A new one without a section has an empty one, which there is nowhere. */
export function mergeStory(
  said: EditedArticle,
  standing: CurrentStory | undefined,
  now: Date,
): ArticleContent {
  const row = standing?.row;
  const visibility = said.visibility ?? row?.visibility;
  return withoutNothing({
    sourceId: said.sourceId,
    headline: said.headline,
    body: said.body,
    sectionSlug: said.sectionSlug ?? standing?.sectionSlug ?? '',
    dateModified: now,
    slug: kept(said.slug, row?.slug),
    alternativeHeadline: kept(said.alternativeHeadline, row?.alternativeHeadline),
    kicker: kept(said.kicker, row?.kicker),
    standfirst: kept(said.standfirst, row?.standfirst),
    abstract: abstractNow(said.abstract, standing),
    dateline: kept(said.dateline, row?.dateline),
    genre: kept(said.genre, row?.genre),
    tagSlugs: kept(said.tagSlugs, standing?.tagSlugs),
    inLanguage: kept(said.inLanguage, row?.inLanguage),
    bylines: kept(said.bylines, row?.bylines.map(asContent)),
    pubStatus: said.datePublished ? 'USABLE' : row?.pubStatus,
    urgency: kept(said.urgency, row?.urgency),
    breaking: kept(said.breaking, row?.breaking),
    visibility,
    requiredTierIds: kept(said.requiredTierIds, row?.requiredTierIds),
    leadMedia: leadMediaOf(said, row?.leadMedia ?? undefined),
    source: row?.source,
    copyrightNotice: row?.copyrightNotice,
    usageTerms: row?.usageTerms,
    usageRights: usageRightsOf(said, row?.usageRights ?? undefined),
    canonicalUrl: kept(said.canonicalUrl, row?.canonicalUrl),
    ...(said.datePublished === undefined ? {} : { datePublished: said.datePublished }),
    ...(said.embargoedUntil === undefined ? {} : { embargoedUntil: said.embargoedUntil }),
  });
}

/** What was said, nothing for null; what is stored where nothing was said. */
function kept<Value>(said: Value | null | undefined, stored: Value | null | undefined): Value | undefined {
  return (said === undefined ? stored : said) ?? undefined;
}

type Loose = { [Key in keyof ArticleContent]: ArticleContent[Key] | null | undefined };

/** Without what is undefined; of nulls only those of dates are left, which mean something. */
function withoutNothing(content: Loose): ArticleContent {
  const dates = new Set(['datePublished', 'embargoedUntil']);
  const entries = Object.entries(content).filter(
    ([name, value]) => value !== undefined && (value !== null || dates.has(name)),
  );
  return Object.fromEntries(entries) as unknown as ArticleContent;
}

/**
 * A summary that was made of the text is made anew, also where it is sent back as it was read: the text that it was made of may be
 * behind the paywall by now. One that somebody wrote stays.
 */
function abstractNow(
  said: string | null | undefined,
  standing: CurrentStory | undefined,
): string | undefined {
  const abstract = kept(said, standing?.row.abstract);
  const isMade = standing && abstract === abstractOf(standing.row.standfirst, standing.freeText);
  return isMade ? undefined : abstract;
}

const asContent = ({
  authorId,
  ...rest
}: NonNullable<CurrentStory['row']['bylines'][number]>): BylineContent => ({
  ...rest,
  ...(authorId === null ? {} : { authorId }),
});

function leadMediaOf(
  { leadImageId, leadImageCaption, leadImageAltText }: EditedArticle,
  stored: LeadMediaContent | undefined,
): LeadMediaContent | undefined {
  if (leadImageId === null) return undefined;
  const isOther = leadImageId !== undefined && !(stored?.kind === 'image' && stored.id === leadImageId);
  const base = isOther ? { kind: 'image' as const, id: leadImageId } : stored;
  if (!base) return undefined;
  const { caption, altText, ...use } = base as LeadMediaContent;
  const captionNow = kept(leadImageCaption, caption);
  const altTextNow = kept(leadImageAltText, altText);
  return {
    ...use,
    ...(captionNow === undefined ? {} : { caption: captionNow }),
    ...(altTextNow === undefined ? {} : { altText: altTextNow }),
  };
}

function usageRightsOf(
  { syndicatable, embeddable }: EditedArticle,
  stored: ArticleContent['usageRights'],
): ArticleContent['usageRights'] {
  if (syndicatable === undefined && embeddable === undefined) return stored;
  return {
    ...stored,
    syndicatable: syndicatable ?? stored?.syndicatable ?? false,
    embeddable: embeddable ?? stored?.embeddable ?? false,
  };
}
