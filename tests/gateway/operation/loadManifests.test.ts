/** The setting OPERATIONS: several manifests, one for each version of an app, and what is wrong with one. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { loadStored } from '../../../gateway/operation/loadManifests.ts';
import { readSettings } from '../../../gateway/settings.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dateline-manifests-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const operation = (name: string, body: string, id = createHash('sha256').update(body).digest('hex')) => ({
  ...{ id, name, body },
  type: 'query',
});
const first = operation('Story', 'query Story { story(id: 1) { title } }');
const second = operation('Story', 'query Story { story(id: 1) { id title } }');
const other = operation('Stories', 'query Stories { stories { title } }');

/** Writes a manifest, or a text that is none, and returns its path. */
function write(path: string, content: object[] | string): string {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  const text =
    typeof content === 'string'
      ? content
      : JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations: content });
  writeFileSync(file, text);
  return file;
}

const messageOf = (sources: string[], limits?: Parameters<typeof loadStored>[1]) =>
  loadStored(sources, limits).then(
    () => 'loaded',
    (error: Error) => `${error.name}: ${error.message.replaceAll(folder, '')}`,
  );

describe('manifests', () => {
  it('are read from files and from folders, and have each operation once', async () => {
    const file = write('web.json', [first, other]);
    write('ios/1.json', [first]);
    write('ios/2.json', [second]);
    write('ios/README.md', 'not a manifest');
    const stored = await loadStored([file, join(folder, 'ios')]);
    expect(stored.all.map(({ id }) => id)).toEqual([first.id, other.id, second.id]);
    for (const { id, body } of [first, second, other]) {
      expect(stored.byId(id)?.body).toBe(body);
      expect(stored.byId(`sha256:${id}`)?.body).toBe(body);
      expect(stored.holds(parse(body))).toBe(true);
    }
    expect(stored.holds(parse('query Story { story(id: 1) { id } }'))).toBe(false);
    expect(stored.holds(parse('{ story(id: 1) { title } }'))).toBe(false);
    expect(stored.holds(parse(`${first.body} ${other.body}`))).toBe(false);
  });

  it('are listed with commas in the setting', () => {
    const { operations } = readSettings({ OPERATIONS: ' a.json, apps/ios ' });
    expect(operations).toEqual(['a.json', 'apps/ios']);
    expect(() => readSettings({ OPERATIONS: 'a.json,,b.json' })).toThrow(
      'Expected OPERATIONS to be a list of at most 100 files and folders with commas between, but got: a.json,,b.json.',
    );
    expect(() => readSettings({ OPERATIONS: Array(101).fill('a.json').join() })).toThrow(/at most 100 files/);
  });

  const faults: [string, object[] | string, string][] = [
    ['that is not JSON', 'no', 'to be JSON, but got: another format.'],
    ['of another format', '{}', 'to be a manifest of persisted queries, but at format got: Invalid input'],
    [
      'with a body that is not GraphQL',
      [operation('Story', 'query Story {')],
      'with one query named Story at operations.0.body, but got: Syntax Error: Expected Name, found <EOF>.',
    ],
    [
      'with two operations in one body',
      [first, operation('Two', 'query Two { a } query Three { a }')],
      'with one query named Two at operations.1.body, but got: 2 operations.',
    ],
    [
      'with a body of another name',
      [operation('Story', 'query Other { a }')],
      'with one query named Story at operations.0.body, but got: query Other.',
    ],
    [
      'with a body of another kind',
      [operation('Story', 'mutation Story { a }')],
      'with one query named Story at operations.0.body, but got: mutation Story.',
    ],
  ];
  it.each(faults)('are refused with one %s, by the name of its file', async (name, content, reason) => {
    const path = `faults/${name.replaceAll(' ', '-')}.json`;
    const file = write(path, content);
    const message = await messageOf([file]);
    expect(message).toContain(`StartError: Expected /${path} in OPERATIONS to be`);
    expect(message).toContain(reason);
  });

  it('are refused when two give one id different texts', async () => {
    const one = write('conflict/a.json', [first]);
    const two = write('conflict/b.json', [{ ...second, id: first.id }]);
    expect(await messageOf([one, two])).toBe(
      `StartError: Expected OPERATIONS to be manifests with one text for each id, but got: two texts for ${first.id}, in /conflict/a.json and /conflict/b.json.`,
    );
    const alone = write('conflict/c.json', [first, { ...second, id: first.id }]);
    expect(await messageOf([alone])).toContain('in /conflict/c.json and /conflict/c.json.');
  });

  it('are refused when one is missing, or a folder has none', async () => {
    expect(await messageOf([join(folder, 'none.json')])).toBe(
      'StartError: Expected OPERATIONS to be files and folders that can be read, but got: ENOENT at /none.json.',
    );
    mkdirSync(join(folder, 'empty'));
    expect(await messageOf([join(folder, 'empty')])).toBe(
      'StartError: Expected OPERATIONS to be files and folders with manifests, but got: no .json file in /empty.',
    );
  });

  it('are refused beyond each limit', async () => {
    write('many/1.json', [first]);
    write('many/2.json', [second]);
    const many = [join(folder, 'many')];
    const limits = { files: 2, bytes: 10_000, operations: 2 };
    expect(await messageOf(many, limits)).toBe('loaded');
    expect(await messageOf(many, { ...limits, files: 1 })).toContain(
      'at most 1 manifests, but got: 2 in /many.',
    );
    expect(await messageOf([...many, ...many], { ...limits, files: 3 })).toContain('at most 3 manifests');
    expect(await messageOf(many, { ...limits, bytes: 300 })).toContain('at most 300 bytes together');
    expect(await messageOf(many, { ...limits, operations: 1 })).toContain('at most 1 operations together');
  });
});
