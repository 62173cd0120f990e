/** Streams the tables of a Ghost export row by row; other tables are skipped and never held in memory. */
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { JSONParser } from '@streamparser/json-node';
import { describe } from '../detect.ts';
import type { SourceRecord } from '../records.ts';
import { headOf, ImportError, nameOf, openSource, readError, type SourceFile } from '../source.ts';

interface ParsedRow {
  value?: unknown;
  stack: readonly { key?: string | number | undefined }[];
}

/**
 * Passes each row of the named tables to `onRow` in file order, and awaits it. Accepts `{"db":[{"data":{...}}]}` and
 * `{"data":{...}}`. Throws an ImportError when the file is not JSON.
 */
export async function readTables(
  file: SourceFile,
  tables: readonly string[],
  onRow: (table: string, row: SourceRecord) => void | Promise<void>,
  onBytes?: (count: number) => void,
): Promise<void> {
  const paths = tables.flatMap((table) => [`$.db.*.data.${table}.*`, `$.data.${table}.*`]);
  const parser = new JSONParser({ paths, keepStack: false });
  try {
    await pipeline(
      openSource(file, onBytes) as Readable,
      boundedTexts(file),
      parser,
      async (rows: AsyncIterable<ParsedRow>) => {
        for await (const { value, stack } of rows) {
          if (typeof value === 'object' && value !== null)
            await onRow(String(stack.at(-1)?.key), value as SourceRecord);
        }
      },
    );
  } catch (error) {
    throw await jsonError(file, error);
  }
}

/** More bytes than any text of an export has. */
const longestText = 50_000_000;

/** Passes JSON through, and fails at a longer text, which the parser would hold in memory. */
function boundedTexts(file: SourceFile) {
  return async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let isText = false;
    let length = 0;
    /** Whether the previous byte is a backslash that escapes the next. */
    let isEscaped = false;
    for await (const chunk of chunks) {
      let from = 0;
      for (let at = chunk.indexOf(quote); at >= 0; at = chunk.indexOf(quote, from)) {
        let before = at;
        while (before > 0 && chunk[before - 1] === backslash) before -= 1;
        const slashes: number = at - before + (before === 0 && isEscaped ? 1 : 0);
        const ends = !isText || slashes % 2 === 0;
        length = isText ? length + at - from : 0;
        if (length > longestText) throw tooLong(file);
        if (ends) {
          isText = !isText;
          length = 0;
        }
        from = at + 1;
        isEscaped = false;
      }
      if (isText) length += chunk.length - from;
      if (length > longestText) throw tooLong(file);
      let end = chunk.length;
      while (end > from && chunk[end - 1] === backslash) end -= 1;
      const slashes: number = chunk.length - end + (end === 0 && isEscaped ? 1 : 0);
      isEscaped = slashes % 2 === 1;
      yield chunk;
    }
  };
}

const tooLong = (file: SourceFile) =>
  new ImportError(`Expected "${nameOf(file)}" to have no text of more than 50,000,000 bytes, but got: one.`);

const quote = 0x22;
const backslash = 0x5c;

async function jsonError(file: SourceFile, error: unknown): Promise<unknown> {
  const { name = '', code } = error as NodeJS.ErrnoException;
  if (code?.startsWith('Z_') || code === 'EIO') return readError(file, error);
  if (!/^Token(izer|Parser)Error|^Error$/.test(name) || !/token|Unexpected|JSON|state/i.test(String(error)))
    return error;
  const head = await headOf(file);
  const reason = /^\s*[{[]/.test(head) ? 'JSON that is broken or breaks off' : describe(head);
  return new ImportError(`Expected "${nameOf(file)}" to be a Ghost export, but got: ${reason}.`);
}
