/** Files for tests of importers: written to a folder of their own, and Ghost exports of a few rows. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

type Row = Record<string, unknown>;

/** Writes files into a new folder and answers its path; a name that ends in .gz is packed. */
export function folderOf(files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-import-'));
  for (const [name, content] of Object.entries(files))
    writeFileSync(
      join(folder, name),
      name.endsWith('.gz') && typeof content === 'string' ? gzipSync(content) : content,
    );
  return folder;
}

/** Writes one file and answers its path. */
export function fileOf(name: string, content: string | Buffer): string {
  return join(folderOf({ [name]: content }), name);
}

/** A Ghost export with these tables, in the order given. */
export function ghostExport(data: Record<string, Row[]>): string {
  return JSON.stringify({ db: [{ meta: { exported_on: 1, version: '5.0.0' }, data }] });
}

/** A published post; what is given replaces what stands here. */
export function post(fields: Row): Row {
  return {
    id: 'p1',
    title: 'Harbour opens',
    slug: 'harbour-opens',
    html: '<p>Boats came in.</p>',
    type: 'post',
    status: 'published',
    visibility: 'public',
    published_at: '2024-05-31T12:00:00.000Z',
    updated_at: '2024-06-01T12:00:00.000Z',
    created_at: '2024-05-30T12:00:00.000Z',
    ...fields,
  };
}
