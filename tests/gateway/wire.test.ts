import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'graphql';
import { placesOf } from '../../gateway/execute/places.ts';
import { keepTexts } from '../../gateway/operation/keep.ts';
import { parseAnswer } from '../../gateway/wire/answer.ts';
import { type SubgraphCall, SubgraphFailure, type SubgraphRequest } from '../../gateway/wire/call.ts';
import { withDeadline } from '../../gateway/wire/deadline.ts';

const request: SubgraphRequest = { query: '{ a }', headers: {} };

describe('the deadline of a call', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('ends a call that does not listen, and tells it to stop', async () => {
    let signal: AbortSignal | undefined;
    const deaf: SubgraphCall = (asked) => {
      signal = asked.signal;
      return new Promise(() => {});
    };
    const late = expect(withDeadline(1000)(deaf)(request)).rejects.toMatchObject({ kind: 'late' });
    jest.advanceTimersByTime(999);
    expect(signal?.aborted).toBe(false);
    jest.advanceTimersByTime(1);
    await late;
    expect(signal?.aborted).toBe(true);
  });

  it('leaves no timer and no listener behind', async () => {
    const caller = new AbortController();
    const removed = jest.spyOn(caller.signal, 'removeEventListener');
    const call = withDeadline(1000)(async () => ({ data: null }));
    await call({ ...request, signal: caller.signal });
    const thrower = withDeadline(1000)(() => {
      throw new Error('at once');
    });
    await expect(thrower({ ...request, signal: caller.signal })).rejects.toThrow('at once');
    expect(jest.getTimerCount()).toBe(0);
    expect(removed).toHaveBeenCalledTimes(2);
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

describe('the places that a fetch fills', () => {
  const places = (text: string, variables?: Record<string, unknown>) => placesOf(parse(text), variables, 5);

  it('are the fields of the root by the names in the answer', () => {
    expect(places('{ a b: c { d } ... on Query { e } ...F } fragment F on Query { f }')).toEqual([
      ['a'],
      ['b'],
      ['e'],
      ['f'],
    ]);
  });

  it('are the fields of each entity by its type, and not without end', () => {
    const text = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on A { __typename x } ... on B { y z } }
    }`;
    const [a, b] = [{ __typename: 'A' }, { __typename: 'B' }];
    expect(places(text, { representations: [a, b] })).toEqual([
      ['_entities', 0, 'x'],
      ['_entities', 1, 'y'],
      ['_entities', 1, 'z'],
    ]);
    expect(places(text, { representations: [b, b, b, b] })).toHaveLength(5);
  });
});

describe('stored operations', () => {
  it('are kept up to a bound, the least used going first', async () => {
    const kept = keepTexts(25);
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
