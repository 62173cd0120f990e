/** Ends a call to a subgraph when its time is up or when the caller has gone. */
import { type Layer, SubgraphFailure } from './call.ts';

/**
 * A layer that gives each call `timeoutMs` milliseconds. The call gets one signal for both ends, and the layer
 * answers at once even when what is under it does not listen to that signal.
 */
export function withDeadline(timeoutMs: number): Layer {
  return (call) => (request) => {
    const { signal: caller } = request;
    if (caller?.aborted) return Promise.reject(new SubgraphFailure('aborted', 'The caller has gone.'));
    const controller = new AbortController();
    return new Promise((resolve, reject) => {
      const end = (failure: SubgraphFailure) => {
        reject(failure);
        controller.abort(failure);
      };
      const onAbort = () => end(new SubgraphFailure('aborted', 'The caller has gone.'));
      const timer = setTimeout(
        () => end(new SubgraphFailure('late', `Expected an answer in ${timeoutMs} ms, but got: none.`)),
        timeoutMs,
      );
      caller?.addEventListener('abort', onAbort, { once: true });
      // The timer and the listener go with the call: ten thousand calls a second must leave nothing behind.
      const run = async () => call({ ...request, signal: controller.signal });
      run()
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(timer);
          caller?.removeEventListener('abort', onAbort);
        });
    });
  };
}
