/** The HTML within a block: built of a few elements and proved by sanitize-html before it is kept. */
import sanitize from 'sanitize-html';
import type { Element } from './tree.ts';

/** What each element of the source becomes; one that is not here loses its tags and keeps its text. */
const tagOf = new Map<string, string>([
  ...['a', 'strong', 'em', 'code', 'sub', 'sup', 's', 'mark'].map((name) => [name, name] as const),
  ['b', 'strong'],
  ['i', 'em'],
  ['cite', 'em'],
  ['dfn', 'em'],
  ['var', 'em'],
  ['del', 's'],
  ['strike', 's'],
  ['tt', 'code'],
  ['kbd', 'code'],
  ['samp', 'code'],
]);

const rules: sanitize.IOptions = {
  allowedTags: ['a', 'strong', 'em', 'code', 'sub', 'sup', 's', 'mark', 'br'],
  allowedAttributes: { a: ['href', 'id'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  enforceHtmlBoundary: false,
};

/** Inline HTML with nothing in it but what a block may hold. */
export function sanitizeInline(html: string): string {
  // Text without a tag was escaped when it was written.
  return html.includes('<') ? sanitize(html, rules) : html;
}

export function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

export function escapeAttribute(text: string): string {
  return escapeText(text).replace(/"/g, '&quot;');
}

/** The text of inline HTML that this room wrote. */
export function textOfInline(html: string): string {
  return html
    .replace(/<br ?\/?>/g, ' ')
    .replace(/<[^<>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The tag that an inline element is written with, open and closed; undefined where it has none. */
export function inlineTag(
  { name, attribs }: Element,
  link: (href: string) => string | undefined,
): { open: string; close: string } | undefined {
  const tag = tagOf.get(name);
  if (tag === undefined) return undefined;
  if (tag !== 'a') return { open: `<${tag}>`, close: `</${tag}>` };
  const href = attribs.href === undefined ? undefined : link(attribs.href);
  return href === undefined ? undefined : { open: `<a href="${escapeAttribute(href)}">`, close: '</a>' };
}
