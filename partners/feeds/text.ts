/** Plain text and inline HTML for other sites. */
import sanitize from 'sanitize-html';

/** Escapes text for HTML content and attribute values. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const tag = /<[a-z!/][^<>]*>/i;
const allTags = new RegExp(tag, 'gi');
const maxPasses = 10;

/** Removes HTML tags from text; "" when nothing is left. */
export function plain(text: string | null | undefined): string {
  let bare = text ?? '';
  // Removing a tag may form another from nested ones. The number of passes is bounded.
  for (let pass = 0; tag.test(bare); pass += 1) bare = bare.replace(pass < maxPasses ? allTags : /</g, '');
  return bare.trim();
}

/**
 * Inline HTML with links and emphasis only; each link is made absolute by the URL of its article. The graph sanitizes
 * HTML too; this check keeps out pictures, which would have no credit here.
 */
export function inlineHtml(html: string, storyUrl: string): string {
  if (!html.includes('<')) return html;
  return sanitize(html, {
    allowedTags: ['a', 'strong', 'em', 'code', 'sub', 'sup', 's', 'mark', 'br'],
    allowedAttributes: { a: ['href'] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    transformTags: { a: (tagName, { href }) => ({ tagName, attribs: linkOf(href, storyUrl) }) },
  });
}

function linkOf(href: string | undefined, storyUrl: string): { [name: string]: string } {
  if (href === undefined || !URL.canParse(href, storyUrl)) return {};
  return { href: new URL(href, storyUrl).href };
}
