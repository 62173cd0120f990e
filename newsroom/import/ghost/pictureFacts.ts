/** What a post tells of the pictures it shows, before any of them is stored. */
import { blocksOf } from '../../../subgraphs/articles/html/blocks.ts';
import { cleanText, RecordError, type SourceRecord } from '../records.ts';
import type { PictureBook } from './pictures.ts';
import { bodyHtml } from './story.ts';

/** Tells of the pictures of a post; one that cannot be read is reported when it is its turn as a story. */
export function tellPictures(post: SourceRecord, pictures: PictureBook): void {
  try {
    const html = bodyHtml(post);
    if (!html || !/<img\b/i.test(html)) return;
    blocksOf(cleanText(html), {
      link: () => undefined,
      storySlug: () => undefined,
      picture({ src, caption, sharedCaption, ...facts }) {
        pictures.tell(src.trim(), { ...facts, caption: caption ?? sharedCaption });
        if (caption !== undefined && sharedCaption !== undefined && caption !== sharedCaption)
          pictures.tell(src.trim(), { caption: sharedCaption });
        return undefined;
      },
    });
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
  }
}
