/** The report of an import: counts, and a reason for each skipped record. */
import type { PutOutcome } from '../../subgraphs/store/putContent.ts';
import { ImportError } from './source.ts';

export type RecordKind = 'story' | 'author' | 'section' | 'tag' | 'picture' | 'tier' | 'member';

export interface RecordCount {
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
}

/** A note about one or more records, with all their names. */
export interface ReportNote {
  note: string;
  records: string[];
}

export interface ImportReport {
  /** The files and their formats. */
  files: { path: string; format: string }[];
  counts: Partial<Record<RecordKind, RecordCount>>;
  /** Skipped records, one entry each, without e-mail addresses. */
  skipped: { kind: RecordKind; record: string; reason: string }[];
  notes: ReportNote[];
  /** Pictures without a known credit, and the first page that shows each. */
  creditsUnknown: { picture: string; page: string; isPortrait: boolean }[];
  /** Pictures without a known size. */
  picturesWithoutSize: string[];
  /** The number of pictures in texts: in cards of the editor, and as plain HTML. */
  inlinePictures: { inCards: number; bare: number };
  elapsedMs: number;
}

/** Collects the report during an import. */
export interface Reporter {
  readonly report: ImportReport;
  put(kind: RecordKind, record: string, outcome: PutOutcome): void;
  skip(kind: RecordKind, record: string, reason: string): void;
  note(note: string, record: string): void;
}

/** With more skipped records the file is not in the expected format, and the report would be unreadable. */
const mostSkipped = 100_000;

export function openReport(): Reporter {
  const report: ImportReport = {
    files: [],
    counts: {},
    skipped: [],
    notes: [],
    creditsUnknown: [],
    picturesWithoutSize: [],
    inlinePictures: { inCards: 0, bare: 0 },
    elapsedMs: 0,
  };
  const notes = new Map<string, ReportNote>();
  const countOf = (kind: RecordKind) => {
    report.counts[kind] ??= { created: 0, updated: 0, unchanged: 0, skipped: 0 };
    return report.counts[kind];
  };
  const note = (text: string, record: string) => {
    let entry = notes.get(text);
    if (!entry) {
      entry = { note: text, records: [] };
      notes.set(text, entry);
      report.notes.push(entry);
    }
    entry.records.push(record);
  };
  return {
    report,
    note,
    put(kind, record, outcome) {
      countOf(kind)[outcome.outcome] += 1;
      for (const text of outcome.notes) note(text, record);
    },
    skip(kind, record, reason) {
      const [first] = report.skipped;
      if (first && report.skipped.length >= mostSkipped)
        throw new ImportError(
          `Expected at most ${mostSkipped.toLocaleString('en-GB')} records that cannot be taken, but got: more; the first is ${first.kind} ${first.record}: ${first.reason}`,
        );
      countOf(kind).skipped += 1;
      report.skipped.push({ kind, record, reason });
    },
  };
}

/** How many records of all kinds were imported: created, updated or unchanged. */
export function takenIn({ counts }: ImportReport): number {
  return Object.values(counts).reduce(
    (total, { created, updated, unchanged }) => total + created + updated + unchanged,
    0,
  );
}
