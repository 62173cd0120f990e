/** Tables of figures, as text for a terminal and for Markdown. */
import type { Row, Table } from '../measure/round.ts';

const columns: readonly [title: string, value: (row: Row) => string][] = [
  ['CPU ms a request', ({ cpuMs }) => digits(cpuMs)],
  ['requests a second', ({ perSecond }) => digits(perSecond)],
  ['p50 ms', ({ p50Ms }) => digits(p50Ms)],
  ['p99 ms', ({ p99Ms }) => digits(p99Ms)],
  ['of a core', ({ busy }) => (busy === undefined ? '' : `${Math.round(busy * 100)} %`)],
  ['memory MB', ({ memoryMb }) => digits(memoryMb)],
  ['subgraph calls', ({ calls }) => digits(calls)],
];

/** Three digits that count, or nothing where there is no figure. */
export function digits(figure: number | undefined): string {
  if (figure === undefined) return '';
  if (figure >= 100) return String(Math.round(figure));
  return String(Number(figure.toPrecision(figure >= 1 ? 3 : 2)));
}

export function textTable({ workload, rows }: Table): string {
  const cells = [
    ['', ...columns.map(([title]) => title)],
    ...rows.map((row) => [row.name, ...(row.reason ? [row.reason] : columns.map(([, value]) => value(row)))]),
  ];
  const figures = cells.filter((_, place) => !rows[place - 1]?.reason);
  const widths = columns.map((_, at) => Math.max(...figures.map((line) => line[at + 1]?.length ?? 0)));
  const first = Math.max(...cells.map(([name = '']) => name.length));
  const lines = cells.map(([name = '', ...rest], place) => {
    const values = rows[place - 1]?.reason ? rest : rest.map((cell, at) => cell.padStart(widths[at] ?? 0));
    return `  ${name.padEnd(first)}  ${values.join('  ')}`;
  });
  return [`  ${workload}`, ...lines].join('\n');
}

export function markdownTable({ workload, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const plain = (text: string) => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
  return [
    line([workload, ...columns.map(([title]) => title)]),
    line(['---', ...columns.map(() => '---')]),
    ...rows.map((row) =>
      line([
        row.name,
        ...columns.map(([, value], place) =>
          row.reason ? (place === 0 ? plain(row.reason) : '') : value(row),
        ),
      ]),
    ),
  ].join('\n');
}
