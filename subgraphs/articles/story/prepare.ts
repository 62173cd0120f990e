/** Prepares a story for storage: computes all derived data once, when the story is put. */

import { languageOf, urlOf } from '../../graph/contentChecks.ts';
import { idOf, isId } from '../../store/contentId.ts';
import { ContentError, hashOf } from '../../store/putContent.ts';
import { normalisedSlug, slugOf } from '../../store/slug.ts';
import type { Block } from '../blocks.ts';
import type { ArticleContent } from '../content.ts';
import type { articles, links, listings, StoredByline } from '../tables.ts';
import { datesOf, removedAt } from './dates.ts';
import type { SearchedParts } from './indexed.ts';
import { withoutAddresses } from './links.ts';
import { blocksForAll } from './paywall.ts';
import { countWords, readingTimeMinutes, textOf } from './words.ts';

export interface PreparedArticle {
  article: typeof articles.$inferSelect;
  blocks: Block[];
  /** The text for search and related stories; nothing in it is gated. */
  searched: SearchedParts;
  links: (typeof links.$inferInsert)[];
  /** Additional slugs that redirect to it. */
  formerSlugs: string[];
}

/** The existing lists: sections and tags by slug, contributors by id. */
export interface ExistingLists {
  sections: ReadonlyMap<string, string>;
  tags: ReadonlyMap<string, string>;
  authors: ReadonlySet<string>;
}

/** The stored fields that a put may keep; see `ArticleContent`. */
export type StoredStory = Pick<
  typeof articles.$inferSelect,
  | 'id'
  | 'revision'
  | 'pubStatus'
  | 'withdrawnAt'
  | 'withdrawnReason'
  | 'removedAt'
  | 'visibleFrom'
  | 'datePublished'
  | 'dateFirstPublished'
  | 'embargoedUntil'
  | 'corrections'
  | 'relatedSlugs'
>;

interface PrepareOptions {
  lists: ExistingLists;
  /** The stored story; undefined for a new one. */
  stored?: StoredStory | undefined;
  /** The default modification date. */
  now: Date;
}

/** Computes the rows of a story. Throws a `ContentError` if it refers to missing lists or has invalid values. */
export function prepareArticle(
  content: ArticleContent,
  { lists, stored, now }: PrepareOptions,
): PreparedArticle {
  const fail = (message: string, field: string, isUnknownReference = false) =>
    new ContentError(content.sourceId, message, { field, isUnknownReference });
  const headline = content.headline.trim();
  if (headline === '') throw fail('Expected a story to have a headline, but got: none.', 'headline');
  const sectionId = lists.sections.get(content.sectionSlug);
  if (!sectionId)
    throw fail(`Expected section "${content.sectionSlug}" to exist, but it does not.`, 'sectionSlug', true);
  const tagIds = (content.tagSlugs ?? []).map((slug) => {
    const id = lists.tags.get(slug);
    if (!id) throw fail(`Expected tag "${slug}" to exist, but it does not.`, 'tagSlugs', true);
    return id;
  });
  const bylines = (content.bylines ?? []).map(({ authorId, displayName, role }, place): StoredByline => {
    if (authorId !== undefined && !lists.authors.has(authorId)) {
      throw fail(
        `Expected author "${displayName}" to exist, but no contributor has the id ${authorId}.`,
        `bylines.${place}.authorId`,
        true,
      );
    }
    return { role: role ?? 'BY', displayName, authorId: authorId ?? null };
  });
  const dates = datesOf(content, stored, now);
  const status = publicationStatus(content, stored, dates.dateModified);
  const { urgency } = content;
  if (urgency !== undefined && !(Number.isInteger(urgency) && urgency >= 1 && urgency <= 9)) {
    throw fail(`Expected urgency to be a whole number from 1 to 9, but got: ${urgency}.`, 'urgency');
  }

  const id = idOf('article', content.sourceId);
  const visibility = content.visibility ?? 'PUBLIC';
  const isMarked = content.body.filter(({ kind }) => kind === 'paywall').length;
  if (isMarked > 1) throw fail(`Expected at most one paywall in a body, but got: ${isMarked}.`, 'bodyHtml');
  const free = blocksForAll(content.body, visibility);
  // A related card holds the words of another story, which may not be visible yet; so may a URL.
  const texts = free.filter(({ kind }) => kind !== 'related').map(textOf);
  const freeText = withoutAddresses(texts.filter(Boolean).join('\n'));
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
    ...status,
    removedAt: removedAt(stored, { ...dates, ...status }, now),
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

/** A withdrawn story stays withdrawn, whatever its source says. */
function publicationStatus(
  { pubStatus = 'USABLE', withdrawnReason }: ArticleContent,
  stored: StoredStory | undefined,
  dateModified: Date,
): Pick<PreparedArticle['article'], 'pubStatus' | 'withdrawnAt' | 'withdrawnReason'> {
  const withdrawn = stored?.pubStatus === 'CANCELED' ? stored : undefined;
  if (!withdrawn && pubStatus !== 'CANCELED') return { pubStatus, withdrawnAt: null, withdrawnReason: null };
  const reason = pubStatus === 'CANCELED' ? withdrawnReason : undefined;
  return {
    pubStatus: 'CANCELED',
    withdrawnAt: withdrawn ? withdrawn.withdrawnAt : dateModified,
    withdrawnReason: reason ?? withdrawn?.withdrawnReason ?? null,
  };
}

/** The listings of a story; none for a story that is not to appear. */
export function listingsOf(article: PreparedArticle['article']): (typeof listings.$inferInsert)[] {
  const { id: articleId, visibleFrom } = article;
  if (!visibleFrom) return [];
  const listIds = [...new Set([article.sectionId, ...article.tagIds, ...article.authorIds])];
  return listIds.map((listId) => ({ listId, visibleFrom, articleId }));
}

/** The pictures and videos of a story: those visible to all its readers, and those in gated parts only. */
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

/** The links in the free part. */
function linksOf({ id: articleId, slug: ownSlug }: PreparedArticle['article'], free: readonly Block[]) {
  const targets = [...new Set(free.flatMap(linkedSlugs))].filter((slug) => slug !== ownSlug);
  return targets.map((slug, position) => ({ articleId, position, slug }));
}

/** Ghost's limit. */
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

/** The summary if none is written. */
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
