/** Converts lists: nested lists become lines of their item, and blocks that a list cannot hold split it. */
import type { Block } from '../blocks.ts';
import { gather, type TextOrBlock } from './gather.ts';
import { type Element, isElement, type Node } from './tree.ts';
import type { Walk } from './walk.ts';

/**
 * The blocks of a list element. An ordered list with numbers other than 1, 2, 3 becomes paragraphs with the numbers as
 * text.
 */
export function list(walk: Walk, element: Element): Block[] {
  const ordered = element.name === 'ol';
  const items = itemsOf(element.children)
    .map(({ value, nodes }) => ({ value, pieces: gather(walk.within(nodes)) }))
    .filter(({ pieces }) => pieces.length > 0);
  const labels = ordered ? labelsOf(element, items) : [];
  const isPlain = labels.every((label, index) => label === String(index + 1));
  const isWhole = items.every(({ pieces }) => pieces.every((piece) => 'html' in piece));
  if (isWhole && isPlain) {
    const texts = items.flatMap(({ pieces }) =>
      pieces.flatMap((piece) => ('html' in piece ? [piece.html] : [])),
    );
    return texts.length === 0 ? [] : [{ kind: 'list', ordered, items: texts }];
  }
  const pieces = items.map((item) => item.pieces);
  return ordered ? labelledParagraphs(pieces, labels) : splitList(pieces);
}

interface Item {
  /** The item's `value` attribute. */
  value: number | undefined;
  nodes: Node[];
}

/** The displayed number of each item, by `start`, `reversed`, `type` and the items' `value`. */
function labelsOf({ attribs }: Element, items: readonly { value: number | undefined }[]): string[] {
  const step = attribs.reversed === undefined ? 1 : -1;
  let next = wholeNumber(attribs.start) ?? (step === 1 ? 1 : items.length);
  return items.map(({ value }) => {
    const number = value ?? next;
    next = number + step;
    return labelOf(number, attribs.type);
  });
}

function labelOf(number: number, type: string | undefined): string {
  if (number < 1 || number > 3_999) return String(number);
  const letters =
    type === 'a' || type === 'A'
      ? lettersOf(number)
      : type === 'i' || type === 'I'
        ? romanOf(number)
        : String(number);
  return type === 'A' || type === 'I' ? letters.toUpperCase() : letters;
}

function lettersOf(number: number): string {
  const rest = number - 1;
  return (rest < 26 ? '' : lettersOf(Math.floor(rest / 26))) + String.fromCharCode(97 + (rest % 26));
}

const roman: readonly [value: number, letters: string][] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

function romanOf(number: number): string {
  const [value, letters] = roman.find(([least]) => least <= number) ?? [1, ''];
  return letters === '' ? '' : letters + (number > value ? romanOf(number - value) : '');
}

const wholeNumber = (text: string | undefined) =>
  text !== undefined && /^\s{0,9}[+-]?\d{1,9}/.test(text) ? Number.parseInt(text, 10) : undefined;

/** The nodes of each item. Nodes between items count as an item, so that a nested list there is kept. */
function itemsOf(children: readonly Node[]): Item[] {
  const items: Item[] = [];
  let between: Node[] = [];
  for (const node of children) {
    if (isElement(node) && node.name === 'li') {
      if (between.length > 0) items.push({ value: undefined, nodes: between });
      between = [];
      items.push({ value: wholeNumber(node.attribs.value), nodes: node.children });
    } else between.push(node);
  }
  return between.length > 0 ? [...items, { value: undefined, nodes: between }] : items;
}

function labelledParagraphs(items: readonly TextOrBlock[][], labels: readonly string[]): Block[] {
  return items.flatMap((pieces, index) => {
    const textAt = pieces.findIndex((piece) => 'html' in piece);
    return pieces.map((piece, position): Block => {
      if ('block' in piece) return piece.block;
      const html = position === textAt ? `${labels[index]}. ${piece.html}` : piece.html;
      return { kind: 'paragraph', html };
    });
  });
}

function splitList(items: readonly TextOrBlock[][]): Block[] {
  const blocks: Block[] = [];
  for (const piece of items.flat()) {
    const last = blocks.at(-1);
    if ('block' in piece) blocks.push(piece.block);
    else if (last?.kind === 'list') last.items.push(piece.html);
    else blocks.push({ kind: 'list', ordered: false, items: [piece.html] });
  }
  return blocks;
}
