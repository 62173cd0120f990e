/** Converts pictures and figures. A figure's caption belongs to the pictures in it. */
import type { Block } from '../blocks.ts';
import { escapeText } from './inline.ts';
import { pictureSource } from './source.ts';
import { type Element, findAll, hasClass, isElement, type Node, textOf } from './tree.ts';
import type { Walk } from './walk.ts';

/** The image block of an `<img>`; if the picture cannot be shown, its caption as a paragraph. */
export function picture(walk: Walk, element: Element): Block[] {
  const { attribs } = element;
  const src = pictureSource(element);
  const altText = attribs.alt?.replace(/\s+/g, ' ').trim();
  const captions = walk.captions.get(element) ?? {};
  const width = pixels(attribs.width);
  const height = pixels(attribs.height);
  const stored =
    src === undefined
      ? undefined
      : walk.picture({
          src,
          isCard: hasClass(element, 'kg-image') || insideCard(element),
          ...(altText ? { altText } : {}),
          ...captions,
          ...(width && height ? { width, height } : {}),
        });
  if (stored)
    return [
      {
        kind: 'image',
        imageId: stored.imageId,
        ...(stored.caption ? { caption: stored.caption } : {}),
        ...(altText ? { altText } : {}),
      },
    ];
  return captions.caption ? [{ kind: 'paragraph', html: escapeText(captions.caption) }] : [];
}

/**
 * The blocks of a figure. A caption belongs to its own figure. The caption of an outer figure applies to the pictures
 * without a caption of their own, and is stored on the last of them. Without such a picture it becomes a paragraph at
 * the end.
 */
export function figure(walk: Walk, element: Element): Block[] {
  const parts = partsOf(element);
  const caption = parts.captions.map(textOf).filter(Boolean).join(' ');
  const namedFigure = namedMedia(walk, element, caption);
  if (namedFigure) {
    for (const it of parts.captions) it.children = [];
    return [namedFigure, ...walk.within(element.children)];
  }
  const pictures = [...parts.pictures, ...parts.figures.flatMap((it) => [...picturesIn(it)])];
  if (caption === '' || pictures.length === 0) return walk.within(element.children);
  const ownCaptions = new Set(parts.figures.filter(hasCaption).flatMap((it) => [...picturesIn(it)]));
  const carrier = pictures.findLast((it) => !ownCaptions.has(it));
  for (const it of pictures) {
    // A gallery's caption may credit a picture that has a caption of its own.
    const outer = pictures.length === 1 ? walk.captions.get(it)?.sharedCaption : undefined;
    const sharedCaption = outer ?? (it === carrier ? undefined : caption);
    walk.captions.set(it, {
      ...(sharedCaption !== undefined && { sharedCaption }),
      ...(it === carrier && { caption }),
    });
  }
  for (const it of parts.captions) {
    // The caption's text is now stored with the picture; pictures in the caption are still converted.
    it.children = findAll(it.children, ({ name }) => name === 'img');
  }
  const blocks = walk.within(element.children);
  return carrier ? blocks : [...blocks, { kind: 'paragraph', html: escapeText(caption) }];
}

interface FigureParts {
  captions: Element[];
  pictures: Element[];
  /** Nested figures, with their own content. */
  figures: Element[];
}

const isFigure = (element: Element) => element.name === 'figure' || hasClass(element, 'wp-caption');
const isCaption = (element: Element) => element.name === 'figcaption' || hasClass(element, 'wp-caption-text');

/** The direct content of a figure, without nested figures. */
function partsOf(figureElement: Element): FigureParts {
  const parts: FigureParts = { captions: [], pictures: [], figures: [] };
  const visit = (nodes: readonly Node[]) => {
    for (const node of nodes)
      if (!isElement(node)) continue;
      else if (isCaption(node)) parts.captions.push(node);
      else if (isFigure(node)) parts.figures.push(node);
      else if (node.name === 'img') parts.pictures.push(node);
      else visit(node.children);
  };
  visit(figureElement.children);
  return parts;
}

/** The pictures in an element, except those in captions. */
function* picturesIn(element: Element): Generator<Element> {
  for (const node of element.children)
    if (!isElement(node) || isCaption(node)) continue;
    else if (node.name === 'img') yield node;
    else yield* picturesIn(node);
}

const hasCaption = (element: Element) => partsOf(element).captions.some((it) => textOf(it) !== '');

/** The media block of a figure that `story/html.ts` wrote, by its id. */
function namedMedia({ isOwnId: own }: Walk, { attribs }: Element, caption: string): Block | undefined {
  const { 'data-image': imageId = '', 'data-video': videoId = '', 'data-alt': alt = '' } = attribs;
  const captionField = caption === '' ? {} : { caption };
  if (own?.(imageId)) {
    const altText = alt.replace(/\s+/g, ' ').trim();
    return {
      kind: 'image',
      imageId: imageId.toLowerCase(),
      ...captionField,
      ...(altText ? { altText } : {}),
    };
  }
  return own?.(videoId) ? { kind: 'video', videoId: videoId.toLowerCase(), ...captionField } : undefined;
}

function insideCard(element: Element): boolean {
  const { parent } = element;
  return parent !== null && 'attribs' in parent && hasClass(parent, 'kg-image-card');
}

function pixels(text: string | undefined): number | undefined {
  if (!/^\s*\d{1,5}(px)?\s*$/.test(text ?? '')) return undefined;
  return Number.parseInt(text as string, 10) || undefined;
}
