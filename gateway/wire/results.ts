/** One result, or a stream of results: what an operation yields, and what a subgraph responds with. */

export type Results<Result> = Result | AsyncIterable<Result>;

export function isStream<Result>(results: Results<Result>): results is AsyncIterable<Result> {
  return typeof results === 'object' && results !== null && Symbol.asyncIterator in results;
}

/** Applies `change` to the one result, or to each of a stream when it arrives. */
export function mapResults<From, To>(results: Results<From>, change: (result: From) => To): Results<To> {
  return isStream(results) ? wrap(results, change, () => {}) : change(results);
}

/** The one result. Ends a stream and throws: the caller can deliver a single response only. */
export function singleResult<Result>(results: Results<Result>): Result {
  if (!isStream(results)) return results;
  void results[Symbol.asyncIterator]().return?.();
  throw new Error('Expected a single result, but got: a stream of results.');
}

/** The same stream; `onEnd` is called once, when it ends, fails or is abandoned. */
export function withEnd<Result>(stream: AsyncIterable<Result>, onEnd: () => void): AsyncIterable<Result> {
  let isOver = false;
  return wrap(
    stream,
    (result) => result,
    () => {
      if (!isOver) onEnd();
      isOver = true;
    },
  );
}

/** No generator: the `return` of one that was never started ends nothing within it. */
function wrap<From, To>(
  stream: AsyncIterable<From>,
  change: (result: From) => To,
  end: () => void,
): AsyncIterable<To> {
  return {
    [Symbol.asyncIterator]: () => {
      const inner = stream[Symbol.asyncIterator]();
      return {
        next: async () => {
          try {
            const step = await inner.next();
            if (!step.done) return { done: false, value: change(step.value) };
          } catch (error) {
            end();
            throw error;
          }
          end();
          return { done: true, value: undefined };
        },
        return: async () => {
          end();
          await inner.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
