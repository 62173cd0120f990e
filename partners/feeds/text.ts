/** Text for other sites: plain where it is plain, and never HTML that they did not expect. */
import sanitize from 'sanitize-html';

/** Text as it may stand in HTML, in an attribute too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const tag = /<[a-z!/][^<>]*>/i;
const allTags = new RegExp(tag, 'gi');
const maxPasses = 10;

/** Text without the tags that somebody may have typed into it; "" where nothing is left. */
export function plain(text: string | null | undefined): string {
  let bare = text ?? '';
  // A tag within a tag leaves another when it goes; whoever nests them deeper means no text.
  for (let pass = 0; tag.test(bare); pass += 1) bare = bare.replace(pass < maxPasses ? allTags : /</g, '');
  return bare.trim();
}

/**
 * HTML within a line, links and emphasis, with every link made absolute by the address of its story. The graph gives
 * it sanitised; it is looked at once more because here it leaves the house: a picture in it would have no credit.
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
