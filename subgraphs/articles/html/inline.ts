/** Inline HTML of blocks: built from a few elements, and checked by sanitize-html before it is stored. */
import sanitize from 'sanitize-html';
import type { Element } from './tree.ts';

/** The output tag of each input element; for other elements the tags are dropped and the text is kept. */
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

/** Sanitises inline HTML for a block. */
export function sanitizeInline(html: string): string {
  // Text without tags was escaped when it was written.
  return html.includes('<') ? sanitize(html, rules) : html;
}

export function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

export function escapeAttribute(text: string): string {
  return escapeText(text).replace(/"/g, '&quot;');
}

/** The text of inline HTML that this folder wrote. */
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

/** The opening and closing tag of an inline element; undefined if it is dropped. */
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
