import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { importContent } from '../../../newsroom/import/import.ts';
import { fileOf, ghostExport, post } from '../../support/importFiles.ts';
import { memoryStores } from '../../support/memoryStores.ts';

const rows = [
  'email,name,created_at,note',
  'zoe@x.example,Zoë,2021-11-11,"a; b, c\td"',
  'ivo@x.example,Їво,2021-11-12,',
];
const latin = rows.slice(0, 2).join('\n');
const as = (separator: string) =>
  rows.map((row) => row.replace(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/g, separator)).join('\r\n');
const wide = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

async function bring(content: string | Buffer) {
  const stores = memoryStores();
  const report = await importContent({ path: fileOf('m.csv', content), stores, by: 'test' });
  const told = [...stores.kept.members.values()].map(({ content: it }) => [it.name, it.note]);
  return { told, notes: report.notes.map(({ note }) => note) };
}

describe('a CSV file as spreadsheets write it', () => {
  it.each([
    ['with commas', as(',')],
    ['with semicolons', as(';')],
    ['with tabs', as('\t')],
    ['with a line that says the separator', `sep=;\r\n${as(';')}`],
    ['in UTF-8 with a mark', `\uFEFF${as(';')}`],
    ['in UTF-16, as "Unicode text"', wide(as('\t'))],
    ['in UTF-16 with the high byte first', wide(as(',')).swap16()],
  ])('is read %s', async (_, content) => {
    expect(await bring(content)).toEqual({
      told: [
        ['Zoë', 'a; b, c\td'],
        ['Їво', undefined],
      ],
      notes: [],
    });
  });

  it('in Windows-1252 is read as such, and the report tells it', async () => {
    expect(await bring(Buffer.from(`${latin}\nmay@x.example,\x93May\x94,2021-11-11,\n`, 'latin1'))).toEqual({
      told: [
        ['Zoë', 'a; b, c\td'],
        ['“May”', undefined],
      ],
      notes: ['The file is no UTF-8, so it was read as Windows-1252.'],
    });
  });

  it('that is a workbook is named as one', async () => {
    await expect(bring('PK\u0003\u0004…')).rejects.toThrow('a ZIP file, as workbooks are');
  });
});

describe('a file that is larger than it looks', () => {
  const importing = (name: string, content: Buffer) =>
    importContent({ path: fileOf(name, content), stores: memoryStores(), by: 'test' });

  it('is refused where it unpacks to two hundred times its size', async () => {
    const bomb = gzipSync(ghostExport({ posts: [post({ html: ' '.repeat(60_000_000) })] }));
    await expect(importing('bomb.json.gz', bomb)).rejects.toThrow(
      /to (?:unpack to at most 200 times|have no text of more)/,
    );
  });

  it('is refused where one text in it has more than any story', async () => {
    const text = Buffer.from(ghostExport({ posts: [post({ html: `\\"${'x'.repeat(50_000_001)}` })] }));
    await expect(importing('long.json', text)).rejects.toThrow(
      'Expected "long.json" to have no text of more than 50,000,000 bytes, but got: one.',
    );
  });

  it.each([
    ['posts without anything', Array.from({ length: 100_002 }, () => ({}))],
    ['posts without a title', Array.from({ length: 100_002 }, (_, id) => ({ id }))],
  ])('of %s ends with a sentence', async (_, posts) => {
    await expect(importing('broken.json', Buffer.from(ghostExport({ posts })))).rejects.toThrow(
      'Expected "broken.json" to have at most 100,000 posts without an id or a title, but got: more.',
    );
  });

  it('of rows that are no members ends with a sentence', async () => {
    const text = `email\n${'nobody\n'.repeat(100_002)}`;
    await expect(importing('broken.csv', Buffer.from(text))).rejects.toThrow(
      /^Expected at most 100,000 records that cannot be taken, but got: more; the first is member row 2: /,
    );
  });
});
