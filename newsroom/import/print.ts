/** Formats the report of an import for a terminal. */
import type { ImportReport, RecordCount, RecordKind, ReportNote } from './report.ts';

const names: Record<RecordKind, string> = {
  story: 'stories',
  author: 'authors',
  section: 'sections',
  tag: 'tags',
  picture: 'pictures',
  tier: 'tiers',
  member: 'members',
};
const shown = 20;
const shownPerNote = 3;
const wayToAll = '--report FILE writes them all';

/** The report as lines, without a final line break. Long lists are cut, with their length, unless `isWhole` is set. */
export function printReport(report: ImportReport, { isWhole = false } = {}): string {
  const [most, mostPerNote] = isWhole ? [Infinity, Infinity] : [shown, shownPerNote];
  const { skipped, notes, picturesWithoutSize } = report;
  const skips = skipped.map(({ kind, record, reason }) => `${kind} ${record}: ${reason}`);
  const count = picturesWithoutSize.length;
  const sizes = `${grouped(count)} ${count === 1 ? 'picture' : 'pictures'} without a size.`;
  return [
    ...report.files.map(({ path, format }) => `${path} (${format})`),
    '',
    ...countLines(report),
    ...listLines('Not taken', skips, most),
    ...listLines(
      'Notes',
      notes.map((it) => noteLine(it, mostPerNote)),
      most,
    ),
    ...listLines('Pictures in stories whose credit is unknown', creditLines(report, false), most),
    ...listLines('Portraits of authors whose credit is unknown', creditLines(report, true), most),
    ...(count === 0 ? [] : ['', sizes]),
    ...(isWhole ? picturesWithoutSize.map((it) => `  ${it}`) : []),
    '',
    timeLine(report),
  ].join('\n');
}

function countLines({ counts, inlinePictures }: ImportReport): string[] {
  const columns = ['taken', 'new', 'updated', 'unchanged', 'skipped'];
  const cell = (text: string | number) => String(text).padStart(11);
  const rows = Object.entries(counts).map(([kind, count]) => {
    const { created, updated, unchanged, skipped } = count as RecordCount;
    const taken = created + updated + unchanged;
    const cells = [taken, created, updated, unchanged, skipped].map((value) => cell(grouped(value)));
    return names[kind as RecordKind].padEnd(10) + cells.join('');
  });
  const { inCards, bare } = inlinePictures;
  return [
    ' '.repeat(10) + columns.map(cell).join(''),
    ...rows,
    ...(inCards + bare === 0
      ? []
      : ['', `Inline pictures: ${grouped(inCards)} in picture cards, ${grouped(bare)} in other HTML.`]),
  ];
}

function noteLine({ note, records }: ReportNote, most: number): string {
  const count = records.length;
  if (count === 1) return `${note} (${records[0]})`;
  const more = count > most ? ` and ${grouped(count - most)} more; ${wayToAll}` : '';
  return `${note} (${grouped(count)} times: ${records.slice(0, most).join(', ')}${more})`;
}

function listLines(title: string, lines: readonly string[], most: number): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > most ? [`  ... and ${grouped(lines.length - most)} more (${wayToAll})`] : [];
  return ['', `${title}: ${grouped(lines.length)}`, ...lines.slice(0, most).map((it) => `  ${it}`), ...more];
}

function creditLines({ creditsUnknown }: ImportReport, arePortraits: boolean): string[] {
  return creditsUnknown
    .filter(({ isPortrait }) => isPortrait === arePortraits)
    .map(({ picture, page }) => `${picture} (${page})`);
}

function timeLine({ counts, elapsedMs }: ImportReport): string {
  const total = (kind: RecordKind) => {
    const { created = 0, updated = 0, unchanged = 0, skipped = 0 } = counts[kind] ?? {};
    return created + updated + unchanged + skipped;
  };
  const seconds = Math.max(elapsedMs, 1) / 1000;
  const kind = total('story') > 0 ? 'story' : 'member';
  const rate =
    total(kind) > 0 ? `, ${grouped(Math.round(total(kind) / seconds))} ${names[kind]} a second` : '';
  return `Took ${seconds.toFixed(1)} s${rate}.`;
}

function grouped(value: number): string {
  return value.toLocaleString('en-GB');
}
