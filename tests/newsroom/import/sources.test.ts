import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { importContent } from '../../../newsroom/import/import.ts';
import { printReport } from '../../../newsroom/import/print.ts';
import { openProgress } from '../../../newsroom/progress.ts';
import { fileOf, folderOf, ghostExport, post } from '../../support/importFiles.ts';
import { memoryStores } from '../../support/memoryStores.ts';

const bring = (path: string, format?: string) =>
  importContent({ path, stores: memoryStores(), by: 'test', ...(format ? { format } : {}) });
const packed = gzipSync(
  ghostExport({
    posts: Array.from({ length: 500 }, (_, id) => post({ id: String(id), html: `<p>${Math.sin(id)}</p>` })),
  }),
);

describe('files to import', () => {
  const broken: [what: string, path: () => string, format: string | undefined, message: string][] = [
    [
      'a file that is not there',
      () => '/nowhere/x.json',
      undefined,
      'Expected "/nowhere/x.json" to be a file or a folder, but there is nothing.',
    ],
    ['an empty file', () => fileOf('x.json', ''), undefined, 'to hold content, but the file is empty.'],
    [
      'JSON that is no export',
      () => fileOf('x.json', '{"pets": []}'),
      undefined,
      'Expected "x.json" to be one of ghost, ghost-members, wikinews, but got: a JSON object that starts with "pets".',
    ],
    [
      'JSON that is no export, said to be one',
      () => fileOf('x.json', '{"pets": []}'),
      'ghost',
      'Expected "x.json" to be a Ghost export, but got: a JSON object that starts with "pets".',
    ],
    [
      'a text, said to be an export',
      () => fileOf('x.json', 'Hello'),
      'ghost',
      'Expected "x.json" to be a Ghost export, but got: a text that starts "Hello".',
    ],
    [
      'an export that breaks off',
      () => fileOf('x.json', ghostExport({ posts: [post({})] }).slice(0, -20)),
      undefined,
      'Expected "x.json" to be a Ghost export, but got: JSON that is broken or breaks off.',
    ],
    [
      'a gzip file that breaks off',
      () => fileOf('x.json.gz', packed.subarray(0, packed.length / 2)),
      undefined,
      'Expected "x.json.gz" to be a whole gzip file, but it breaks off.',
    ],
    [
      'a gzip file that is damaged',
      () =>
        fileOf(
          'x.json.gz',
          Buffer.concat([packed.subarray(0, 400), Buffer.alloc(400), packed.subarray(800)]),
        ),
      'ghost',
      'but it is damaged',
    ],
    [
      'a CSV file without the columns',
      () => fileOf('x.csv', 'a,b\n1,2\n'),
      'wikinews',
      'to be a Wikinews CSV file with the columns url, date, title, text, but got: a, b.',
    ],
    [
      'a CSV file without rows',
      () => fileOf('x.csv', 'email,name\n'),
      undefined,
      'to be a Ghost members CSV file with rows, but it holds none.',
    ],
    [
      'a format nobody knows',
      () => fileOf('x.csv', 'email\n'),
      'word',
      'Expected the format to be one of ghost, ghost-members, wikinews, but got: "word".',
    ],
    ['an empty folder', () => folderOf({ 'x.txt': 'a' }), undefined, 'to hold .json or .csv files'],
  ];
  it.each(broken.map(([what, path, format, message]) => ({ what, path, format, message })))(
    'says what is wrong with $what',
    async ({ path, format, message }) => {
      await expect(bring(path(), format)).rejects.toThrow(message);
    },
  );

  it('are told apart by what is in them, whatever their names say', async () => {
    const members = fileOf('export.json', gzipSync('email,created_at\na@b.example,2024-01-01\n'));
    expect((await bring(members)).files).toMatchObject([{ format: 'ghost-members' }]);
  });

  it('of a folder are all taken, an export before its members, and what is none is noted', async () => {
    const folder = folderOf({
      'a.csv': 'email,created_at\na@b.example,2024-01-01\n',
      'b.json.gz': ghostExport({ posts: [post({})] }),
      'c.json': '{"pets": 1}',
      'd.lexical.json':
        '{ "root": {"children": [{"type": "paragraph", "children": [{"type": "text", "text": "A"}]}]}}',
      'notes.txt': 'no',
    });
    const report = await bring(folder);
    expect(report.files.map(({ format }) => format)).toEqual(['ghost', 'ghost', 'ghost-members']);
    expect(report.counts).toMatchObject({ story: { created: 2 }, member: { created: 1 } });
    // Of the export it is noted that it tells no language.
    expect(report.notes.map(({ records }) => records)).toEqual([['c.json'], ['b.json.gz']]);
  });

  it('tell how much of them is read', async () => {
    const steps: { done: number; total: number }[] = [];
    const path = fileOf('x.json.gz', packed);
    await importContent({ path, stores: memoryStores(), by: 'test', progress: (step) => steps.push(step) });
    expect(steps.at(-1)).toMatchObject({ done: packed.length * 2, total: packed.length * 2 });
  });
});

describe('what people are shown', () => {
  it('is a line for each tenth where there is no terminal', () => {
    const lines: string[] = [];
    const progress = openProgress({ write: (text) => lines.push(text) });
    for (let done = 0; done <= 50; done += 1) progress.show({ done, total: 100, what: 'x' });
    progress.end();
    expect(lines).toEqual(['x: 10 %\n', 'x: 20 %\n', 'x: 30 %\n', 'x: 40 %\n', 'x: 50 %\n']);
  });

  it('is a report with counts, reasons and long lists cut', async () => {
    let clock = 0;
    const html = Array.from(
      { length: 25 },
      (_, number) => `<img class="kg-image" src="https://i.example/${number}.jpg">`,
    ).join('');
    const report = await importContent({
      path: fileOf(
        'x.json',
        ghostExport({ posts: [post({ html }), post({ id: 'p2', slug: 'untold', title: '' })] }),
      ),
      stores: memoryStores(),
      by: 'test',
      now: () => (clock += 2000),
    });
    const text = printReport(report);
    expect(text).toMatch(/^stories +1 +1 +0 +0 +1$/m);
    expect(text).toContain('Inline pictures: 25 in picture cards, 0 in other HTML.');
    expect(text).toContain('Not taken: 1\n  story untold: Expected a post to have a title, but got: none.');
    expect(text).toContain(
      'Pictures in stories whose credit is unknown: 25\n  https://i.example/0.jpg (harbour-opens)\n',
    );
    expect(text).toContain('  ... and 5 more (--report FILE writes them all)\n');
    expect(text).toContain('25 pictures without a size.');
    expect(text).toMatch(/Took 2\.0 s, 1 stories a second\.$/);
    const whole = printReport(report, { isWhole: true });
    expect(whole).not.toContain('more');
    expect(whole).toContain('  https://i.example/24.jpg (harbour-opens)\n');
    expect(whole).toContain('25 pictures without a size.\n  https://i.example/0.jpg\n');
  });

  it('names every record of a note in the whole report', async () => {
    const posts = Array.from({ length: 40 }, (_, id) => post({ id: `n${id}`, slug: `n${id}`, html: null }));
    const report = await bring(fileOf('x.json', ghostExport({ posts })));
    expect(printReport(report)).toContain(
      'The post has no body. (40 times: n0, n1, n2 and 37 more; --report FILE writes them all)',
    );
    expect(printReport(report, { isWhole: true })).toContain(', n38, n39)');
  });
});
