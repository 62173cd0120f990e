/** Lists to blocks: nested ones keep their lines within the item, and what a list cannot hold stands between. */
import type { Block } from '../blocks.ts';
import { gather, marked, type Piece } from './gather.ts';
import { type Element, isElement, type Node } from './tree.ts';
import type { Walk } from './walk.ts';

/** The blocks of a list element. A numbered list that does not run from 1 in one piece writes its numbers as text. */
export function list(walk: Walk, element: Element): Block[] {
  const ordered = element.name === 'ol';
  const first = Number.parseInt(element.attribs.start ?? '1', 10) || 1;
  const items = itemsOf(element.children)
    .map((nodes) => gather(walk.within(nodes)))
    .filter((pieces) => pieces.length > 0);
  const isWhole = items.every((pieces) => pieces.every((piece) => 'html' in piece));
  if (isWhole && (!ordered || first === 1)) {
    const texts = items.flatMap((pieces) => pieces.flatMap((piece) => ('html' in piece ? [piece.html] : [])));
    return texts.length === 0 ? [] : [{ kind: 'list', ordered, items: texts }];
  }
  return ordered ? numberedParagraphs(items, first) : splitList(items);
}

/** The nodes of each item; what stands between items is an item too, so that a nested list there is kept. */
function itemsOf(children: readonly Node[]): Node[][] {
  const items: Node[][] = [];
  let between: Node[] = [];
  for (const node of children) {
    if (isElement(node) && node.name === 'li') {
      if (between.length > 0) items.push(between);
      between = [];
      items.push(node.children);
    } else between.push(node);
  }
  return between.length > 0 ? [...items, between] : items;
}

function numberedParagraphs(items: readonly Piece[][], first: number): Block[] {
  return items.flatMap((pieces, index) => {
    const textAt = pieces.findIndex((piece) => 'html' in piece);
    return pieces.map((piece, position): Block => {
      if ('block' in piece) return piece.block;
      const html = position === textAt ? marked(piece.html, true, first + index) : piece.html;
      return { kind: 'paragraph', html };
    });
  });
}

function splitList(items: readonly Piece[][]): Block[] {
  const blocks: Block[] = [];
  for (const piece of items.flat()) {
    const last = blocks.at(-1);
    if ('block' in piece) blocks.push(piece.block);
    else if (last?.kind === 'list') last.items.push(piece.html);
    else blocks.push({ kind: 'list', ordered: false, items: [piece.html] });
  }
  return blocks;
}
