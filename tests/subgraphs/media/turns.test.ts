import { describe, expect, it } from '@jest/globals';
import { BusyError, createTurns } from '../../../subgraphs/media/turns.ts';

/** Work that ends when told to. */
function piece() {
  let end: (result: string) => void = () => {};
  let begun = false;
  const result = new Promise<string>((resolve) => {
    end = resolve;
  });
  const work = () => {
    begun = true;
    return result;
  };
  return { work, end: (text: string) => end(text), isBegun: () => begun };
}

const anybody = { client: '192.0.2.1' };

describe('turns', () => {
  it('run few at a time, each key once, in order, and refuse those who would wait too long', async () => {
    const turn = createTurns<string>({ atOnce: 2, waiting: 1, waitingOfClient: 1 });
    const [a, b, c, d] = [piece(), piece(), piece(), piece()];
    const first = turn('a', a.work, anybody);
    expect(turn('a', d.work, anybody)).toBe(first);
    const second = turn('b', b.work, anybody);
    const third = turn('c', c.work, anybody);
    await expect(turn('d', d.work, anybody)).rejects.toBeInstanceOf(BusyError);
    expect([a, b, c, d].map((each) => each.isBegun())).toEqual([true, true, false, false]);
    a.end('A');
    expect(await first).toBe('A');
    b.end('B');
    c.end('C');
    expect(await Promise.all([second, third])).toEqual(['B', 'C']);
    expect(c.isBegun()).toBe(true);
  });

  it('go on after work that failed', async () => {
    const turn = createTurns<string>({ atOnce: 1, waiting: 5, waitingOfClient: 5 });
    const failed = turn('a', () => Promise.reject(new Error('no')), anybody);
    const next = turn('b', async () => 'B', anybody);
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('B');
    expect(await turn('a', async () => 'A', anybody)).toBe('A');
  });

  it('serve clients in rotation: who asks for much waits behind who asks for little', async () => {
    const turn = createTurns<void>({ atOnce: 1, waiting: 100, waitingOfClient: 50 });
    const done: string[] = [];
    const first = piece();
    const begun = turn('first', () => first.work().then(() => undefined), { client: 'flood' });
    const flood = Array.from({ length: 50 }, (_, at) =>
      turn(`flood ${at}`, async () => void done.push(`flood ${at}`), { client: 'flood' }),
    );
    const reader = turn('reader', async () => void done.push('reader'), { client: 'reader' });
    first.end('');
    await Promise.all([begun, ...flood, reader]);
    expect(done.indexOf('reader')).toBe(1);
    expect(done).toHaveLength(51);
  });

  it('refuse a client that has too much waiting, and nobody else', async () => {
    const turn = createTurns<string>({ atOnce: 1, waiting: 100, waitingOfClient: 2 });
    const first = piece();
    const ask = (key: string, client: string) => turn(key, first.work, { client });
    const taken = [ask('a', 'flood'), ask('b', 'flood'), ask('c', 'flood')];
    await expect(ask('d', 'flood')).rejects.toBeInstanceOf(BusyError);
    taken.push(ask('e', 'reader'));
    first.end('done');
    expect(await Promise.all(taken)).toEqual(['done', 'done', 'done', 'done']);
  });

  it('do quick work before slow work, and keep a place for it', async () => {
    const turn = createTurns<string>({ atOnce: 2, waiting: 10, waitingOfClient: 10 });
    const [slow, slower, quick] = [piece(), piece(), piece()];
    const all = [
      turn('slow', slow.work, { client: 'reader', isSlow: true }),
      turn('slower', slower.work, { client: 'reader', isSlow: true }),
      turn('quick', quick.work, { client: 'reader' }),
    ];
    expect([slow, slower, quick].map((each) => each.isBegun())).toEqual([true, false, true]);
    for (const each of [slow, slower, quick]) each.end('done');
    expect(await Promise.all(all)).toEqual(['done', 'done', 'done']);
  });
});
