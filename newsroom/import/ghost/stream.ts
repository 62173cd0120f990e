/** The tables of a Ghost export, a row at a time: what is not asked for is read over and never held. */
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
 * Hands each row of the tables named to `onRow`, in the order of the file, and waits for it. Takes
 * `{"db":[{"data":{...}}]}` and `{"data":{...}}` alike. Throws an ImportError where the file is no JSON.
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
    await pipeline(openSource(file, onBytes) as Readable, parser, async (rows: AsyncIterable<ParsedRow>) => {
      for await (const { value, stack } of rows) {
        if (typeof value === 'object' && value !== null)
          await onRow(String(stack.at(-1)?.key), value as SourceRecord);
      }
    });
  } catch (error) {
    throw await jsonError(file, error);
  }
}

async function jsonError(file: SourceFile, error: unknown): Promise<unknown> {
  const { name = '', code } = error as NodeJS.ErrnoException;
  if (code?.startsWith('Z_') || code === 'EIO') return readError(file, error);
  if (!/^Token(izer|Parser)Error|^Error$/.test(name) || !/token|Unexpected|JSON|state/i.test(String(error)))
    return error;
  const head = await headOf(file);
  const reason = /^\s*[{[]/.test(head) ? 'JSON that is broken or breaks off' : describe(head);
  return new ImportError(`Expected "${nameOf(file)}" to be a Ghost export, but got: ${reason}.`);
}
