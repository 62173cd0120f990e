/** Detects the encoding and the separator of text files from spreadsheets. */
import { openSource, type SourceFile } from './source.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** The encoding by a byte order mark; undefined without one. */
export function markedEncoding(bytes: Uint8Array): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : undefined;
}

/**
 * The encoding of a whole file. Without a mark and invalid as UTF-8 it is Windows-1252, in which every byte is a
 * character.
 */
export async function encodingOf(file: SourceFile): Promise<Encoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isFirst = true;
  const source = openSource(file);
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      const marked = isFirst ? markedEncoding(chunk) : undefined;
      if (marked !== undefined && marked !== 'utf-8') return marked;
      isFirst = false;
      if (!isUtf8(decoder, chunk)) return 'windows-1252';
    }
    return isUtf8(decoder) ? 'utf-8' : 'windows-1252';
  } finally {
    source.destroy();
  }
}

function isUtf8(decoder: TextDecoder, chunk?: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined });
    return true;
  } catch {
    return false;
  }
}

/** Bytes as text; UTF-8 passes unchanged, since every parser reads it. */
export function decoded(encoding: Encoding) {
  return async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer | string> {
    if (encoding === 'utf-8') {
      yield* chunks;
      return;
    }
    const decoder = new TextDecoder(encoding);
    for await (const chunk of chunks) {
      const text = decoder.decode(chunk, { stream: true });
      if (text !== '') yield text;
    }
    const rest = decoder.decode();
    if (rest !== '') yield rest;
  };
}

export interface Sheet {
  separator: ',' | ';' | '\t';
  /** Column names in lower case. */
  columns: string[];
  /** Whether a line before the columns names the separator. */
  hasHint: boolean;
}

const separators = [',', ';', '\t'] as const;

/** The separator of a file by its beginning: the most frequent candidate in the first line. */
export function sheetIn(head: string): Sheet {
  const [first = '', second = ''] = head.slice(0, 20_000).split(/\r\n|\n|\r/, 2);
  const hint = separators.find(
    (sign) => first.trim().replace(/"/g, '').toLowerCase() === `sep=${sign}`.trim(),
  );
  const isTab = /^"?sep=\t"?$/i.test(first);
  const hasHint = hint !== undefined || isTab;
  const line = (hasHint ? second : first).replace(/"[^"]*"/g, (quoted) => quoted.replace(/[,;\t]/g, ' '));
  const counted = separators.map((sign) => ({ sign, count: line.split(sign).length }));
  const [most] = counted.sort((a, b) => b.count - a.count);
  const separator = isTab ? '\t' : (hint ?? most?.sign ?? ',');
  const columns = line.split(separator).map((name) => name.trim().replace(/^"|"$/g, '').trim().toLowerCase());
  return { separator, columns, hasHint };
}
