/** Imports a file or a folder in any known format into the stores of the newsroom. */
import type { NewsroomStores } from '../stores.ts';
import { detectFormat, type Format, formatNamed } from './detect.ts';
import { importGhost } from './ghost/import.ts';
import type { Importer } from './importing.ts';
import { importMembers } from './members.ts';
import { type ImportReport, openReport } from './report.ts';
import { ImportError, nameOf, readError, type SourceFile, sourceFiles } from './source.ts';
import { importWikinews } from './wikinews.ts';

export interface ImportOptions {
  path: string;
  /** Detected by content when missing. */
  format?: string;
  stores: NewsroomStores;
  /** The author of the changes, for the log. */
  by: string;
  /** The language of stories without one. */
  language?: string | undefined;
  /** Called with the progress from time to time. */
  progress?: (step: { done: number; total: number; what: string }) => void;
  /** A clock in milliseconds, for the duration in the report. */
  now?: () => number;
}

/** The importers in the order for a folder: tiers come before the members that name them. */
const importers: Record<Format, { run: Importer; passes: number }> = {
  ghost: { run: importGhost, passes: 2 },
  'ghost-members': { run: importMembers, passes: 1 },
  wikinews: { run: importWikinews, passes: 1 },
};

/**
 * Imports content and reports what was taken and what was not. A second import changes nothing; a changed record is
 * updated and keeps its id. Throws an ImportError when a file is missing, broken or of no known format; in a folder,
 * such a file is noted and the others are imported, unless there are none.
 */
export async function importContent(options: ImportOptions): Promise<ImportReport> {
  const { path, format, stores, by, progress = () => {}, now = () => performance.now() } = options;
  const { language } = options;
  const startedAt = now();
  const named = format === undefined ? undefined : formatNamed(format);
  const reporter = openReport();
  const { report } = reporter;
  const files = await sourceFiles(path);
  const failures: ImportError[] = [];
  const known: { file: SourceFile; format: Format }[] = [];
  const attempt = async (file: SourceFile, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ImportError) || files.length === 1) throw error;
      failures.push(error);
      reporter.note(error.message, nameOf(file));
    }
  };
  for (const file of files)
    await attempt(file, async () => {
      known.push({ file, format: named ?? (await detectFormat(file)) });
    });
  const order = Object.keys(importers);
  known.sort((a, b) => order.indexOf(a.format) - order.indexOf(b.format));
  for (const { file, format: found } of known) {
    const { run, passes } = importers[found];
    let done = 0;
    const step = { total: file.size * passes, what: nameOf(file) };
    const onBytes = (count: number) => {
      done += count;
      progress({ ...step, done });
    };
    await attempt(file, async () => {
      await run({ file, stores, by, reporter, onBytes, language }).catch((error: unknown) => {
        const { code } = error as NodeJS.ErrnoException;
        throw code?.startsWith('Z_') ? readError(file, error) : error;
      });
      report.files.push({ path: file.path, format: found });
    });
  }
  if (report.files.length === 0 && failures[0]) throw failures[0];
  report.elapsedMs = now() - startedAt;
  return report;
}
