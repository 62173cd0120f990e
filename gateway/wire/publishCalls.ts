/** Publishes each subgraph call with its duration and outcome, where something listens. */
import { channels, secondsSince } from '../../kit/channels.ts';
import { isStream } from './results.ts';
import { type Layer, SubgraphFailure } from './subgraphCall.ts';

/** The outermost layer: what other layers do for a call, such as retries, is part of its duration. */
export const publishCalls: Layer =
  (call, { name: subgraph }) =>
  async (request, end) => {
    if (!channels.subgraphCall.hasSubscribers) return call(request, end);
    const startMs = performance.now();
    const publish = (outcome: string) =>
      channels.subgraphCall.publish({ subgraph, outcome, seconds: secondsSince(startMs) });
    try {
      const results = await call(request, end);
      publish(!isStream(results) && results.errors?.length ? 'errors' : 'ok');
      return results;
    } catch (error) {
      publish(error instanceof SubgraphFailure ? error.kind : 'error');
      throw error;
    }
  };
