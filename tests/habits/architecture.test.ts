/** ARCHITECTURE.md has a line for each folder, and few words of our own; pages name files that are there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const tops = ['gateway', 'subgraphs', 'partners', 'web', 'newsroom', 'schema'];
const page = readFileSync('ARCHITECTURE.md', 'utf8');

/** The rows of the table in a part of the page, each as its cells. */
function rowsOf(title: string): string[][] {
  const [, part = ''] = page.split(`## ${title}\n`);
  const [own = ''] = part.split('\n## ');
  const table = own.split('\n').filter((line) => line.startsWith('| '));
  return table.slice(1).map((line) => line.split('|').map((cell) => cell.trim()));
}

/** Folders that have source files of their own. */
const folders = tops.flatMap((top) => {
  const files = readdirSync(top, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  return [...new Set(files.map((name) => dirname(join(top, name))))];
});

describe('the map of ARCHITECTURE.md', () => {
  const map = rowsOf('The map').map(([, folder = '', what = '', first = '']) => ({
    folder: folder.replace(/`/g, ''),
    named: [...what.matchAll(/`([\w/]+\/)`/g)].map(([, name]) => name),
    first: /`([\w./]+)`/.exec(first)?.[1] ?? '',
  }));
  const subgraph = 'subgraphs/NAME/';

  it('has each folder, by a line of its own or in that of the folder around it', () => {
    const covered = new Set(
      map.flatMap(({ folder, named }) => [folder, ...named.map((name) => `${folder}${name}`)]),
    );
    const isSubgraph = (folder: string) => existsSync(join(folder, 'subgraph.ts')) && covered.has(subgraph);
    const missing = folders.filter((folder) => !covered.has(`${folder}/`) && !isSubgraph(folder));
    expect(folders.length).toBeGreaterThan(35);
    expect(missing).toEqual([]);
  });

  it('names files to begin with that are there', () => {
    const lost = map.filter(({ folder, first }) => {
      const place = folder === subgraph ? 'subgraphs/articles/' : folder;
      return first === '' || !existsSync(join(place, first));
    });
    expect(lost).toEqual([]);
  });
});

describe('the glossary of ARCHITECTURE.md', () => {
  it('has 25 words at most', () => {
    const words = rowsOf('Glossary').flatMap(([, word = '']) => word.split(', '));
    expect(words.length).toBeGreaterThan(15);
    expect(words.length).toBeLessThanOrEqual(25);
  });
});

describe('the pages', () => {
  const pages = [
    ...readdirSync('.').filter((name) => name.endsWith('.md')),
    ...readdirSync('docs')
      .filter((name) => name.endsWith('.md'))
      .map((name) => join('docs', name)),
  ];

  it.each(pages)('%s leads to files that are there', (name) => {
    const text = readFileSync(name, 'utf8');
    const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, to]) => to as string);
    const local = links.filter((to) => !/^[a-z]+:/.test(to)).map((to) => join(dirname(name), to));
    const paths = [...text.matchAll(/`((?:gateway|subgraphs|partners|web|newsroom|schema)\/[\w./-]+)`/g)];
    const all = [...local, ...paths.map(([, path]) => path as string)];
    expect(all.filter((path) => !path.includes('NAME') && !existsSync(path))).toEqual([]);
  });
});
