/** URLs of our own stories in a story's text, which are removed if the stories are not visible to readers. */
import type { Block } from '../blocks.ts';

/** The path of a story in a URL, in a link or in plain text; the first group is the slug. */
const slugs = /\/(?:articles|embed\/article)\/([^\s"'<>?#/&]+)/g;

/** The distinct slugs in all story URLs of the blocks. */
export function slugsIn(blocks: readonly Block[]): string[] {
  const slugSet = new Set<string>();
  // Most texts contain none, which this check finds quickly.
  for (const block of blocks)
    for (const text of textsOf(block))
      if (text.includes('/article'))
        for (const [, slug = ''] of text.matchAll(slugs)) slugSet.add(decoded(slug));
  return [...slugSet];
}

/**
 * The block without URLs of hidden stories on our site: a link loses its address, a URL in plain text is removed.
 * Undefined if the block is an embed of such a URL.
 */
export function withoutLinksTo(
  block: Block,
  isHidden: (slug: string) => boolean,
  publicUrl: string,
): Block | undefined {
  const namesHidden = (text: string) =>
    [...text.matchAll(slugs)].some(([, slug = '']) => isHidden(decoded(slug)));
  const own = ownAddresses(publicUrl);
  const clean = (text: string): string => {
    if (!text.includes('/article') || !namesHidden(text)) return text;
    return text
      .replace(/ href="([^"]*)"/g, (link, href: string) => (own.isOwn(href) && namesHidden(href) ? '' : link))
      .replace(own.inText, (address) => (namesHidden(address) ? '…' : address));
  };
  if (
    block.kind === 'embed' &&
    [block.url, ...(block.html?.match(own.inHtml) ?? [])].some((one) => own.isOwn(one) && namesHidden(one))
  )
    return undefined;
  return [...textsOf(block)].some(namesHidden) ? mapTexts(block, clean) : block;
}

/** Plain text without words that are story URLs of any site, for summaries and the search index. */
export const withoutAddresses = (text: string): string =>
  text.includes('/article') ? text.replace(/\S+/g, (word) => (slugIn.test(word) ? '…' : word)) : text;

const slugIn = /\/(?:articles|embed\/article)\/[^\s"'<>?#/&]/;

/** Patterns for URLs on our site: root-relative, or absolute with either scheme. */
function ownAddresses(publicUrl: string) {
  const { host, pathname } = new URL(publicUrl);
  const base = `${host}${pathname.replace(/\/$/, '')}`;
  const escaped = base.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return {
    isOwn: (href: string) =>
      /^\/(?!\/)/.test(href) || new RegExp(`^(?:https?:)?//${escaped}/`, 'i').test(href),
    inHtml: new RegExp(`(?:https?:)?//${escaped}/[^\\s"'<>]+`, 'gi'),
    // A URL within a tag is not part of the text.
    inText: new RegExp(`(?<![="])(?:https?:)?//${escaped}/(?:articles|embed/article)/[^\\s"'<>]+`, 'gi'),
  };
}

function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) yield* textsOf(part);
}

function mapTexts<Value>(value: Value, change: (text: string) => string): Value {
  if (typeof value === 'string') return change(value) as Value;
  if (Array.isArray(value)) return value.map((part) => mapTexts(part, change)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, mapTexts(part, change)]),
  ) as Value;
}

/** The stored form of a slug, without punctuation that follows a URL in plain text; no slug ends in punctuation. */
function decoded(slug: string): string {
  let end = slug.length;
  while (end > 0 && '.,;:!?)]}…'.includes(slug.charAt(end - 1))) end -= 1;
  try {
    return decodeURIComponent(slug.slice(0, end)).normalize('NFC');
  } catch {
    return slug;
  }
}
