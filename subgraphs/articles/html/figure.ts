/** Pictures to blocks, and figures, whose caption belongs to the pictures within them. */
import type { Block } from '../blocks.ts';
import { escapeText } from './inline.ts';
import { pictureSource } from './source.ts';
import { type Element, findAll, hasClass, isElement, type Node, textOf } from './tree.ts';
import type { Walk } from './walk.ts';

/** The image block of an `<img>`; its caption as paragraph where the picture cannot be shown. */
export function picture(walk: Walk, element: Element): Block[] {
  const { attribs } = element;
  const src = pictureSource(element);
  const altText = attribs.alt?.replace(/\s+/g, ' ').trim();
  const captions = walk.captions.get(element) ?? {};
  const width = pixels(attribs.width);
  const height = pixels(attribs.height);
  const shown =
    src === undefined
      ? undefined
      : walk.picture({
          src,
          isCard: hasClass(element, 'kg-image') || insideCard(element),
          ...(altText ? { altText } : {}),
          ...captions,
          ...(width && height ? { width, height } : {}),
        });
  if (shown)
    return [
      {
        kind: 'image',
        imageId: shown.imageId,
        ...(shown.caption ? { caption: shown.caption } : {}),
        ...(altText ? { altText } : {}),
      },
    ];
  return captions.caption ? [{ kind: 'paragraph', html: escapeText(captions.caption) }] : [];
}

/**
 * The blocks of a figure. A caption belongs to the figure that it stands in: one of a figure around others is that of the pictures
 * without a caption of their own, the last of which carries it. With no such picture it is a paragraph after the rest.
 */
export function figure(walk: Walk, element: Element): Block[] {
  const parts = partsOf(element);
  const caption = parts.captions.map(textOf).filter(Boolean).join(' ');
  const named = namedMedia(walk, element, caption);
  if (named) {
    for (const it of parts.captions) it.children = [];
    return [named, ...walk.within(element.children)];
  }
  const pictures = [...parts.pictures, ...parts.figures.flatMap((it) => [...picturesIn(it)])];
  if (caption === '' || pictures.length === 0) return walk.within(element.children);
  const ownCaptions = new Set(parts.figures.filter(hasCaption).flatMap((it) => [...picturesIn(it)]));
  const carrier = pictures.findLast((it) => !ownCaptions.has(it));
  for (const it of pictures) {
    // The caption of a gallery may hold the credit for a picture that has a caption of its own.
    const outer = pictures.length === 1 ? walk.captions.get(it)?.sharedCaption : undefined;
    const sharedCaption = outer ?? (it === carrier ? undefined : caption);
    walk.captions.set(it, {
      ...(sharedCaption !== undefined && { sharedCaption }),
      ...(it === carrier && { caption }),
    });
  }
  for (const it of parts.captions) {
    // Its words are now the picture's; a picture within it still stands for itself.
    it.children = findAll(it.children, ({ name }) => name === 'img');
  }
  const blocks = walk.within(element.children);
  return carrier ? blocks : [...blocks, { kind: 'paragraph', html: escapeText(caption) }];
}

interface FigureParts {
  captions: Element[];
  pictures: Element[];
  /** Figures within it, with what is theirs. */
  figures: Element[];
}

const isFigure = (element: Element) => element.name === 'figure' || hasClass(element, 'wp-caption');
const isCaption = (element: Element) => element.name === 'figcaption' || hasClass(element, 'wp-caption-text');

/** What belongs to a figure itself. */
function partsOf(figureElement: Element): FigureParts {
  const parts: FigureParts = { captions: [], pictures: [], figures: [] };
  const look = (nodes: readonly Node[]) => {
    for (const node of nodes)
      if (!isElement(node)) continue;
      else if (isCaption(node)) parts.captions.push(node);
      else if (isFigure(node)) parts.figures.push(node);
      else if (node.name === 'img') parts.pictures.push(node);
      else look(node.children);
  };
  look(figureElement.children);
  return parts;
}

/** The pictures below an element that stand in no caption. */
function* picturesIn(element: Element): Generator<Element> {
  for (const node of element.children)
    if (!isElement(node) || isCaption(node)) continue;
    else if (node.name === 'img') yield node;
    else yield* picturesIn(node);
}

const hasCaption = (element: Element) => partsOf(element).captions.some((it) => textOf(it) !== '');

/** What a figure of ours holds, by the ids that `story/html.ts` writes. */
function namedMedia({ own }: Walk, { attribs }: Element, caption: string): Block | undefined {
  const { 'data-image': imageId = '', 'data-video': videoId = '', 'data-alt': alt = '' } = attribs;
  const shown = caption === '' ? {} : { caption };
  if (own?.(imageId)) {
    const altText = alt.replace(/\s+/g, ' ').trim();
    return { kind: 'image', imageId: imageId.toLowerCase(), ...shown, ...(altText ? { altText } : {}) };
  }
  return own?.(videoId) ? { kind: 'video', videoId: videoId.toLowerCase(), ...shown } : undefined;
}

function insideCard(element: Element): boolean {
  const { parent } = element;
  return parent !== null && 'attribs' in parent && hasClass(parent, 'kg-image-card');
}

function pixels(text: string | undefined): number | undefined {
  if (!/^\s*\d{1,5}(px)?\s*$/.test(text ?? '')) return undefined;
  return Number.parseInt(text as string, 10) || undefined;
}
