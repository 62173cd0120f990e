/** From a story as it comes in to the rows that keep it: everything derived is worked out once, here. */

import { languageOf, urlOf } from '../../graph/contentChecks.ts';
import { idOf, isId } from '../../store/contentId.ts';
import { ContentError, hashOf } from '../../store/putContent.ts';
import { normalisedSlug, slugOf } from '../../store/slug.ts';
import type { Block } from '../blocks.ts';
import type { ArticleContent } from '../content.ts';
import type { articles, links, listings, StoredByline } from '../tables.ts';
import { datesOf } from './dates.ts';
import type { SearchedParts } from './indexed.ts';
import { withoutAddresses } from './links.ts';
import { blocksForAll } from './paywall.ts';
import { countWords, readingTimeMinutes, textOf } from './words.ts';

export interface PreparedArticle {
  article: typeof articles.$inferSelect;
  blocks: Block[];
  /** What search and related stories may know: nothing that stands behind a gate. */
  searched: SearchedParts;
  links: (typeof links.$inferInsert)[];
  /** Slugs beside its own that lead to it. */
  formerSlugs: string[];
}

/** What a story may name: sections and tags by slug, contributors by id. */
export interface KnownLists {
  sections: ReadonlyMap<string, string>;
  tags: ReadonlyMap<string, string>;
  authors: ReadonlySet<string>;
}

/** What a put may leave as it is: see `ArticleContent`. */
export type StoredStory = Pick<
  typeof articles.$inferSelect,
  | 'id'
  | 'revision'
  | 'pubStatus'
  | 'withdrawnAt'
  | 'withdrawnReason'
  | 'datePublished'
  | 'dateFirstPublished'
  | 'embargoedUntil'
  | 'corrections'
  | 'relatedSlugs'
>;

interface Preparing {
  known: KnownLists;
  /** The story as it stands, where it was put before. */
  stored?: StoredStory | undefined;
  /** Stands in for a date of change that nobody gave. */
  now: Date;
}

/** Works a story out. Throws a `ContentError` where the story names what is not there or says what cannot be. */
export function prepareArticle(content: ArticleContent, { known, stored, now }: Preparing): PreparedArticle {
  const fail = (message: string) => new ContentError(content.sourceId, message);
  const headline = content.headline.trim();
  if (headline === '') throw fail('Expected a story to have a headline, but got none.');
  const sectionId = known.sections.get(content.sectionSlug);
  if (!sectionId) throw fail(`Expected section "${content.sectionSlug}" to exist, but it does not.`);
  const tagIds = (content.tagSlugs ?? []).map((slug) => {
    const id = known.tags.get(slug);
    if (!id) throw fail(`Expected tag "${slug}" to exist, but it does not.`);
    return id;
  });
  const bylines = (content.bylines ?? []).map(({ authorId, displayName, role }): StoredByline => {
    if (authorId !== undefined && !known.authors.has(authorId)) {
      throw fail(`Expected author "${displayName}" to exist, but no contributor has the id ${authorId}.`);
    }
    return { role: role ?? 'BY', displayName, authorId: authorId ?? null };
  });
  const dates = datesOf(content, stored, now);
  const { urgency } = content;
  if (urgency !== undefined && !(Number.isInteger(urgency) && urgency >= 1 && urgency <= 9)) {
    throw fail(`Expected urgency to be a whole number from 1 to 9, but got: ${urgency}.`);
  }

  const id = idOf('article', content.sourceId);
  const visibility = content.visibility ?? 'PUBLIC';
  const isMarked = content.body.filter(({ kind }) => kind === 'paywall').length;
  if (isMarked > 1) throw fail(`Expected at most one paywall in a body, but got: ${isMarked}.`);
  const free = blocksForAll(content.body, visibility);
  // A card is the words of another story, which may not be there yet; and so are addresses.
  const own = free.filter(({ kind }) => kind !== 'related').map(textOf);
  const freeText = withoutAddresses(own.filter(Boolean).join('\n'));
  const words = countWords(content.body.map(textOf).join('\n'));
  const pictures =
    content.body.filter(({ kind }) => kind === 'image').length +
    (content.leadMedia?.kind === 'image' ? 1 : 0);
  const inLanguage = languageOf(content.sourceId, 'inLanguage', content.inLanguage) ?? 'en';
  const authorIds = [...new Set(bylines.flatMap(({ authorId }) => authorId ?? []))];

  const article: PreparedArticle['article'] = {
    id,
    sourceId: content.sourceId,
    contentHash: hashOf(content),
    revision: (stored?.revision ?? 0) + 1,
    slug: slugOf(content.slug ?? headline),
    headline,
    alternativeHeadline: content.alternativeHeadline ?? null,
    kicker: content.kicker ?? null,
    standfirst: content.standfirst ?? null,
    abstract: content.abstract ?? abstractOf(content.standfirst, freeText),
    dateline: content.dateline ?? null,
    genre: content.genre ?? 'NEWS',
    sectionId,
    tagIds: [...new Set(tagIds)],
    authorIds,
    bylines,
    inLanguage,
    ...dates,
    ...standingOf(content, stored, dates.dateModified),
    urgency: urgency ?? null,
    breaking: content.breaking ?? false,
    wordCount: words,
    readingTimeMinutes: readingTimeMinutes(words, pictures),
    visibility,
    requiredTierIds: visibility === 'TIERS' ? (content.requiredTierIds ?? []) : [],
    leadMedia: content.leadMedia ?? null,
    ...mediaOf(content, free),
    corrections:
      content.corrections?.map(({ sourceId, datePublished, ...correction }) => ({
        id: idOf('correction', sourceId),
        ...correction,
        datePublished: datePublished.toISOString(),
      })) ??
      stored?.corrections ??
      [],
    relatedSlugs: content.relatedSlugs ?? stored?.relatedSlugs ?? [],
    source: content.source ?? null,
    copyrightNotice: content.copyrightNotice ?? null,
    usageTerms: content.usageTerms ?? null,
    usageRights: content.usageRights ?? null,
    canonicalUrl: urlOf(content.sourceId, 'canonicalUrl', content.canonicalUrl),
  };
  return {
    article,
    blocks: content.body,
    searched: { headline, summary: [content.kicker, content.standfirst].filter(Boolean).join(' '), freeText },
    links: linksOf(article, free),
    formerSlugs: formerSlugsOf(content),
  };
}

/** What was withdrawn stays so, whatever its source still says. */
function standingOf(
  { pubStatus = 'USABLE', withdrawnReason }: ArticleContent,
  stored: StoredStory | undefined,
  dateModified: Date,
): Pick<PreparedArticle['article'], 'pubStatus' | 'withdrawnAt' | 'withdrawnReason'> {
  const was = stored?.pubStatus === 'CANCELED' ? stored : undefined;
  if (!was && pubStatus !== 'CANCELED') return { pubStatus, withdrawnAt: null, withdrawnReason: null };
  const said = pubStatus === 'CANCELED' ? withdrawnReason : undefined;
  return {
    pubStatus: 'CANCELED',
    withdrawnAt: was ? was.withdrawnAt : dateModified,
    withdrawnReason: said ?? was?.withdrawnReason ?? null,
  };
}

/** Where the story is listed; what is not to appear is listed nowhere. */
export function listingsOf(article: PreparedArticle['article']): (typeof listings.$inferInsert)[] {
  const { id: articleId, visibleFrom } = article;
  if (!visibleFrom) return [];
  const listIds = [...new Set([article.sectionId, ...article.tagIds, ...article.authorIds])];
  return listIds.map((listId) => ({ listId, visibleFrom, articleId }));
}

/** The pictures and videos of a story by who sees them: everybody who may see it, or only those whom its gate lets in. */
function mediaOf({ leadMedia, body }: ArticleContent, free: readonly Block[]) {
  const open = mediaIn(free);
  if (leadMedia && isId(leadMedia.id)) open.add(leadMedia.id.toLowerCase());
  return { openMediaIds: [...open], gatedMediaIds: [...mediaIn(body)].filter((id) => !open.has(id)) };
}

const mediaIn = (blocks: readonly Block[]): Set<string> =>
  new Set(
    blocks.flatMap((block) => {
      const id = block.kind === 'image' ? block.imageId : block.kind === 'video' ? block.videoId : '';
      return isId(id) ? [id.toLowerCase()] : [];
    }),
  );

/** What the free part links to. */
function linksOf({ id: articleId, slug: own }: PreparedArticle['article'], free: readonly Block[]) {
  const targets = [...new Set(free.flatMap(linkedSlugs))].filter((slug) => slug !== own);
  return targets.map((slug, position) => ({ articleId, position, slug }));
}

/** As many characters as Ghost allows. */
const longestFormerSlug = 191;

function formerSlugsOf({ formerSlugs = [] }: ArticleContent): string[] {
  const slugs = formerSlugs.map((slug) => normalisedSlug(slug.toWellFormed().replaceAll('\0', '')));
  return [...new Set(slugs)].filter((slug) => slug !== '' && [...slug].length <= longestFormerSlug);
}

function linkedSlugs(block: Block): string[] {
  if (block.kind === 'related') return [block.slug];
  const html = 'html' in block ? (block.html ?? '') : block.kind === 'list' ? block.items.join(' ') : '';
  return [...html.matchAll(/href="\/articles\/([^"/?#]+)/g)].map(([, slug]) => decoded(slug ?? ''));
}

function decoded(slug: string): string {
  try {
    return normalisedSlug(decodeURIComponent(slug));
  } catch {
    return slug;
  }
}

/** What stands for a summary where nobody wrote one. */
export const abstractOf = (standfirst: string | null | undefined, freeText: string): string | null =>
  standfirst ?? excerptOf(freeText);

const excerptLength = 300;

/** The start of a text, cut at a word. */
function excerptOf(text: string): string | null {
  const flat = text.replace(/\s+/g, ' ').trim();
  if (flat.length <= excerptLength) return flat || null;
  return `${flat
    .slice(0, excerptLength)
    .replace(/\s\S*$/, '')
    .toWellFormed()}…`;
}
