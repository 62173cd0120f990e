/**
 * Counts what a piece of work does, so that growth can be asserted without a clock: how often each block of code ran, by V8's own
 * coverage, and how many elements and characters the functions of the language went through, which coverage does not see.
 */
import { type Profiler, Session } from 'node:inspector';

type Method = (this: { length: number }, ...given: unknown[]) => unknown;

/** Functions that go through all of what they are called on, and what one call costs. */
const arrays = [
  'unshift',
  'shift',
  'splice',
  'indexOf',
  'includes',
  'concat',
  'join',
  'reverse',
  'sort',
] as const;
const texts = [
  'replace',
  'replaceAll',
  'split',
  'matchAll',
  'match',
  'toLowerCase',
  'trim',
  'trimEnd',
  'normalize',
] as const;
const searches = ['indexOf', 'includes', 'lastIndexOf', 'search'] as const;

export interface StepCounter {
  /** How many steps some work takes. */
  count(work: () => void): number;
  close(): void;
}

/** Opens a counter. Code that is loaded after this is counted block by block. */
export function openStepCounter(): StepCounter {
  const session = new Session();
  session.connect();
  const post = <Answer>(method: string, given?: object): Answer => {
    let answer: unknown;
    session.post(method, given ?? {}, (error, result) => {
      if (error) throw error;
      answer = result;
    });
    return answer as Answer;
  };
  post('Profiler.enable');
  post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  let builtIn = 0;
  return {
    count(work) {
      post('Profiler.takePreciseCoverage');
      builtIn = 0;
      const restore = watch((cost) => {
        builtIn += cost;
      });
      try {
        work();
      } finally {
        restore();
      }
      const { result } = post<Profiler.TakePreciseCoverageReturnType>('Profiler.takePreciseCoverage');
      let steps = builtIn;
      for (const { functions, url } of result)
        if (!url.startsWith('node:') && !url.endsWith('steps.ts'))
          for (const { ranges } of functions) for (const { count } of ranges) steps += count;
      return steps;
    },
    close() {
      post('Profiler.stopPreciseCoverage');
      session.disconnect();
    },
  };
}

/** Has the functions tell what they cost, until the function that it answers is called. */
function watch(tell: (cost: number) => void): () => void {
  const restores: (() => void)[] = [];
  const wrap = (prototype: object, name: string, costOf: (length: number, result: unknown) => number) => {
    const own = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor;
    const method = own.value as Method;
    Object.defineProperty(prototype, name, {
      ...own,
      value(this: { length: number }, ...given: unknown[]) {
        const { length } = this;
        const result = method.apply(this, given);
        tell(costOf(length, result));
        return result;
      },
    });
    restores.push(() => Object.defineProperty(prototype, name, own));
  };
  for (const name of arrays) wrap(Array.prototype, name, (length) => length);
  wrap(Array.prototype, 'slice', (_, result) => (result as unknown[]).length);
  for (const name of texts) wrap(String.prototype, name, (length) => length);
  for (const name of searches)
    wrap(String.prototype, name, (length, found) => (typeof found === 'number' && found >= 0 ? 1 : length));
  return () => {
    for (const restore of restores) restore();
  };
}
