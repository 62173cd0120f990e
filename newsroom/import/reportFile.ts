/** The whole report of an import in a file, where a terminal is shown long lists cut. */
import { open, realpath, writeFile } from 'node:fs/promises';
import { printReport } from './print.ts';
import type { ImportReport } from './report.ts';
import { ImportError, type SourceFile } from './source.ts';

/**
 * A function that writes the report to the file at a path, in place of what stood there. Throws an ImportError
 * where it cannot be written or is one of the files to import, before hours of work are lost for it.
 */
export async function openReportFile(
  path: string,
  sources: readonly SourceFile[],
): Promise<(report: ImportReport) => Promise<void>> {
  try {
    // Opened to append, a report that stands there is kept until there is another.
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
