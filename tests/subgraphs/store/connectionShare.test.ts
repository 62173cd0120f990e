import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Abandoned, Share, sharedStore, sharesOf } from '../../../subgraphs/store/connectionShare.ts';

/** Work that ends when it is told to. */
function held() {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const work =
    (id: number, fails = false) =>
    () => {
      begun.push(id);
      return new Promise<number>((resolve, reject) => {
        ends.push(() => (fails ? reject(new Error(`no ${id}`)) : resolve(id)));
      });
    };
  return { begun, ends, work };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a share of a database', () => {
  it('lets so many calls begin and no more, in their order, whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.record({ fails: fc.boolean(), throws: fc.boolean() }), { maxLength: 12 }),
        fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
        async (most, calls, picks) => {
          const share = new Share(most);
          const { begun, ends, work } = held();
          const taken = calls.map(({ fails, throws }, id) =>
            share.take(
              throws
                ? () => {
                    begun.push(id);
                    throw new Error(`never ${id}`);
                  }
                : work(id, fails),
            ),
          );
          const outcomes = Promise.allSettled(taken);
          for (const pick of picks) {
            await settled();
            expect(ends.length).toBeLessThanOrEqual(most);
            const [end] = ends.splice(pick % Math.max(1, ends.length), 1);
            end?.();
          }
          expect((await outcomes).map(({ status }) => status)).toEqual(
            calls.map(({ fails, throws }) => (fails || throws ? 'rejected' : 'fulfilled')),
          );
          expect(begun).toEqual(calls.map((_, id) => id));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('never begins what waits when nobody waits for it any more, and is whole after that', async () => {
    const controller = new AbortController();
    const share = new Share(2, controller.signal);
    const { begun, ends, work } = held();
    const taken = [0, 1, 2, 3].map((id) => share.take(work(id)));
    const outcomes = Promise.allSettled(taken);
    controller.abort();
    for (const end of ends) end();
    expect((await outcomes).map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect(begun).toEqual([0, 1]);
    await expect(taken[2]).rejects.toThrow(Abandoned);
    // What has begun goes on to ask, as it would without a share.
    await expect(share.take(async () => 'more')).resolves.toBe('more');
  });

  it('asks once what is asked when it is awaited', async () => {
    let asked = 0;
    const lazy = {
      // biome-ignore lint/suspicious/noThenProperty: a question of Drizzle has one.
      then: (resolve: (value: string) => void) => {
        asked++;
        resolve('answer');
      },
    };
    const share = new Share(1);
    const both = [share.take(() => lazy as Promise<string>), share.take(() => lazy as Promise<string>)];
    expect(await Promise.all(both)).toEqual(['answer', 'answer']);
    expect(asked).toBe(2);
  });

  it('is one for all calls that have one signal, and one for each call without', () => {
    const shareOf = sharesOf(3);
    const { signal } = new AbortController();
    expect(shareOf(signal)).toBe(shareOf(signal));
    expect(shareOf(signal)).not.toBe(shareOf(new AbortController().signal));
    expect(shareOf()).not.toBe(shareOf());
  });

  it('is taken by each function of a store, deep inside too, with what it was given', async () => {
    const { begun, ends, work } = held();
    const store = { find: (id: number) => work(id)(), lists: { all: (id: number) => work(id)() } };
    const shared = sharedStore(store, new Share(1));
    const outcomes = Promise.all([shared.find(1), shared.lists.all(2), shared.find(3)]);
    for (const count of [1, 2, 3]) {
      await settled();
      expect(begun).toHaveLength(count);
      ends.pop()?.();
    }
    expect(await outcomes).toEqual([1, 2, 3]);
  });
});
