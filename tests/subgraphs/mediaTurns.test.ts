import { describe, expect, it } from '@jest/globals';
import { BusyError, createTurns } from '../../subgraphs/media/turns.ts';

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

describe('turns', () => {
  it('run few at a time, each key once, in order, and refuse those who would wait too long', async () => {
    const turn = createTurns<string>({ atOnce: 2, waiting: 1 });
    const [a, b, c, d] = [piece(), piece(), piece(), piece()];
    const first = turn('a', a.work);
    expect(turn('a', d.work)).toBe(first);
    const second = turn('b', b.work);
    const third = turn('c', c.work);
    await expect(turn('d', d.work)).rejects.toBeInstanceOf(BusyError);
    expect([a, b, c, d].map((each) => each.isBegun())).toEqual([true, true, false, false]);
    a.end('A');
    expect(await first).toBe('A');
    b.end('B');
    c.end('C');
    expect(await Promise.all([second, third])).toEqual(['B', 'C']);
    expect(c.isBegun()).toBe(true);
  });

  it('go on after work that failed', async () => {
    const turn = createTurns<string>({ atOnce: 1, waiting: 5 });
    const failed = turn('a', () => Promise.reject(new Error('no')));
    const next = turn('b', async () => 'B');
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('B');
    expect(await turn('a', async () => 'A')).toBe('A');
  });
});
