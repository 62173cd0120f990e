/** The first pass over a Ghost export: everything that stories refer to. */

import { parseHtml, textOf } from '../../../subgraphs/articles/html/tree.ts';
import { normalisedSlug, slugOf } from '../../../subgraphs/store/slug.ts';
import type { SourceRecord } from '../records.ts';
import { textField } from '../records.ts';

export interface GhostTag {
  id: string;
  name: string;
  slug: string;
  description?: string;
}

/** The fields of a story that the first pass keeps. */
interface StoryHead {
  featureImage?: string;
}

export type GhostTables = ReturnType<typeof openGhostTables>;

/** The tables that the first pass reads. */
export const smallTables = [
  'posts',
  'users',
  'tags',
  'posts_tags',
  'posts_authors',
  'posts_meta',
  'products',
  'posts_products',
  'settings',
];

/** Collects rows of the tables in any order. */
export function openGhostTables() {
  const stories = new Map<string, StoryHead>();
  const slugs = new Map<string, string>();
  const settings = new Map<string, string>();
  const users: SourceRecord[] = [];
  const products: SourceRecord[] = [];
  const tags = new Map<string, GhostTag>();
  const meta = new Map<string, { altText?: string; caption?: string }>();
  const links = {
    posts_tags: openLinkTable('tag_id'),
    posts_authors: openLinkTable('author_id'),
    posts_products: openLinkTable('product_id'),
  };
  const seen = { rows: 0, pages: 0 };

  function add(table: string, row: SourceRecord): void {
    seen.rows += 1;
    if (table === 'users') users.push(row);
    else if (table === 'products') products.push(row);
    else if (table === 'posts') addPost(row);
    else if (table === 'tags') addTag(row);
    else if (table === 'posts_meta') addMeta(row);
    else if (table === 'settings') {
      const [key, value] = [textField(row, 'key'), textField(row, 'value')];
      if (key && value) settings.set(key, value);
    } else if (table in links) links[table as keyof typeof links].add(row);
  }

  function addPost(row: SourceRecord): void {
    if (isPage(row)) {
      seen.pages += 1;
      return;
    }
    const id = textField(row, 'id');
    // The first of two rows with one id is imported, so that the second adds neither a picture nor a link.
    if (id && stories.has(id)) return;
    const slug = textField(row, 'slug');
    // The name of the column before Ghost 1.
    const featureImage = textField(row, 'feature_image') ?? textField(row, 'image');
    if (id) stories.set(id, featureImage ? { featureImage } : {});
    if (slug) slugs.set(normalisedSlug(slug), cleanSlug(slug));
  }

  function addTag(row: SourceRecord): void {
    const [id, name] = [textField(row, 'id'), textField(row, 'name')];
    const slug = textField(row, 'slug') ?? '';
    const isInternal = slug.startsWith('hash-') || textField(row, 'visibility') === 'internal';
    if (!id || !name || isInternal) return;
    const description = textField(row, 'description');
    tags.set(id, {
      id,
      name,
      slug: cleanSlug(slug || name),
      ...(description ? { description } : {}),
    });
  }

  function addMeta(row: SourceRecord): void {
    const postId = textField(row, 'post_id');
    const altText = textField(row, 'feature_image_alt');
    const html = textField(row, 'feature_image_caption');
    const caption = html && textOf(parseHtml(html));
    if (postId && (altText || caption))
      meta.set(postId, { ...(altText ? { altText } : {}), ...(caption ? { caption } : {}) });
  }

  return {
    add,
    seen,
    stories,
    users,
    products,
    tags,
    /** The site's settings by key: "url", "title". */
    settings,
    /** The alternative text and caption of lead pictures, by story id. */
    meta,
    /** Slugs of the newsroom by slugs of the source. */
    slugs,
    /** The slug of a story for one of the source, which a link may percent-encode. */
    slugFor: slugIn(slugs),
    /** The existing public tags of a story, the most important first. */
    tagsOf: (postId: string): GhostTag[] =>
      links.posts_tags.of(postId).flatMap((tagId) => tags.get(tagId) ?? []),
    authorIdsOf: (postId: string) => links.posts_authors.of(postId),
    productIdsOf: (postId: string) => links.posts_products.of(postId),
  };
}

/** Returns a function that maps a slug of the source, possibly percent-encoded, to one of the newsroom. */
export const slugIn = (slugs: ReadonlyMap<string, string>) => (slug: string) =>
  [slug, slug.toLowerCase(), decoded(slug)].map((name) => slugs.get(normalisedSlug(name))).find(Boolean);

/** Whether a row of posts is a page instead of a story. */
export function isPage(row: SourceRecord): boolean {
  return row.type === 'page' || (row.type === undefined && (row.page === 1 || row.page === true));
}

/** A slug of the source in the newsroom's form: "health-it%e2%80%8a" loses its invisible characters. */
export function cleanSlug(slug: string): string {
  return slugOf(decoded(slug));
}

/** Slugs of the source in another form, as addresses spell them: "Upper-Case", "café". */
export function formerSlugsOf(slug: string): string[] {
  const ours = cleanSlug(slug);
  return [...new Set([slug, decoded(slug)])].filter((former) => former !== ours);
}

function decoded(slug: string): string {
  try {
    return decodeURIComponent(slug);
  } catch {
    return slug;
  }
}

/** A table that links posts to other rows, in its sort order. */
function openLinkTable(column: string) {
  const links = new Map<string, { id: string; order: number }[]>();
  return {
    add(row: SourceRecord): void {
      const [postId, id] = [textField(row, 'post_id'), textField(row, column)];
      if (!postId || !id) return;
      const list = links.get(postId) ?? [];
      list.push({ id, order: Number(row.sort_order ?? 0) || 0 });
      links.set(postId, list);
    },
    of: (postId: string): string[] =>
      [...(links.get(postId) ?? [])].sort((a, b) => a.order - b.order).map(({ id }) => id),
  };
}
