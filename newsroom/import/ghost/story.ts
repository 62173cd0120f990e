/** One post of a Ghost export as a story of ours. */

import type { Block, Visibility } from '../../../subgraphs/articles/blocks.ts';
import type { ArticleContent, BylineContent } from '../../../subgraphs/articles/content.ts';
import { blocksOf } from '../../../subgraphs/articles/html/blocks.ts';
import type { PictureUse } from '../../../subgraphs/articles/html/walk.ts';
import { idOf } from '../../../subgraphs/identity.ts';
import { takeCredit } from '../../../subgraphs/media/credit/take.ts';
import { cleanText, dateField, quoted, RecordError, type SourceRecord, textField } from '../records.ts';
import { lexicalHtml } from './lexical.ts';
import type { Links } from './links.ts';
import { markdownHtml } from './markdown.ts';
import { mobiledocHtml } from './mobiledoc.ts';
import { cleanSlug, formerSlugsOf, type GhostTables } from './tables.ts';

/** What a story needs to know of the rest of the export and of what was stored of it. */
export interface StoryContext {
  tables: GhostTables;
  links: Links;
  /** By the ids of the source: the name of an author that was stored, the slugs that tags and sections got. */
  authorNames: ReadonlyMap<string, string>;
  tagSlugs: ReadonlyMap<string, string>;
  sectionSlugs: ReadonlyMap<string, string>;
  /** The section of a story without a tag. */
  otherSection: string;
  tierIds: ReadonlySet<string>;
}

export interface ReadStory {
  article: ArticleContent;
  /** The pictures it refers to, in order, a picture as often as it is used. */
  pictures: { source: string; isCard: boolean; isInline: boolean }[];
  notes: string[];
}

const longestBody = 20_000_000;

/** The body of a post as HTML, whichever way the editor kept it; undefined where there is none. */
export function bodyHtml(post: SourceRecord, note?: (text: string) => void): string | undefined {
  const html = textField(post, 'html');
  if (html !== undefined && html.length > longestBody)
    throw new RecordError(`Expected a body of at most ${longestBody} characters, but got: ${html.length}.`);
  if (html !== undefined) return html;
  const lexical = textField(post, 'lexical');
  if (lexical !== undefined) return lexicalHtml(lexical, note);
  const mobiledoc = textField(post, 'mobiledoc');
  if (mobiledoc !== undefined) return mobiledocHtml(mobiledoc, note);
  // Ghost before version 1.
  const markdown = textField(post, 'markdown');
  return markdown === undefined ? undefined : markdownHtml(markdown, note);
}

/** The story of a post. Throws a RecordError for one that cannot be told. */
export function readStory(post: SourceRecord, context: StoryContext): ReadStory {
  const id = textField(post, 'id');
  const headline = textField(post, 'title');
  if (!id) throw new RecordError('Expected a post to have an id, but got none.');
  if (!headline) throw new RecordError('Expected a post to have a title, but got none.');
  const { tables, links } = context;
  const notes: string[] = [];
  const pictures: ReadStory['pictures'] = [];
  const body = readBody(post, context, pictures, notes);
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
  return {
    pictures,
    notes,
    article: {
      sourceId: `ghost:${id}`,
      ...(slug ? { slug } : {}),
      ...(formerSlugs.length > 0 ? { formerSlugs } : {}),
      headline,
      ...(standfirst ? { standfirst } : {}),
      sectionSlug: section ?? context.otherSection,
      tagSlugs: tags.flatMap((tag) => context.tagSlugs.get(tag.id) ?? []),
      bylines: bylinesOf(post, id, context, notes),
      ...datesOf(post, notes),
      ...(post.featured === 1 || post.featured === true ? { urgency: 2 } : {}),
      ...accessOf(post, id, context, notes),
      body,
      ...(leadMedia ? { leadMedia } : {}),
      ...(canonicalUrl ? { canonicalUrl } : {}),
    },
  };
}

function readBody(
  post: SourceRecord,
  { links, tables, tierIds }: StoryContext,
  pictures: ReadStory['pictures'],
  notes: string[],
): Block[] {
  const note = (text: string) => {
    if (!notes.includes(text)) notes.push(text);
  };
  const html = bodyHtml(post, note);
  if (html === undefined) note('The post has no body.');
  const picture = ({ src, caption, isCard }: PictureUse) => {
    const source = links.pictureSource(src);
    if (source === undefined) {
      notes.push('A picture without an address of its own was left out.');
      return undefined;
    }
    pictures.push({ source, isCard, isInline: true });
    const shown = caption && takeCredit(caption).caption;
    return { imageId: idOf('image', source), ...(shown ? { caption: shown } : {}) };
  };
  const tierId = (slug: string) => {
    const [id] = productsNamed(`product:${slug}`, tables).filter((it) => tierIds.has(it));
    return id === undefined ? undefined : idOf('tier', `ghost:${id}`);
  };
  return html === undefined ? [] : blocksOf(cleanText(html), { ...links, picture, tierId, note });
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

/** What Ghost keeps from readers is not published, whatever was said before. */
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
      if (!datePublished) throw new RecordError('Expected a published post to have a date, but got none.');
      return { datePublished, dateFirstPublished: datePublished, ...modified, pubStatus: 'USABLE' };
    }
    case 'scheduled':
      if (!published) throw new RecordError('Expected a scheduled post to have a date, but got none.');
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

/** Who may read it. What nobody understands is for those who pay: a story must not become free by mistake. */
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

/** The tiers of an older export's filter, "product:gold,product:silver". */
function productsNamed(filter: string, { products }: GhostTables): string[] {
  const slugs = new Set([...filter.matchAll(/product:([\w-]+)/g)].map(([, slug]) => slug));
  return products.flatMap((row) => {
    const id = textField(row, 'id');
    return id && slugs.has(textField(row, 'slug')) ? [id] : [];
  });
}
