/** Text files as spreadsheets write them: in which encoding, and which sign separates the columns. */
import { openSource, type SourceFile } from './source.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** The encoding that the first bytes tell; undefined where they tell none. */
export function markedEncoding(bytes: Uint8Array): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : undefined;
}

/** The encoding of a whole file. What has no mark and is no UTF-8 is Windows-1252, in which every byte is a sign. */
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

/** Bytes as text; UTF-8 stays as it is, since every reader takes it. */
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
  /** The names of the columns, in small letters. */
  columns: string[];
  /** Whether a line before the columns says the separator. */
  hasHint: boolean;
}

const separators = [',', ';', '\t'] as const;

/** How the columns of a file that starts so are separated: by what stands most often in its first line. */
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
