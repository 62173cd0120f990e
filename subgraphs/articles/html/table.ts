/** Tables to blocks, where they hold data; one that only arranges a page is walked as if it were none. */
import type { Block } from '../blocks.ts';
import { gather } from './gather.ts';
import { escapeText } from './inline.ts';
import { holdsMark } from './paywall.ts';
import { type Element, findAll, findOne, isElement, type Node, textOf } from './tree.ts';
import type { Walk } from './walk.ts';

/** Neither more columns than a page can show nor a span that fills the memory. */
const mostColumns = 50;
const unfit = new Set(['pre', 'table', 'iframe', 'figcaption', 'audio', 'video', 'h1', 'h2', 'h3', 'hr']);

/** Whether an element is a table whose cells belong to rows and columns. */
export function isDataTable(table: Element): boolean {
  if (findAll(table.children, ({ name }) => unfit.has(name)).length > 0 || holdsMark(table.children))
    return false;
  const rows = rowsOf(table);
  const wide = rows.filter((row) => cellsOf(row).length > 1);
  const hasPictures = findOne(table, ({ name }) => name === 'img') !== undefined;
  const written = rows.flatMap(cellsOf).filter((cell) => textOf(cell) !== '');
  return wide.length > 0 && wide.length * 2 >= rows.length && (!hasPictures || written.length >= 3);
}

/** The blocks of a data table: its title, itself, and the pictures of its cells, each once. */
export function table(walk: Walk, element: Element): Block[] {
  const after = new Map<string, Block>();
  const html = (cell: Element) => cellHtml(walk, cell, after);
  const rows = rowsOf(element);
  const hasHeader = rows.length > 1 && cellsOf(rows[0] as Element).every(({ name }) => name === 'th');
  const filled = spanned(rows, hasHeader, html);
  const [header, ...others] = filled;
  const shown: Block[] =
    hasHeader && header
      ? [{ kind: 'table', header, rows: others }]
      : filled.length > 0
        ? [{ kind: 'table', rows: filled }]
        : [];
  return [...walk.within(outsideOf(element)), ...shown, ...after.values()];
}

/** What stands in a table and in none of its cells, such as its title. */
function outsideOf(element: Element): Node[] {
  return element.children.flatMap((node) => {
    if (!isElement(node)) return [node];
    if (/^t[dh]$/.test(node.name)) return [];
    return /^(?:tr|tbody|thead|tfoot|colgroup|col)$/.test(node.name) ? outsideOf(node) : [node];
  });
}

/** Rows of cells with a place for each column, empty where a cell of another row or column reaches in. */
function spanned(rows: readonly Element[], hasHeader: boolean, html: (cell: Element) => string): string[][] {
  const reaching = new Map<number, number>();
  const table = rows.map((row, index) => {
    const cells: string[] = [];
    const skipReached = () => {
      for (let left = reaching.get(cells.length); left; left = reaching.get(cells.length)) {
        reaching.set(cells.length, left - 1);
        cells.push('');
      }
    };
    for (const cell of cellsOf(row)) {
      skipReached();
      const text = html(cell);
      const isHeading = cell.name === 'th' && !(hasHeader && index === 0) && text !== '';
      const columns = spanOf(cell.attribs.colspan);
      const down = spanOf(cell.attribs.rowspan) - 1;
      for (let column = 0; column < columns && (column === 0 || cells.length < mostColumns); column += 1) {
        if (down > 0) reaching.set(cells.length, down);
        cells.push(column > 0 ? '' : isHeading ? `<strong>${text}</strong>` : text);
      }
    }
    skipReached();
    return cells;
  });
  const width = table.reduce((most, { length }) => Math.max(most, length), 0);
  return table
    .map((cells) => [
      ...cells,
      ...Array.from({ length: Math.min(width, mostColumns) - cells.length }, () => ''),
    ])
    .filter((cells) => cells.some((cell) => cell !== ''));
}

function cellHtml(walk: Walk, cell: Element, after: Map<string, Block>): string {
  const texts: string[] = [];
  const alts: string[] = [];
  for (const piece of gather(walk.within(cell.children))) {
    if ('html' in piece) texts.push(piece.html);
    else {
      const { block } = piece;
      after.set(block.kind === 'image' ? block.imageId : JSON.stringify(block), block);
      if (block.kind === 'image' && block.altText) alts.push(escapeText(block.altText));
    }
  }
  return (texts.length > 0 ? texts : alts).join('<br>');
}

function rowsOf(table: Element): Element[] {
  const rows = findAll(table.children, ({ name }) => name === 'tr');
  const place = ({ parent }: Element) => {
    const name = parent && 'name' in parent ? parent.name : '';
    return name === 'thead' ? 0 : name === 'tfoot' ? 2 : 1;
  };
  // Shown in this order wherever they stand.
  return rows.some((row) => place(row) !== 1) ? rows.sort((one, other) => place(one) - place(other)) : rows;
}

function cellsOf(row: Element): Element[] {
  return row.children.filter((node): node is Element => isElement(node) && /^t[dh]$/.test(node.name));
}

function spanOf(text: string | undefined): number {
  const span = Number.parseInt(text ?? '1', 10);
  return Math.min(Math.max(Number.isNaN(span) ? 1 : span, 1), mostColumns);
}
