/** docs/caches.md names the file of every cache, and no file that is gone. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const folders = ['gateway', 'subgraphs', 'partners', 'web', 'newsroom', 'schema'];

const sources = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name)),
);

const namedFiles = (page: string): string[] =>
  [...page.matchAll(/`((?:gateway|subgraphs|partners|web|newsroom|schema)\/[\w./-]+\.tsx?)`/g)].map(
    ([, name]) => name as string,
  );

describe('the page of caches', () => {
  const named = namedFiles(readFileSync('docs/caches.md', 'utf8'));

  it('names every file that makes an LRUCache, a WeakMap or a WeakSet', () => {
    const owners = sources.filter((name) =>
      /\bnew (?:LRUCache|WeakMap|WeakSet)\b/.test(readFileSync(name, 'utf8')),
    );
    expect(owners.length).toBeGreaterThan(30);
    expect(owners.filter((name) => !named.includes(name))).toEqual([]);
  });

  it('names no file that is not there', () => {
    expect(named.filter((name) => !existsSync(name))).toEqual([]);
  });
});
