/** Detects the format of a file by its content. */
import { sheetIn } from './sheet.ts';
import { headOf, ImportError, nameOf, type SourceFile } from './source.ts';

export const formats = ['ghost', 'ghost-members', 'wikinews'] as const;
export type Format = (typeof formats)[number];

/** The format with this name. */
export function formatNamed(name: string): Format {
  const format = formats.find((it) => it === name);
  if (format) return format;
  throw new ImportError(`Expected the format to be one of ${formats.join(', ')}, but got: "${name}".`);
}

/** The format of a file. Throws an ImportError that describes the content when no format matches. */
export async function detectFormat(file: SourceFile): Promise<Format> {
  const head = (await headOf(file)).trimStart();
  const format = head.startsWith('{') || head.startsWith('[') ? jsonFormat(head) : csvFormat(head);
  if (format) return format;
  throw new ImportError(
    `Expected "${nameOf(file)}" to be one of ${formats.join(', ')}, but got: ${describe(head)}.`,
  );
}

/** A short description of content that is no known format. */
export function describe(head: string): string {
  const text = head.trimStart();
  if (text === '') return 'nothing but white space';
  if (text.startsWith('PK\u0003\u0004'))
    return 'a ZIP file, as workbooks are; a spreadsheet saves one as CSV';
  if (text.startsWith('[')) return 'a JSON list';
  if (text.startsWith('{')) {
    const key = /^\{\s*"([^"]{1,60})"/.exec(text)?.[1];
    return key ? `a JSON object that starts with "${key}"` : 'a JSON object';
  }
  const line = text.slice(0, text.search(/[\r\n]|$/));
  return line.includes('\uFFFD') || line.includes('\0')
    ? 'no text'
    : `a text that starts "${line.slice(0, 80)}"`;
}

function jsonFormat(head: string): Format | undefined {
  const isExport = /^\{\s*"(db"\s*:\s*\[|meta"\s*:\s*\{|data"\s*:\s*\{)/.test(head);
  const isLexical = /^\{\s*"root"\s*:\s*\{/.test(head);
  return isExport || isLexical ? 'ghost' : undefined;
}

function csvFormat(head: string): Format | undefined {
  const { columns } = sheetIn(head);
  if (['url', 'date', 'title', 'text'].every((name) => columns.includes(name))) return 'wikinews';
  if (columns.includes('email')) return 'ghost-members';
  return undefined;
}
