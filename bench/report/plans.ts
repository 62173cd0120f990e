/** The table of planning times, as text for a terminal and for Markdown. */
import type { HardFigures, PlanFigures, PlanRow } from '../scenes/plans.ts';
import { digits } from './table.ts';

const titles = [
  'CPU ms',
  '88 kB: first',
  'new',
  'known',
  '2,000 fields: first',
  'new',
  'known',
  'hard: ended',
  'with',
  'others waited',
];

const seconds = (ms: number | undefined) =>
  ms === undefined ? 'not in time' : ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;

function plan(figures: PlanFigures | string): string[] {
  if (typeof figures === 'string') return [figures, '', ''];
  return [figures.cold, figures.fresh, figures.known].map((ms) => digits(ms));
}

function hard(figures: HardFigures | string): string[] {
  if (typeof figures === 'string') return [figures, '', ''];
  return [seconds(figures.endedMs), figures.told, seconds(figures.othersWaitedMs)];
}

const cells = (row: PlanRow) => [
  row.name,
  ...plan(row.publicGraph),
  ...plan(row.wideGraph),
  ...hard(row.hard),
];

/** Columns without any figure are left out; why there is none stands below. */
export function planText(rows: readonly PlanRow[]): string {
  const lines = rows.map((row) =>
    cells(row).map((cell) => (reasonsOf(row).includes(cell) ? 'failed' : cell)),
  );
  const reasons = rows.flatMap((row) => reasonsOf(row).map((reason) => `  ${row.name}: ${reason}`));
  const kept = titles.flatMap((_, at) => (lines.some((line) => line[at]) ? [at] : []));
  const widths = titles.map((title, at) =>
    Math.max(...[titles, ...lines].map((line) => (line[at] ?? title).length)),
  );
  const table = [titles, ...lines]
    .map((line) => kept.map((at) => line[at]?.[at === 0 ? 'padEnd' : 'padStart'](widths[at] ?? 0)).join('  '))
    .map((line) => `  ${line}`);
  return [...table, ...reasons].join('\n');
}

const reasonsOf = ({ publicGraph, wideGraph, hard }: PlanRow): string[] =>
  [publicGraph, wideGraph, hard].filter((one) => typeof one === 'string' && one !== '') as string[];

export function planMarkdown(rows: readonly PlanRow[]): string {
  const line = (values: readonly string[]) => `| ${values.map(plain).join(' | ')} |`;
  const parts = (values: readonly string[]) => values.filter(Boolean).join(' / ');
  return [
    line([
      '',
      '88 kB, 4 subgraphs',
      '2,000 fields, 50 subgraphs',
      'hard: ended after',
      'with',
      'others waited',
    ]),
    line(Array(6).fill('---')),
    ...rows.map((row) =>
      line([row.name, parts(plan(row.publicGraph)), parts(plan(row.wideGraph)), ...hard(row.hard)]),
    ),
  ].join('\n');
}

const plain = (text: string) => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
