/**
 * Renders the blocks of an article as HTML for other sites. Media without syndication rights are left out; the text
 * stays.
 */
import type { SyndicatedStoryFragment } from '../../schema/documents.ts';
import { type ImageUse, type Picture, pictureOf, type Video, type VideoUse, videoOf } from './media.ts';
import type { Rights } from './rights.ts';
import { escapeHtml, inlineHtml, plain } from './text.ts';

type Story = Pick<SyndicatedStoryFragment, 'body' | 'canonicalUrl' | 'corrections' | 'leadMedia'>;
type Block = Story['body'][number];

/** Corrections first, then the lead media, then the text up to the paywall. */
export function renderStory(story: Story, rights: Rights): string {
  const { body, canonicalUrl, corrections, leadMedia } = story;
  const lead = leadMedia ? [renderMedia(leadMedia, rights)] : [];
  const end = body.findIndex(isPaywall);
  const free = end < 0 ? body : body.slice(0, end + 1);
  const blocks = free.map((block) => renderBlock(block, canonicalUrl, rights));
  return [...corrections.map(renderCorrection), ...lead, ...blocks].filter(Boolean).join('\n');
}

/** Whether the text ends here for anonymous readers. */
export const isPaywall = ({ __typename }: Block): boolean => __typename === 'PaywallBlock';

const labels: Record<Story['corrections'][number]['correctionType'], string> = {
  CORRECTION: 'Correction',
  CLARIFICATION: 'Clarification',
  RETRACTION: 'Retraction',
  UPDATE: 'Update',
  EDITORS_NOTE: 'Editor’s note',
};

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

function renderCorrection({ correctionType, datePublished, text }: Story['corrections'][number]): string {
  const when = day.format(new Date(datePublished));
  return `<aside><p><strong>${labels[correctionType]}, ${when}:</strong> ${escapeHtml(plain(text))}</p></aside>`;
}

function renderBlock(block: Block, storyUrl: string, rights: Rights): string {
  const inline = (html: string) => inlineHtml(html, storyUrl);
  switch (block.__typename) {
    case 'ParagraphBlock':
      return inTag('p', inline(block.html));
    case 'HeadingBlock':
      return inTag(`h${block.level}`, inline(block.html));
    case 'ListBlock':
      return inTag(
        block.ordered ? 'ol' : 'ul',
        block.items.map((item) => inTag('li', inline(item))).join(''),
      );
    case 'QuoteBlock':
      return inTag('blockquote', `${inTag('p', inline(block.html))}${cited(block.citation)}`);
    case 'ImageBlock':
    case 'VideoBlock':
      return renderMedia(block.use, rights);
    case 'EmbedBlock':
      return inTag('p', link(block.url, block.providerName));
    case 'RelatedStoryBlock':
      // An article that is not published is not named either.
      return block.article ? inTag('p', link(block.article.canonicalUrl, block.article.headline)) : '';
    case 'CalloutBlock':
      return inTag('aside', inTag('p', inline(block.html)));
    case 'TableBlock':
      return renderTable(block.header, block.rows, inline);
    case 'CodeBlock':
      return inTag('pre', inTag('code', escapeHtml(block.code)));
    case 'DividerBlock':
      return '<hr>';
    case 'PaywallBlock':
      return inTag('p', link(storyUrl, `Read the whole story on ${new URL(storyUrl).host}.`));
  }
}

function renderMedia(use: ImageUse | VideoUse, rights: Rights): string {
  if ('image' in use) return renderPicture(pictureOf(use, rights));
  return renderVideo(videoOf(use, rights));
}

function renderPicture(picture: Picture | undefined): string {
  if (!picture) return '';
  const { url, altText, width, height } = picture;
  const image = `<img src="${escapeHtml(url)}" alt="${escapeHtml(altText)}" width="${width}" height="${height}">`;
  return inTag('figure', `${image}${captionOf(picture)}`);
}

function renderVideo(video: Video | undefined): string {
  return video ? inTag('figure', `${link(video.url, video.headline)}${captionOf(video)}`) : '';
}

const captionOf = ({ caption, credit }: Pick<Picture, 'caption' | 'credit'>): string =>
  inTag('figcaption', escapeHtml(caption ? `${caption} (${credit})` : credit));

function renderTable(
  header: readonly string[] | null,
  rows: readonly (readonly string[])[],
  inline: (html: string) => string,
): string {
  const row = (cells: readonly string[], tag: string) =>
    inTag('tr', cells.map((cell) => inTag(tag, inline(cell))).join(''));
  const head = header ? inTag('thead', row(header, 'th')) : '';
  return inTag('table', `${head}${inTag('tbody', rows.map((cells) => row(cells, 'td')).join(''))}`);
}

const inTag = (tag: string, html: string) => `<${tag}>${html}</${tag}>`;

const link = (url: string, text: string) => `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`;

const cited = (citation: string | null) => (citation ? inTag('cite', escapeHtml(plain(citation))) : '');
