import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';

import { keepTexts } from '../../../gateway/operation/documentCache.ts';
import { withDeadline } from '../../../gateway/wire/deadline.ts';
import { parseAnswer } from '../../../gateway/wire/parseResponse.ts';
import {
  type CallEnd,
  type SubgraphCall,
  SubgraphFailure,
  type SubgraphRequest,
} from '../../../gateway/wire/subgraphCall.ts';

const request: SubgraphRequest = { query: '{ a }', headers: {} };

/** A call that is never answered and does not listen, and the ends that it was handed. */
function deafCall() {
  const ends: CallEnd[] = [];
  const call: SubgraphCall = (_request, end) => {
    ends.push(end as CallEnd);
    return new Promise(() => {});
  };
  return { call, ends };
}

describe('the deadline of a call', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('ends a call that does not listen, and tells it to stop', async () => {
    const { call, ends } = deafCall();
    const late = expect(withDeadline(1000)(call)(request)).rejects.toMatchObject({ kind: 'late' });
    jest.advanceTimersByTime(999);
    expect(ends[0]?.failure).toBeUndefined();
    jest.advanceTimersByTime(1);
    await late;
    expect(ends[0]?.failure).toMatchObject({ kind: 'late' });
  });

  it('gives each of many calls its own time, with one timer', async () => {
    const { call, ends } = deafCall();
    const timed = withDeadline(1000)(call);
    const calls: Promise<unknown>[] = [];
    for (let place = 0; place < 4; place += 1) {
      calls.push(timed(request).catch((failure: SubgraphFailure) => failure.kind));
      jest.advanceTimersByTime(300);
    }
    const ended = () => ends.map((end) => end.failure !== undefined);
    expect(jest.getTimerCount()).toBe(1);
    expect(ended()).toEqual([true, false, false, false]);
    jest.advanceTimersByTime(99);
    expect(ended()).toEqual([true, false, false, false]);
    jest.advanceTimersByTime(1);
    expect(ended()).toEqual([true, true, false, false]);
    jest.advanceTimersByTime(600);
    expect(await Promise.all(calls)).toEqual(['late', 'late', 'late', 'late']);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('does not end calls that were answered, wherever in the queue they stood', async () => {
    const answers: (() => void)[] = [];
    const ends: CallEnd[] = [];
    const timed = withDeadline(1000)((_request, end) => {
      ends.push(end as CallEnd);
      return new Promise((resolve) => answers.push(() => resolve({ data: {} })));
    });
    const calls = Array.from({ length: 5 }, () => timed(request).then(Object.keys, String));
    for (const place of [2, 0, 4]) answers[place]?.();
    await Promise.all([calls[2], calls[0], calls[4]]);
    jest.advanceTimersByTime(1000);
    await Promise.all(calls);
    expect(ends.map((end) => end.failure?.kind)).toEqual([undefined, 'late', undefined, 'late', undefined]);
  });

  it('ends all calls of a caller who leaves, and no other, with one listener', async () => {
    const { call, ends } = deafCall();
    const timed = withDeadline(1000)(call);
    const [leaver, stayer] = [new AbortController(), new AbortController()];
    const listeners = jest.spyOn(leaver.signal, 'addEventListener');
    const left = [1, 2, 3].map(() => timed({ ...request, signal: leaver.signal }));
    timed({ ...request, signal: stayer.signal }).catch(() => {});
    leaver.abort();
    for (const one of left) await expect(one).rejects.toMatchObject({ kind: 'aborted' });
    expect(ends.map((end) => end.failure?.kind)).toEqual(['aborted', 'aborted', 'aborted', undefined]);
    expect(listeners).toHaveBeenCalledTimes(1);
  });

  it('leaves nothing behind for a signal that outlives its calls', async () => {
    const caller = new AbortController();
    const listeners = jest.spyOn(caller.signal, 'addEventListener');
    const ends: CallEnd[] = [];
    const timed = withDeadline(1000)(async (_request, end) => {
      ends.push(end as CallEnd);
      return { data: null };
    });
    for (let count = 0; count < 100; count += 1) await timed({ ...request, signal: caller.signal });
    const thrower = withDeadline(1000)(() => {
      throw new Error('at once');
    });
    await expect(thrower({ ...request, signal: caller.signal })).rejects.toThrow('at once');
    caller.abort();
    expect(ends.filter((end) => end.failure)).toEqual([]);
    expect(listeners).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(1000);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('makes no call for a caller who has gone', async () => {
    const call = jest.fn<SubgraphCall>();
    const gone = withDeadline(1000)(call)({ ...request, signal: AbortSignal.abort() });
    await expect(gone).rejects.toMatchObject({ kind: 'aborted' });
    expect(call).not.toHaveBeenCalled();
  });
});

describe('the answer of a subgraph', () => {
  it.each(['', 'null', '[]', '"x"', '{}', '{"data":[]}', '{"errors":{}}', '{"errors":[1]}', '{"data":'])(
    'is not %s',
    (text) => expect(() => parseAnswer(text)).toThrow(SubgraphFailure),
  );

  it('is taken or refused, whatever comes', () => {
    fc.assert(
      fc.property(fc.json(), fc.json(), (data, errors) => {
        try {
          const answer = parseAnswer(`{"data":${data},"errors":${errors}}`);
          expect(typeof answer.data).toBe('object');
          for (const error of answer.errors ?? []) expect(typeof error).toBe('object');
        } catch (error) {
          expect(error).toBeInstanceOf(SubgraphFailure);
        }
      }),
    );
  });
});

describe('stored operations', () => {
  it('are kept up to a bound, the least used going first', async () => {
    const kept = keepTexts(25, () => undefined);
    await kept.set('a', 'x'.repeat(9));
    await kept.set('b', 'x'.repeat(9));
    await kept.get('a');
    await kept.set('c', 'x'.repeat(9));
    expect([await kept.get('a'), await kept.get('b'), await kept.get('c')].map(Boolean)).toEqual([
      true,
      false,
      true,
    ]);
    await kept.set('huge', 'x'.repeat(100));
    expect(await kept.get('huge')).toBeUndefined();
  });
});
