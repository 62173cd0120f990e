/** Stores the pictures of an export, each once, and reports those without a known credit. */
import { isCreditKnown } from '../../../subgraphs/media/credit.ts';
import type { Bringing } from '../importing.ts';
import { putReporting } from '../putting.ts';
import type { Links } from './links.ts';
import type { PictureBook } from './pictures.ts';

/** The prefix of author pages. */
export const portraitPage = 'authors/';

/**
 * Stores the pictures among these that this run has not stored. `pages` maps source ids to the first page that shows
 * the picture. Returns the source ids of rejected pictures.
 */
export async function putPictures(
  { stores, by, reporter }: Bringing,
  pages: ReadonlyMap<string, string>,
  links: Links,
  pictures: PictureBook,
): Promise<Set<string>> {
  const { creditsUnknown, picturesWithoutSize } = reporter.report;
  const images = pictures.take(pages.keys(), links.pictureUrl);
  const outcomes = await putReporting(images, {
    put: stores.media.putImages,
    by,
    kind: 'picture',
    reporter,
    nameOf: ({ sourceId }) => addressIn(sourceId),
  });
  const refused = new Set<string>();
  images.forEach(({ sourceId, credit, width }, position) => {
    if (!outcomes[position]) {
      refused.add(sourceId);
      return;
    }
    if (!credit || !isCreditKnown(credit)) {
      const page = pages.get(sourceId) ?? '';
      const isPortrait = page.startsWith(portraitPage);
      creditsUnknown.push({ picture: addressIn(sourceId), page, isPortrait });
    }
    if (!width) picturesWithoutSize.push(addressIn(sourceId));
  });
  return refused;
}

function addressIn(sourceId: string): string {
  return sourceId.slice('ghost:'.length);
}
