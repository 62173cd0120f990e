import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { progressOf, roundedDown } from '../../../subgraphs/membership/count.ts';

const total = fc.oneof(fc.nat(200), fc.nat(20_000), fc.nat(2_000_000_000));

describe('the member count that is shown', () => {
  it.each([
    [0, 0],
    [9, 0],
    [10, 10],
    [99, 90],
    [149, 100],
    [499, 450],
    [500, 500],
    [9_999, 9_900],
    [25_000, 25_000],
    [25_640, 25_000],
    [99_999, 99_000],
    [128_000, 120_000],
  ])('of %d members is %d', (members, shown) => {
    expect(roundedDown(members)).toBe(shown);
  });

  it('is never above the real one, grows with it, and is the same when rounded again', () => {
    fc.assert(
      fc.property(total, total, (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        expect(roundedDown(less)).toBeLessThanOrEqual(less);
        expect(roundedDown(less)).toBeLessThanOrEqual(roundedDown(more));
        expect(roundedDown(roundedDown(a))).toBe(roundedDown(a));
      }),
    );
  });
});

describe('the progress of a campaign', () => {
  const day = (date: number) => new Date(Date.UTC(2026, 2, date));
  const plan = { goal: 30_000, startsAt: day(1), endsAt: day(20) };

  it.each([
    ['SCHEDULED', day(0), 25_000],
    ['ACTIVE', day(1), 25_000],
    ['ACTIVE', day(19), 29_000],
    ['GOAL_REACHED', day(19), 30_000],
    ['ENDED', day(20), 30_000],
  ])('is %s at %s with %d members', (status, now, members) => {
    expect(progressOf(plan, members, now).status).toBe(status);
  });

  it('never says more than there is', () => {
    expect(progressOf(plan, 25_000, day(2))).toEqual({
      roundedTotal: 25_000,
      remaining: 5_000,
      percent: 83.3,
      status: 'ACTIVE',
    });
    expect(progressOf({ ...plan, endsAt: null }, 40_000, day(100))).toMatchObject({
      remaining: 0,
      percent: 100,
      status: 'GOAL_REACHED',
    });
  });

  it('goes to 100 percent exactly when nothing remains', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), total, (goal, members) => {
        const { percent, remaining } = progressOf({ ...plan, goal }, members, day(2));
        expect(percent === 100).toBe(remaining === 0);
        expect(percent).toBeGreaterThanOrEqual(0);
        expect(percent).toBeLessThanOrEqual(100);
      }),
    );
  });
});
