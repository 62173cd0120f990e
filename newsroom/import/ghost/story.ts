/** Reads a post of a Ghost export as a story. */

import type { Visibility } from '../../../subgraphs/articles/blocks.ts';
import type { ArticleContent, BylineContent } from '../../../subgraphs/articles/content.ts';
import { takeCredit } from '../../../subgraphs/media/credit/take.ts';
import { idOf } from '../../../subgraphs/store/contentId.ts';
import { languageIn } from '../language.ts';
import { dateField, quoted, RecordError, type SourceRecord, textField } from '../records.ts';
import type { Places, PostBody } from './body.ts';
import type { Links } from './links.ts';
import { cleanSlug, formerSlugsOf, type GhostTables } from './tables.ts';

/** The parts of the export, and of the stored content, that a story refers to. */
export interface StoryContext {
  tables: GhostTables;
  links: Links;
  /** By ids of the source: names of stored authors, slugs of stored tags and sections. */
  authorNames: ReadonlyMap<string, string>;
  tagSlugs: ReadonlyMap<string, string>;
  sectionSlugs: ReadonlyMap<string, string>;
  /** The section of a story without a tag. */
  otherSection: string;
  /** The language of stories without one. */
  language: string;
  tierIds: ReadonlySet<string>;
}

export interface ReadStory {
  article: ArticleContent;
  /** The pictures in order, once for each use. */
  pictures: { source: string; isCard: boolean; isInline: boolean }[];
  notes: string[];
}

/** The story of a post whose text was read. Throws a RecordError when the post is not valid. */
export function readStory(post: SourceRecord, read: PostBody, context: StoryContext): ReadStory {
  const id = textField(post, 'id');
  const headline = textField(post, 'title');
  if (!id) throw new RecordError('Expected a post to have an id, but got: none.');
  if (!headline) throw new RecordError('Expected a post to have a title, but got: none.');
  const { tables, links } = context;
  const notes = [...read.notes];
  const pictures = read.pictures.map((it) => ({ ...it, isInline: true }));
  const sourceSlug = textField(post, 'slug');
  const slug = sourceSlug && cleanSlug(sourceSlug);
  const formerSlugs = sourceSlug ? formerSlugsOf(sourceSlug) : [];
  if (formerSlugs.length > 0) notes.push('The slug became another, to which the old one leads.');
  const tags = tables.tagsOf(id);
  const section = tags[0] && context.sectionSlugs.get(tags[0].id);
  const standfirst = textField(post, 'custom_excerpt');
  const canonical = textField(post, 'canonical_url');
  const canonicalUrl =
    canonical && !canonical.startsWith('__GHOST_URL__') ? links.absolute(canonical) : undefined;
  if (canonical && !canonicalUrl) notes.push('Its canonical address is none, and was left out.');
  const leadMedia = leadPicture(id, context, pictures, notes);
  const dates = datesOf(post, notes);
  // A story with nothing but a title is not published.
  const isEmpty = !read.isThere && !standfirst && dates.pubStatus === 'USABLE';
  if (isEmpty) notes.push('It has neither a text nor a standfirst, so it is kept as a draft.');
  return {
    pictures,
    notes,
    article: {
      sourceId: `ghost:${id}`,
      ...(slug ? { slug } : {}),
      ...(formerSlugs.length > 0 ? { formerSlugs } : {}),
      headline,
      ...(standfirst ? { standfirst } : {}),
      inLanguage: languageOf(post, context, notes),
      sectionSlug: section ?? context.otherSection,
      tagSlugs: tags.flatMap((tag) => context.tagSlugs.get(tag.id) ?? []),
      bylines: bylinesOf(post, id, context, notes),
      ...dates,
      ...(isEmpty ? draft : {}),
      ...(post.featured === 1 || post.featured === true ? { urgency: 2 } : {}),
      ...accessOf(post, id, context, notes),
      body: read.blocks,
      ...(leadMedia ? { leadMedia } : {}),
      ...(canonicalUrl ? { canonicalUrl } : {}),
    },
  };
}

/** The targets of links in texts, and the tiers that texts name. */
export function placesOf({ tables, tierIds }: Pick<StoryContext, 'tables' | 'tierIds'>): Places {
  const tiers = tables.products.flatMap((row): [string, string][] => {
    const [id, slug] = [textField(row, 'id'), textField(row, 'slug')];
    return id && slug && tierIds.has(id) ? [[slug, idOf('tier', `ghost:${id}`)]] : [];
  });
  const siteUrl = tables.settings.get('url');
  return { siteUrl, slugs: tables.slugs, known: new Set(), tierIds: new Map(tiers) };
}

function languageOf(post: SourceRecord, { language }: StoryContext, notes: string[]): string {
  const locale = textField(post, 'locale');
  const own = languageIn(locale);
  if (locale !== undefined && own === undefined) notes.push(`Its language ${quoted(locale)} is none.`);
  return own ?? language;
}

function leadPicture(
  id: string,
  { tables, links }: StoryContext,
  pictures: ReadStory['pictures'],
  notes: string[],
): ArticleContent['leadMedia'] {
  const address = tables.stories.get(id)?.featureImage;
  if (!address) return undefined;
  const source = links.pictureSource(address);
  if (source === undefined) {
    notes.push('The lead picture has no address that can be kept, and was left out.');
    return undefined;
  }
  pictures.push({ source, isCard: false, isInline: false });
  const { altText, caption } = tables.meta.get(id) ?? {};
  const shown = caption && takeCredit(caption).caption;
  return {
    kind: 'image',
    id: idOf('image', source),
    ...(shown ? { caption: shown } : {}),
    ...(altText ? { altText } : {}),
  };
}

function bylinesOf(
  post: SourceRecord,
  id: string,
  { tables, authorNames }: StoryContext,
  notes: string[],
): BylineContent[] {
  const linked = tables.authorIdsOf(id);
  const first = textField(post, 'author_id');
  return (linked.length === 0 && first ? [first] : linked).flatMap((authorId) => {
    const displayName = authorNames.get(authorId);
    if (displayName !== undefined) return [{ authorId: idOf('author', `ghost:${authorId}`), displayName }];
    const name = tables.users
      .map((user) => (user.id === authorId ? textField(user, 'name') : undefined))
      .find(Boolean);
    notes.push(`The author ${quoted(authorId)} of the post is missing.`);
    return name ? [{ displayName: name }] : [];
  });
}

/** A post that Ghost does not show is not published here either. */
const draft = { datePublished: null, pubStatus: 'WITHHELD' } as const;

function datesOf(post: SourceRecord, notes: string[]): Partial<ArticleContent> {
  const status = textField(post, 'status') ?? 'draft';
  const published = dateField(post, 'published_at');
  let dateModified: Date | undefined;
  try {
    dateModified = dateField(post, 'updated_at');
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    notes.push('The date of its last change is none, and was left out.');
  }
  const modified = dateModified ? { dateModified } : {};
  switch (status) {
    case 'published': {
      if (!published)
        notes.push('It was published without a date, so the date it was created stands for it.');
      const datePublished = published ?? dateField(post, 'created_at');
      if (!datePublished) throw new RecordError('Expected a published post to have a date, but got: none.');
      return { datePublished, dateFirstPublished: datePublished, ...modified, pubStatus: 'USABLE' };
    }
    case 'scheduled':
      if (!published) throw new RecordError('Expected a scheduled post to have a date, but got: none.');
      return { datePublished: published, ...modified, pubStatus: 'USABLE' };
    case 'sent':
      notes.push('It was only sent by e-mail, so it is kept and not shown.');
      return { ...draft, ...modified };
    case 'draft':
      return { ...draft, ...modified };
    default:
      throw new RecordError(
        `Expected "status" to be published, scheduled, draft or sent, but got: ${quoted(status)}.`,
      );
  }
}

const visibilities: ReadonlyMap<string, Visibility> = new Map([
  ['public', 'PUBLIC'],
  ['members', 'MEMBERS'],
  ['paid', 'PAID'],
  ['tiers', 'TIERS'],
]);

/** The readers with access. An unknown value means paying readers, so that no story becomes free by mistake. */
function accessOf(
  post: SourceRecord,
  id: string,
  { tables, tierIds }: StoryContext,
  notes: string[],
): Pick<ArticleContent, 'visibility' | 'requiredTierIds'> {
  const given = textField(post, 'visibility') ?? 'public';
  const visibility = visibilities.get(given);
  if (visibility && visibility !== 'TIERS') return { visibility };
  const products = /^(?:product:|label:)/.test(given)
    ? productsNamed(given, tables)
    : tables.productIdsOf(id);
  const requiredTierIds = products.filter((it) => tierIds.has(it)).map((it) => idOf('tier', `ghost:${it}`));
  if (requiredTierIds.length > 0) return { visibility: 'TIERS', requiredTierIds };
  notes.push(`Its visibility ${quoted(given)} names no tier, so it is for all who pay.`);
  return { visibility: 'PAID' };
}

/** The tiers in the filter of an older export, "product:gold,product:silver". */
function productsNamed(filter: string, { products }: GhostTables): string[] {
  const slugs = new Set([...filter.matchAll(/product:([\w-]+)/g)].map(([, slug]) => slug));
  return products.flatMap((row) => {
    const id = textField(row, 'id');
    return id && slugs.has(textField(row, 'slug')) ? [id] : [];
  });
}
