import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { importContent } from '../../../newsroom/import/import.ts';
import { printReport } from '../../../newsroom/import/print.ts';
import { openReportFile } from '../../../newsroom/import/reportFile.ts';
import { sourceFiles } from '../../../newsroom/import/source.ts';
import { fileOf, ghostExport, post } from '../../support/importFiles.ts';
import { memoryStores } from '../../support/memoryStores.ts';

const html = Array.from({ length: 30 }, (_, id) => `<img src="https://i.example/${id}.jpg">`).join('');
const source = () => fileOf('x.json', ghostExport({ posts: [post({ html })] }));

describe('a file for the report', () => {
  it('holds the whole report, in place of one that stood there', async () => {
    const path = source();
    const file = fileOf('report.txt', 'old '.repeat(10_000));
    const write = await openReportFile(file, await sourceFiles(path));
    const report = await importContent({ path, stores: memoryStores(), by: 'test' });
    await write(report);
    expect(readFileSync(file, 'utf8')).toBe(`${printReport(report, { isWhole: true })}\n`);
    expect(readFileSync(file, 'utf8')).toContain('https://i.example/29.jpg');
  });

  it('is refused before the import where it cannot be written', async () => {
    const path = source();
    await expect(openReportFile('/nowhere/report.txt', await sourceFiles(path))).rejects.toThrow(
      'Expected --report to be a file that can be written, but got: "/nowhere/report.txt" (ENOENT).',
    );
  });

  it('is never the file to import', async () => {
    const path = source();
    const before = readFileSync(path, 'utf8');
    const same = join(dirname(path), '.', 'x.json');
    await expect(openReportFile(same, await sourceFiles(path))).rejects.toThrow(
      'Expected --report to be another file than those to import, but got',
    );
    expect(readFileSync(path, 'utf8')).toBe(before);
  });
});
