/** Writes the whole report of an import to a file; a terminal shows long lists cut. */
import { open, realpath, writeFile } from 'node:fs/promises';
import { printReport } from './print.ts';
import type { ImportReport } from './report.ts';
import { ImportError, type SourceFile } from './source.ts';

/**
 * Returns a function that writes the report to a path, replacing the file there. Throws an ImportError when the path is
 * not writable or is a file to import, before the import begins.
 */
export async function openReportFile(
  path: string,
  sources: readonly SourceFile[],
): Promise<(report: ImportReport) => Promise<void>> {
  try {
    // Opening to append keeps an existing report until it is replaced.
    await (await open(path, 'a')).close();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ImportError(
      `Expected --report to be a file that can be written, but got: "${path}" (${code}).`,
    );
  }
  const real = await realpath(path);
  for (const source of sources)
    if ((await realpath(source.path)) === real)
      throw new ImportError(`Expected --report to be another file than those to import, but got: "${path}".`);
  return (report) => writeFile(path, `${printReport(report, { isWhole: true })}\n`);
}
