/** Addresses of our own stories in a story's text: those of stories that are not there for readers name nothing. */
import type { Block } from '../blocks.ts';

/** What an address of a story holds, in a link or in plain text; its first group is the slug. */
const slugs = /\/(?:articles|embed\/article)\/([^\s"'<>?#/&]+)/g;

/** The slugs in all addresses of stories that blocks hold, each once. */
export function slugsIn(blocks: readonly Block[]): string[] {
  const found = new Set<string>();
  // Most texts have none, and say so at once.
  for (const block of blocks)
    for (const text of textsOf(block))
      if (text.includes('/article'))
        for (const [, slug = ''] of text.matchAll(slugs)) found.add(decoded(slug));
  return [...found];
}

/**
 * The block without the addresses of these stories on our site: a link has no address, one that stands in plain text is left out.
 * Undefined where the block is nothing but such an address.
 */
export function withoutLinksTo(
  block: Block,
  isHidden: (slug: string) => boolean,
  publicUrl: string,
): Block | undefined {
  const names = (text: string) => [...text.matchAll(slugs)].some(([, slug = '']) => isHidden(decoded(slug)));
  const own = ownAddresses(publicUrl);
  const clean = (text: string): string => {
    if (!text.includes('/article') || !names(text)) return text;
    return text
      .replace(/ href="([^"]*)"/g, (link, href: string) => (own.isOwn(href) && names(href) ? '' : link))
      .replace(own.inText, (address) => (names(address) ? '…' : address));
  };
  if (
    block.kind === 'embed' &&
    [block.url, ...(block.html?.match(own.inHtml) ?? [])].some((one) => own.isOwn(one) && names(one))
  )
    return undefined;
  return [...textsOf(block)].some(names) ? mapTexts(block, clean) : block;
}

/** Plain text without whole words that are addresses of stories, whosever: for summaries and for what is found by words. */
export const withoutAddresses = (text: string): string =>
  text.includes('/article') ? text.replace(/\S+/g, (word) => (slugIn.test(word) ? '…' : word)) : text;

const slugIn = /\/(?:articles|embed\/article)\/[^\s"'<>?#/&]/;

/** Addresses on our site: from its root, or whole with either scheme. */
function ownAddresses(publicUrl: string) {
  const { host, pathname } = new URL(publicUrl);
  const base = `${host}${pathname.replace(/\/$/, '')}`;
  const escaped = base.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return {
    isOwn: (href: string) =>
      /^\/(?!\/)/.test(href) || new RegExp(`^(?:https?:)?//${escaped}/`, 'i').test(href),
    inHtml: new RegExp(`(?:https?:)?//${escaped}/[^\\s"'<>]+`, 'gi'),
    // An address within a tag is none of the text.
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

/** The slug as it is stored. A sentence goes on behind an address that stands in plain text; no slug ends in its signs. */
function decoded(slug: string): string {
  let end = slug.length;
  while (end > 0 && '.,;:!?)]}…'.includes(slug.charAt(end - 1))) end -= 1;
  try {
    return decodeURIComponent(slug.slice(0, end)).normalize('NFC');
  } catch {
    return slug;
  }
}
