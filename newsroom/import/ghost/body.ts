/**
 * Reads the text of a post as blocks, and the facts about its pictures. It needs no other state, so that it can run in
 * a worker thread.
 */
import type { Block } from '../../../subgraphs/articles/blocks.ts';
import { blocksOf } from '../../../subgraphs/articles/html/blocks.ts';
import type { PictureUse } from '../../../subgraphs/articles/html/walk.ts';
import { takeCredit } from '../../../subgraphs/media/credit/take.ts';
import { idOf } from '../../../subgraphs/store/contentId.ts';
import { cleanText, RecordError, type SourceRecord, textField } from '../records.ts';
import { lexicalHtml } from './lexical.ts';
import { openLinks } from './links.ts';
import { markdownHtml } from './markdown.ts';
import { mobiledocHtml } from './mobiledoc.ts';
import type { PictureFacts } from './pictures.ts';
import { cleanSlug, slugIn } from './tables.ts';

/** Targets of links, and tiers named in the text. Plain data, since it is sent to a thread. */
export interface Places {
  siteUrl: string | undefined;
  /** Slugs of the newsroom by slugs of the source. */
  slugs: ReadonlyMap<string, string>;
  /** More slugs of the newsroom that links may have. */
  known: ReadonlySet<string>;
  /** Tier ids of Membership by slugs of the source. */
  tierIds: ReadonlyMap<string, string>;
}

export interface PostBody {
  /** Whether the post has a text. */
  isThere: boolean;
  blocks: Block[];
  /** The pictures in the text in order, once for each use. */
  pictures: { source: string; isCard: boolean }[];
  notes: string[];
}

/** The address of a picture, and the facts from one use. */
export type PictureTold = [address: string, facts: PictureFacts];

const longestBody = 5_000_000;

/** The fields of a post that may hold its text, by priority. */
export const bodyFields = ['html', 'lexical', 'mobiledoc', 'markdown'] as const;

/** Whether a post has a text in any form. */
export const hasBody = (post: SourceRecord): boolean =>
  bodyFields.some((name) => textField(post, name) !== undefined);

/** The number of characters of all forms of a post's text. */
export const bodyLength = (post: SourceRecord): number =>
  bodyFields.reduce((sum, name) => sum + (textField(post, name)?.length ?? 0), 0);

/** The text as HTML. Throws a RecordError when it is too long or not a document. */
function bodyHtml(post: SourceRecord, note?: (text: string) => void): string | undefined {
  const [name] = bodyFields.filter((one) => textField(post, one) !== undefined);
  const text = name && textField(post, name);
  if (text === undefined) return undefined;
  if (text.length > longestBody)
    throw new RecordError(`Expected a body of at most ${longestBody} characters, but got: ${text.length}.`);
  switch (name) {
    case 'lexical':
      return lexicalHtml(text, note);
    case 'mobiledoc':
      return mobiledocHtml(text, note);
    // Ghost before version 1.
    case 'markdown':
      return markdownHtml(text, note);
    default:
      return text;
  }
}

/** The text of a post as blocks. Throws a RecordError when it cannot be read. */
export function readBody(post: SourceRecord, { siteUrl, slugs, known, tierIds }: Places): PostBody {
  const slugOf = (slug: string) => {
    const ours = cleanSlug(slug);
    return slugIn(slugs)(slug) ?? (known.has(ours) ? ours : undefined);
  };
  const links = openLinks({ siteUrl, slugOf });
  const notes = new Set<string>();
  const note = (text: string) => void notes.add(text);
  const pictures: PostBody['pictures'] = [];
  const picture = ({ src, caption, isCard }: PictureUse) => {
    const source = links.pictureSource(src);
    if (source === undefined) {
      note('A picture without an address of its own was left out.');
      return undefined;
    }
    pictures.push({ source, isCard });
    const shown = caption && takeCredit(caption).caption;
    return { imageId: idOf('image', source), ...(shown ? { caption: shown } : {}) };
  };
  const html = bodyHtml(post, note);
  if (html === undefined) note('The post has no body.');
  const tierId = (slug: string) => tierIds.get(slug);
  const blocks = html === undefined ? [] : blocksOf(cleanText(html), { ...links, picture, tierId, note });
  return { isThere: html !== undefined, blocks, pictures, notes: [...notes] };
}

/** The facts about pictures in a post's text, in order. Throws a RecordError when it cannot be read. */
export function picturesTold(post: SourceRecord): PictureTold[] {
  const told: PictureTold[] = [];
  const html = bodyHtml(post);
  if (!html || !/<img\b/i.test(html)) return told;
  blocksOf(cleanText(html), {
    link: () => undefined,
    storySlug: () => undefined,
    picture({ src, caption, sharedCaption, altText, width, height }) {
      const address = src.trim();
      told.push([address, { altText, width, height, caption: caption ?? sharedCaption }]);
      if (caption !== undefined && sharedCaption !== undefined)
        told.push([address, { caption: sharedCaption }]);
      return undefined;
    },
  });
  return told;
}
