/** What an import did: counted, with a reason for all that was left out. */
import type { PutOutcome } from '../../subgraphs/store/putContent.ts';
import { ImportError } from './source.ts';

export type RecordKind = 'story' | 'author' | 'section' | 'tag' | 'picture' | 'tier' | 'member';

export interface RecordCount {
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
}

/** A note that was made of one or more records, all of them named: a report that is not cut tells them. */
export interface ReportNote {
  note: string;
  records: string[];
}

export interface ImportReport {
  /** The files that were read, and as what. */
  files: { path: string; format: string }[];
  counts: Partial<Record<RecordKind, RecordCount>>;
  /** What was not taken, one entry a record. Names no e-mail address. */
  skipped: { kind: RecordKind; record: string; reason: string }[];
  notes: ReportNote[];
  /** Every picture for which nobody is named, and the story or author's page that shows it first. */
  creditsUnknown: { picture: string; page: string; isPortrait: boolean }[];
  /** Every picture whose size nobody knows. */
  picturesWithoutSize: string[];
  /** Pictures found within the text of stories: in a card of the editor, and as bare HTML. */
  inlinePictures: { inCards: number; bare: number };
  elapsedMs: number;
}

/** Keeps the report while an import runs. */
export interface Reporter {
  readonly report: ImportReport;
  put(kind: RecordKind, record: string, outcome: PutOutcome): void;
  skip(kind: RecordKind, record: string, reason: string): void;
  note(note: string, record: string): void;
}

/** With more than this the file is another than it says, and a report of it is read by nobody. */
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
          `Expected at most ${mostSkipped.toLocaleString('en-GB')} records that cannot be taken, but got more; the first is ${first.kind} ${first.record}: ${first.reason}`,
        );
      countOf(kind).skipped += 1;
      report.skipped.push({ kind, record, reason });
    },
  };
}

/** How many records of all kinds were taken: created, updated or already there. */
export function takenIn({ counts }: ImportReport): number {
  return Object.values(counts).reduce(
    (total, { created, updated, unchanged }) => total + created + updated + unchanged,
    0,
  );
}
