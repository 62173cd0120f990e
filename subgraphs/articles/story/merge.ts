/** Merges an editor's version of a story into the stored one: omitted fields stay, null fields are removed. */
import type { Block, Visibility } from '../blocks.ts';
import type { ArticleContent, BylineContent, Genre, LeadMediaContent } from '../content.ts';
import type { articles } from '../tables.ts';
import { abstractOf } from './prepare.ts';

/** A byline that may name an author whom Articles does not have yet. A known author needs no name. */
export type EditedByline = BylineContent & { authorSlug?: string };

/** A story as an editor sends it, validated. */
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

/** A stored story, with the slugs of its section and tags, and its free text. */
export interface CurrentStory {
  row: typeof articles.$inferSelect;
  sectionSlug: string;
  tagSlugs: string[];
  freeText: string;
}

/** The complete story after the edit. A new story without a section gets an empty section slug, which never exists. */
export function mergeStory(
  edited: EditedArticle,
  current: CurrentStory | undefined,
  now: Date,
): ArticleContent {
  const row = current?.row;
  const visibility = edited.visibility ?? row?.visibility;
  return withoutNothing({
    sourceId: edited.sourceId,
    headline: edited.headline,
    body: edited.body,
    sectionSlug: edited.sectionSlug ?? current?.sectionSlug ?? '',
    dateModified: now,
    slug: mergedValue(edited.slug, row?.slug),
    alternativeHeadline: mergedValue(edited.alternativeHeadline, row?.alternativeHeadline),
    kicker: mergedValue(edited.kicker, row?.kicker),
    standfirst: mergedValue(edited.standfirst, row?.standfirst),
    abstract: abstractNow(edited.abstract, current),
    dateline: mergedValue(edited.dateline, row?.dateline),
    genre: mergedValue(edited.genre, row?.genre),
    tagSlugs: mergedValue(edited.tagSlugs, current?.tagSlugs),
    inLanguage: mergedValue(edited.inLanguage, row?.inLanguage),
    bylines: mergedValue(edited.bylines, row?.bylines.map(asContent)),
    pubStatus: edited.datePublished ? 'USABLE' : row?.pubStatus,
    urgency: mergedValue(edited.urgency, row?.urgency),
    breaking: mergedValue(edited.breaking, row?.breaking),
    visibility,
    requiredTierIds: mergedValue(edited.requiredTierIds, row?.requiredTierIds),
    leadMedia: leadMediaOf(edited, row?.leadMedia ?? undefined),
    source: row?.source,
    copyrightNotice: row?.copyrightNotice,
    usageTerms: row?.usageTerms,
    usageRights: usageRightsOf(edited, row?.usageRights ?? undefined),
    canonicalUrl: mergedValue(edited.canonicalUrl, row?.canonicalUrl),
    ...(edited.datePublished === undefined ? {} : { datePublished: edited.datePublished }),
    ...(edited.embargoedUntil === undefined ? {} : { embargoedUntil: edited.embargoedUntil }),
  });
}

/** The edited value, undefined for null; the stored value if the edit omits it. */
function mergedValue<Value>(
  edited: Value | null | undefined,
  stored: Value | null | undefined,
): Value | undefined {
  return (edited === undefined ? stored : edited) ?? undefined;
}

type Loose = { [Key in keyof ArticleContent]: ArticleContent[Key] | null | undefined };

/** Removes undefined values, and nulls except those of dates, where null has a meaning. */
function withoutNothing(content: Loose): ArticleContent {
  const dates = new Set(['datePublished', 'embargoedUntil']);
  const entries = Object.entries(content).filter(
    ([name, value]) => value !== undefined && (value !== null || dates.has(name)),
  );
  return Object.fromEntries(entries) as unknown as ArticleContent;
}

/**
 * A generated summary is generated again, even if the editor sends it back unchanged: its source text may be gated by
 * now. A written summary stays.
 */
function abstractNow(
  edited: string | null | undefined,
  current: CurrentStory | undefined,
): string | undefined {
  const abstract = mergedValue(edited, current?.row.abstract);
  const isMade = current && abstract === abstractOf(current.row.standfirst, current.freeText);
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
  const captionNow = mergedValue(leadImageCaption, caption);
  const altTextNow = mergedValue(leadImageAltText, altText);
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
