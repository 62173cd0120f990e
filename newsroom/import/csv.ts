/** CSV files, a row at a time. */
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import type { SourceRecord } from './records.ts';
import { ImportError, nameOf, openSource, type SourceFile } from './source.ts';

interface CsvOptions {
  /** What the file should be, for messages: "a Wikinews CSV file". */
  expected: string;
  /** Columns that must be there. */
  columns: readonly string[];
  onBytes?: (count: number) => void;
}

/** More than any story holds; what is longer is a quote that was never closed. */
const longestRecord = 20_000_000;

/**
 * Hands each row to `onRow`, by the names of the columns in small letters, with its number: the first row
 * after the names is 2, as a spreadsheet counts. Throws an ImportError where columns are missing.
 */
export async function readCsv(
  file: SourceFile,
  { expected, columns, onBytes }: CsvOptions,
  onRow: (row: SourceRecord, number: number) => void | Promise<void>,
): Promise<void> {
  const parser = parse({
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
    columns(names: string[]) {
      const found = names.map((name) => name.trim().toLowerCase());
      const missing = columns.filter((name) => !found.includes(name));
      if (missing.length === 0) return found;
      const got = found.slice(0, 12).join(', ').slice(0, 200);
      throw new ImportError(
        `Expected "${nameOf(file)}" to be ${expected} with the columns ${columns.join(', ')}, but got: ${got}.`,
      );
    },
  });
  let number = 1;
  try {
    await pipeline(openSource(file, onBytes), parser, async (rows: AsyncIterable<SourceRecord>) => {
      for await (const row of rows) {
        number += 1;
        await onRow(row, number);
      }
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new ImportError(
      `Expected "${nameOf(file)}" to be ${expected}, but it cannot be read after row ${number} (${error.code}).`,
    );
  }
  if (number === 1)
    throw new ImportError(`Expected "${nameOf(file)}" to be ${expected} with rows, but it holds none.`);
}
