/** The report of an import as text for a terminal. */
import type { ImportReport, RecordCount, RecordKind } from './report.ts';

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

/** Lines for people, without a last line break; long lists are cut, and say how long they are. */
export function printReport(report: ImportReport): string {
  return [
    ...report.files.map(({ path, format }) => `${path} (${format})`),
    '',
    ...countLines(report),
    ...listLines(
      'Not taken',
      report.skipped.map(({ kind, record, reason }) => `${kind} ${record}: ${reason}`),
    ),
    ...listLines('Notes', report.notes.map(noteLine)),
    ...creditLines('Pictures in stories whose credit is unknown', report, false),
    ...creditLines('Portraits of authors whose credit is unknown', report, true),
    ...sizeLines(report),
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

function noteLine({ note, count, records }: ImportReport['notes'][number]): string {
  if (count === 1) return `${note} (${records[0]})`;
  const more = count > 3 ? ', ...' : '';
  return `${note} (${grouped(count)} times: ${records.slice(0, 3).join(', ')}${more})`;
}

function listLines(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > shown ? [`  ... and ${grouped(lines.length - shown)} more`] : [];
  return ['', `${title}: ${grouped(lines.length)}`, ...lines.slice(0, shown).map((it) => `  ${it}`), ...more];
}

function creditLines(title: string, { creditsUnknown }: ImportReport, arePortraits: boolean): string[] {
  const pictures = creditsUnknown.filter(({ isPortrait }) => isPortrait === arePortraits);
  return listLines(
    title,
    pictures.map(({ picture, page }) => `${picture} (${page})`),
  );
}

function sizeLines({ picturesWithoutSize }: ImportReport): string[] {
  const count = picturesWithoutSize.length;
  return count === 0 ? [] : ['', `${grouped(count)} ${count === 1 ? 'picture' : 'pictures'} without a size.`];
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
