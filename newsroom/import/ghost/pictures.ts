/** Collects the facts about each picture of an export from all its uses, before any picture is stored. */
import type { CreditContent, ImageContent } from '../../../subgraphs/media/content.ts';
import { takeCredit } from '../../../subgraphs/media/credit/take.ts';

/** The facts about a picture from one use. */
export interface PictureFacts {
  altText?: string | undefined;
  /** A caption that may hold the credit. */
  caption?: string | undefined;
  credit?: CreditContent | undefined;
  /** The URL of a licence. */
  licence?: string | undefined;
  width?: number | undefined;
  height?: number | undefined;
}

interface KnownPicture {
  altText?: string;
  credit?: CreditContent;
  licence?: string;
  width?: number;
  height?: number;
}

export type PictureBook = ReturnType<typeof openPictureBook>;

/**
 * Collects pictures by source id. The first credit, size and alternative text of any use are taken, so that the order
 * of uses does not matter.
 */
export function openPictureBook() {
  let pictures = new Map<string, KnownPicture>();
  const given = new Set<string>();
  return {
    tell(source: string, facts: PictureFacts): void {
      const known = pictures.get(source) ?? {};
      pictures.set(source, known);
      learn(known, facts);
    },

    /** Renames every picture; facts of pictures with the same new name are merged. */
    rename(nameOf: (source: string) => string | undefined): void {
      const renamed = new Map<string, KnownPicture>();
      for (const [source, facts] of pictures) {
        const name = nameOf(source);
        if (name === undefined) continue;
        const known = renamed.get(name);
        if (known) learn(known, facts);
        else renamed.set(name, facts);
      }
      pictures = renamed;
    },

    /** The pictures among these that were not taken before, with their facts. */
    take(sources: Iterable<string>, urlOf: (source: string) => string | undefined): ImageContent[] {
      const contents: ImageContent[] = [];
      for (const source of sources) {
        if (given.has(source)) continue;
        given.add(source);
        const { altText, credit, licence, width, height } = pictures.get(source) ?? {};
        const originUrl = urlOf(source);
        const size = width && height ? { width, height } : sizeInName(source);
        contents.push({
          sourceId: source,
          ...(originUrl ? { originUrl } : {}),
          ...size,
          ...formatOf(source),
          ...(altText ? { altText } : {}),
          ...(credit ? { credit } : {}),
          ...(licence ? { rights: { licence } } : {}),
        });
      }
      return contents;
    },
  };
}

function learn(known: KnownPicture, facts: PictureFacts): void {
  const { altText, caption, width, height } = facts;
  if (!known.altText && altText) known.altText = altText;
  if (!known.credit) {
    const { credit, licence } = facts.credit || !caption ? facts : takeCredit(caption);
    if (credit) known.credit = credit;
    if (credit && licence) known.licence = licence;
  }
  if (!known.width && width && height) Object.assign(known, { width, height });
}

/** The size in a file name: "harbour-250x157.jpg", "250-x-154-harbour.jpg". */
export function sizeInName(address: string): { width: number; height: number } | undefined {
  const name = fileName(address).replace(/\.\w+$/, '');
  const found = /(?:^|[-_])(\d{2,5})(?:x|-x-)(\d{2,5})(?=$|[-_])/i.exec(name);
  const [width, height] = [Number(found?.[1]), Number(found?.[2])];
  return width >= 16 && height >= 16 && width <= 20_000 && height <= 20_000 ? { width, height } : undefined;
}

const formats: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  svg: 'image/svg+xml',
};

function formatOf(address: string): { encodingFormat?: string } {
  const format = formats[/\.(\w+)$/.exec(fileName(address))?.[1]?.toLowerCase() ?? ''];
  return format ? { encodingFormat: format } : {};
}

function fileName(address: string): string {
  const [path = ''] = address.split(/[?#]/, 1);
  return path.slice(path.lastIndexOf('/') + 1);
}
