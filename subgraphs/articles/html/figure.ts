/** Pictures to blocks, and figures, whose caption belongs to the pictures within them. */
import type { Block } from '../blocks.ts';
import { escapeText } from './inline.ts';
import { type Element, findAll, hasClass, type Node, textOf } from './tree.ts';
import type { Walk } from './walk.ts';

/** The image block of an `<img>`; its caption as paragraph where the picture cannot be shown. */
export function picture(walk: Walk, element: Element): Block[] {
  const { attribs } = element;
  const src = sourceOf(attribs);
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

/** The blocks of a figure. The last picture carries the caption; with no picture, a paragraph after the rest does. */
export function figure(walk: Walk, element: Element): Block[] {
  const captions = findAll(
    element.children,
    (it) => it.name === 'figcaption' || hasClass(it, 'wp-caption-text'),
  );
  const caption = captions.map(textOf).filter(Boolean).join(' ');
  const named = namedMedia(walk, element, caption);
  if (named) {
    for (const it of captions) it.children = [];
    return [named, ...walk.within(element.children)];
  }
  const pictures = findAll(element.children, ({ name }) => name === 'img').filter(
    (it) => !captions.some((holder) => isWithin(it, holder)),
  );
  if (caption === '' || pictures.length === 0) return walk.within(element.children);
  for (const it of pictures) walk.captions.set(it, { sharedCaption: caption });
  walk.captions.set(pictures.at(-1) as Element, { caption });
  for (const it of captions) {
    // Its words are now the picture's; a picture within it still stands for itself.
    it.children = findAll(it.children, ({ name }) => name === 'img');
  }
  return walk.within(element.children);
}

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

function isWithin(node: Node, holder: Element): boolean {
  for (let parent = node.parent; parent; parent = parent.parent) if (parent === holder) return true;
  return false;
}

function insideCard(element: Element): boolean {
  const { parent } = element;
  return parent !== null && 'attribs' in parent && hasClass(parent, 'kg-image-card');
}

/** Lazily loaded pictures carry their address elsewhere. */
function sourceOf({ src, 'data-src': lazy, srcset }: Record<string, string | undefined>): string | undefined {
  const candidates = [src, lazy, srcset?.trim().split(/[\s,]/)[0]].map((it) => it?.trim());
  return candidates.find((it) => it && !it.startsWith('data:')) || candidates.find(Boolean);
}

function pixels(text: string | undefined): number | undefined {
  if (!/^\s*\d{1,5}(px)?\s*$/.test(text ?? '')) return undefined;
  return Number.parseInt(text as string, 10) || undefined;
}
