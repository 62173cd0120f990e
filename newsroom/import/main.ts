/** `npm run import`: imports a file or a folder into the newsroom. */
import { readCommandLine } from '../../kit/commandLine.ts';
import { startFailure } from '../../subgraphs/errors.ts';
import { openNewsroom } from '../openNewsroom.ts';
import { openProgress } from '../progress.ts';
import { formatNamed, formats } from './detect.ts';
import { importContent } from './import.ts';
import { languageIn } from './language.ts';
import { printReport } from './print.ts';
import { quoted } from './records.ts';
import { takenIn } from './report.ts';
import { openReportFile } from './reportFile.ts';
import { ImportError, sourceFiles } from './source.ts';

const usage = `Usage: npm run import -- FILE [--format FORMAT] [--language TAG] [--report FILE]

Brings content in from FILE: a .json or .csv file, packed with gzip or not, or a folder of them.
Importing the same again changes nothing; what changed is updated.

  --format FORMAT  ${formats.join(', ')}; found out by what is in the file where it is left out
  --language TAG   the language of stories whose source tells none, such as uk or pt-BR; CONTENT_LANGUAGE, else
                   English, where it is left out
  --report FILE    writes the whole report to a file, with the lists that are cut on the screen
  --help           shows this text`;

try {
  process.exitCode = await run();
} catch (error) {
  process.stderr.write(`${startFailure(error)}\n`);
  process.exitCode = 1;
}

/** Returns the exit code: 0 when anything was imported, even if some records were skipped. */
async function run(): Promise<number> {
  const { values, positionals } = readCommandLine(usage, {
    allowPositionals: true,
    options: { format: { type: 'string' }, language: { type: 'string' }, report: { type: 'string' } },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0)
    throw new ImportError(`Expected one file or folder to import, but got: ${positionals.length}.`);
  // Unusable arguments are reported before a database is opened.
  if (values.format !== undefined) formatNamed(values.format);
  const language = languageIn(values.language);
  if (values.language !== undefined && language === undefined)
    throw new ImportError(
      `Expected --language to be a BCP 47 tag such as uk, but got: ${quoted(values.language)}.`,
    );
  const sources = await sourceFiles(path);
  const writeReport = values.report === undefined ? undefined : await openReportFile(values.report, sources);
  const newsroom = await openNewsroom();
  const progress = openProgress(process.stderr);
  try {
    const report = await importContent({
      path,
      ...(values.format === undefined ? {} : { format: values.format }),
      stores: newsroom.stores,
      by: 'import',
      language: language ?? newsroom.language,
      progress: progress.show,
    });
    progress.end();
    process.stdout.write(`${printReport(report)}\n`);
    await writeReport?.(report);
    if (takenIn(report) > 0) return 0;
    process.stderr.write('Expected something to take, but every record was skipped.\n');
    return 1;
  } finally {
    progress.end();
    await newsroom.close();
  }
}
