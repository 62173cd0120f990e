/** Converts tables with data; layout tables are walked like other containers. */
import type { Block } from '../blocks.ts';
import { gather } from './gather.ts';
import { escapeText } from './inline.ts';
import { holdsMark } from './paywall.ts';
import { type Element, findAll, findOne, isElement, type Node, textOf } from './tree.ts';
import type { Walk } from './walk.ts';

/** Limits the columns, so that a large span cannot exhaust the memory. */
const mostColumns = 50;
const unfit = new Set(['pre', 'table', 'iframe', 'figcaption', 'audio', 'video', 'h1', 'h2', 'h3', 'hr']);

/** Whether a table holds data in rows and columns. */
export function isDataTable(table: Element): boolean {
  if (findAll(table.children, ({ name }) => unfit.has(name)).length > 0 || holdsMark(table.children))
    return false;
  const rows = rowsOf(table);
  const wide = rows.filter((row) => cellsOf(row).length > 1);
  const hasPictures = findOne(table, ({ name }) => name === 'img') !== undefined;
  const filledCells = rows.flatMap(cellsOf).filter((cell) => textOf(cell) !== '');
  return wide.length > 0 && wide.length * 2 >= rows.length && (!hasPictures || filledCells.length >= 3);
}

/** The blocks of a data table: its caption, the table, and the pictures of its cells, each once. */
export function table(walk: Walk, element: Element): Block[] {
  const after = new Map<string, Block>();
  const html = (cell: Element) => cellHtml(walk, cell, after);
  const rows = rowsOf(element);
  const hasHeader = rows.length > 1 && cellsOf(rows[0] as Element).every(({ name }) => name === 'th');
  const expandedRows = expandSpans(rows, hasHeader, html);
  const [header, ...others] = expandedRows;
  const tables: Block[] =
    hasHeader && header
      ? [{ kind: 'table', header, rows: others }]
      : expandedRows.length > 0
        ? [{ kind: 'table', rows: expandedRows }]
        : [];
  return [...walk.within(outsideOf(element)), ...tables, ...after.values()];
}

/** The nodes of a table outside its cells, such as its caption. */
function outsideOf(element: Element): Node[] {
  return element.children.flatMap((node) => {
    if (!isElement(node)) return [node];
    if (/^t[dh]$/.test(node.name)) return [];
    return /^(?:tr|tbody|thead|tfoot|colgroup|col)$/.test(node.name) ? outsideOf(node) : [node];
  });
}

/** Rows with a cell for each column, empty where another cell spans. */
function expandSpans(
  rows: readonly Element[],
  hasHeader: boolean,
  html: (cell: Element) => string,
): string[][] {
  const rowSpans = new Map<number, number>();
  const table = rows.map((row, index) => {
    const cells: string[] = [];
    const skipSpanned = () => {
      for (let left = rowSpans.get(cells.length); left; left = rowSpans.get(cells.length)) {
        rowSpans.set(cells.length, left - 1);
        cells.push('');
      }
    };
    for (const cell of cellsOf(row)) {
      skipSpanned();
      const text = html(cell);
      const isHeading = cell.name === 'th' && !(hasHeader && index === 0) && text !== '';
      const columns = spanOf(cell.attribs.colspan);
      const down = spanOf(cell.attribs.rowspan) - 1;
      for (let column = 0; column < columns && (column === 0 || cells.length < mostColumns); column += 1) {
        if (down > 0) rowSpans.set(cells.length, down);
        cells.push(column > 0 ? '' : isHeading ? `<strong>${text}</strong>` : text);
      }
    }
    skipSpanned();
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
  // Browsers show the sections in this order, whatever their order in the source.
  return rows.some((row) => place(row) !== 1) ? rows.sort((one, other) => place(one) - place(other)) : rows;
}

function cellsOf(row: Element): Element[] {
  return row.children.filter((node): node is Element => isElement(node) && /^t[dh]$/.test(node.name));
}

function spanOf(text: string | undefined): number {
  const span = Number.parseInt(text ?? '1', 10);
  return Math.min(Math.max(Number.isNaN(span) ? 1 : span, 1), mostColumns);
}
