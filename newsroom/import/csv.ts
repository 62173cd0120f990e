/** Reads CSV files row by row. */
import { pipeline } from 'node:stream/promises';
import { type CsvError, parse } from 'csv-parse';
import type { SourceRecord } from './records.ts';
import { decoded, encodingOf, sheetIn } from './sheet.ts';
import { headOf, ImportError, nameOf, openSource, type SourceFile } from './source.ts';

interface CsvOptions {
  /** The expected kind of file, for messages: "a Wikinews CSV file". */
  expected: string;
  /** Required columns. */
  columns: readonly string[];
  onBytes?: (count: number) => void;
  /** Receives notes about what was inferred. */
  note?: (text: string) => void;
}

/** Where reading had to stop, for the report. */
export interface CsvBreak {
  record: string;
  reason: string;
}

/** More characters than any story has; a longer record is an unclosed quote. */
const longestRecord = 20_000_000;

/**
 * Passes each row to `onRow` by lower-case column names, with its number: the first row after the header is 2, as in a
 * spreadsheet. When a quote is never closed, the rows before it are passed on and the place is returned. Throws an
 * ImportError when columns are missing or no row can be read.
 */
export async function readCsv(
  file: SourceFile,
  { expected, columns, onBytes, note = () => {} }: CsvOptions,
  onRow: (row: SourceRecord, number: number) => void | Promise<void>,
): Promise<CsvBreak | undefined> {
  let failure: CsvError | undefined;
  const encoding = await encodingOf(file);
  if (encoding === 'windows-1252') note('The file is no UTF-8, so it was read as Windows-1252.');
  const { separator, hasHint } = sheetIn(await headOf(file));
  const parser = parse({
    bom: true,
    delimiter: separator,
    // Spreadsheets may write the separator in a line of its own ("sep=;").
    from_line: hasHint ? 2 : 1,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
    // An error would drop rows that were parsed but not yet passed on.
    skip_records_with_error: true,
    on_skip(error) {
      failure ??= error;
      return undefined;
    },
    // Rows after the break may be inside the quote, so that none is passed on.
    on_record: (row: SourceRecord) => (failure ? null : row),
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
  const untilFailure = async function* (bytes: AsyncIterable<Buffer | string>) {
    for await (const chunk of bytes) {
      if (failure) return;
      yield chunk;
    }
  };
  let number = 1;
  await pipeline(
    openSource(file, onBytes),
    decoded(encoding),
    untilFailure,
    parser,
    async (rows: AsyncIterable<SourceRecord>) => {
      for await (const row of rows) {
        number += 1;
        await onRow(row, number + (hasHint ? 1 : 0));
      }
    },
  );
  if (failure && number === 1)
    throw new ImportError(
      `Expected "${nameOf(file)}" to be ${expected}, but it cannot be read after row 1 (${failure.code}).`,
    );
  if (number === 1)
    throw new ImportError(`Expected "${nameOf(file)}" to be ${expected} with rows, but it holds none.`);
  return failure && { record: `row ${number + 1} and what follows`, reason: reasonOf(failure) };
}

/** By the error code alone: the message may quote the row. */
function reasonOf({ code }: CsvError): string {
  const what =
    code === 'CSV_QUOTE_NOT_CLOSED'
      ? 'a quote is never closed'
      : code === 'CSV_MAX_RECORD_SIZE'
        ? 'it is longer than any record'
        : 'it cannot be read';
  return `Expected a row of CSV, but ${what} (${code}).`;
}
