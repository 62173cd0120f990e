import { mkdir, mkdtemp, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type Watch,
  type WatchOptions,
  watchSupergraph,
} from '../../../gateway/supergraph/watchSupergraph.ts';
import { tinySupergraph } from '../../support/tiny-graph.ts';

const neverMs = 3_600_000;
const first = tinySupergraph();
const second = tinySupergraph({ writers: 'http://writers-2.test/graphql' });
const third = tinySupergraph({ writers: 'http://writers-3.test/graphql' });

let folder: string;
let file: string;
let watch: Watch | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dateline-watch-'));
  file = join(folder, 'supergraph.graphql');
  await writeFile(file, first);
});
afterEach(async () => {
  watch?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A watch that is looked at by hand, with what was taken and told. */
function watched(options: Partial<WatchOptions> = {}) {
  const taken: string[] = [];
  const told: string[] = [];
  const waiting: (() => void)[] = [];
  watch = watchSupergraph({
    source: file,
    sdl: first,
    pollMs: neverMs,
    onProblem: (sentence) => void told.push(sentence),
    ...options,
    take: async (sdl) => {
      await options.take?.(sdl);
      taken.push(sdl);
      for (const wake of waiting.splice(0)) wake();
    },
  });
  const someTaken = () => new Promise<void>((resolve) => void waiting.push(resolve));
  return { taken, told, someTaken, look: watch.look };
}

describe('the file of a supergraph', () => {
  it('is taken when another is put in its place, as editors do', async () => {
    const { taken, someTaken } = watched();
    const seen = someTaken();
    await writeFile(join(folder, '.new'), second);
    await rename(join(folder, '.new'), file);
    await seen;
    expect(taken).toEqual([second]);
  });

  it('is taken when a link above it is put in place, as Kubernetes does', async () => {
    for (const [name, sdl] of [
      ['one', first],
      ['two', second],
    ] as const) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, 'supergraph.graphql'), sdl);
    }
    await unlink(file);
    await symlink('one', join(folder, '..data'));
    await symlink(join('..data', 'supergraph.graphql'), file);
    const { taken, someTaken } = watched();
    const seen = someTaken();
    await symlink('two', join(folder, '..new'));
    await rename(join(folder, '..new'), join(folder, '..data'));
    await seen;
    expect(taken).toEqual([second]);
  });

  it('is looked at from time to time, where nothing in its folder tells of the change', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'dateline-elsewhere-'));
    try {
      await writeFile(join(elsewhere, 'real.graphql'), first);
      await unlink(file);
      await symlink(join(elsewhere, 'real.graphql'), file);
      const { taken, someTaken } = watched({ pollMs: 20 });
      const seen = someTaken();
      await writeFile(join(elsewhere, 'real.graphql'), second);
      await seen;
      expect(taken.at(-1)).toBe(second);
    } finally {
      await rm(elsewhere, { recursive: true, force: true });
    }
  });

  it('changes nothing when it is written again as it was', async () => {
    const { taken, told, look } = watched();
    await writeFile(file, first);
    await look();
    expect([taken, told]).toEqual([[], []]);
  });

  it('is told of once in a sentence when it is broken, and taken when it is whole again', async () => {
    const { taken, told, look } = watched();
    await writeFile(file, 'type Query { a: Int }');
    await look();
    await look();
    expect(taken).toEqual([]);
    expect(told).toEqual([expect.stringMatching(/supergraph\.graphql to be a composed supergraph/)]);
    await writeFile(file, first);
    await look();
    expect(taken).toEqual([]);
    await writeFile(file, second);
    await look();
    expect(taken).toEqual([second]);
    expect(told).toHaveLength(1);
  });

  it('is told of when it is gone, and again when it goes a second time', async () => {
    const { taken, told, look } = watched();
    const gone = `Expected the supergraph ${file} to be a readable file, but got: no such file.`;
    await unlink(file);
    await look();
    await look();
    expect(told).toEqual([gone]);
    await writeFile(file, first);
    await look();
    await unlink(file);
    await look();
    expect(told).toEqual([gone, gone]);
    expect(taken).toEqual([]);
  });

  it('is told of when nobody can run it, and not tried again until it changes', async () => {
    let tries = 0;
    const { taken, told, look } = watched({
      take: async (sdl) => {
        tries++;
        if (sdl === second) throw new Error('Expected a supergraph that this gateway can run.');
      },
    });
    await writeFile(file, second);
    await look();
    await writeFile(file, second);
    await look();
    expect([tries, taken, told]).toEqual([1, [], ['Expected a supergraph that this gateway can run.']]);
    await writeFile(file, third);
    await look();
    expect([tries, taken]).toEqual([2, [third]]);
  });

  it('is taken as it is at the end, when it changes while one is being taken', async () => {
    const { taken, look } = watched({
      take: async (sdl) => {
        if (sdl !== second) return;
        for (const text of [first, third]) {
          await writeFile(file, text);
          void look();
        }
      },
    });
    await writeFile(file, second);
    await look();
    expect(taken).toEqual([second, third]);
  });

  it('is not looked at any longer after the end', async () => {
    const { taken, look } = watched();
    watch?.stop();
    await writeFile(file, second);
    await look();
    expect(taken).toEqual([]);
  });
});
