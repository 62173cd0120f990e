/** Logs operations that took long, with their subgraph calls. */
import type { Logger } from 'pino';
import { channels } from '../kit/channels.ts';
import { printable } from './boundedLabels.ts';

/** The calls of one line; an operation may make thousands. */
const maxCalls = 20;

/** Logs operations of at least `thresholdMs` milliseconds; none if that is 0. Returns a function that ends it. */
export function openSlowLog(thresholdMs: number, log: Pick<Logger, 'warn'>): () => void {
  if (thresholdMs === 0) return () => {};
  return channels.operation.subscribe(({ operation, client, seconds, outcome, calls, requestId }) => {
    const ms = Math.round(seconds * 1000);
    if (ms < thresholdMs) return;
    const slowest = [...calls].sort((one, other) => other.durationMs - one.durationMs).slice(0, maxCalls);
    const lines = slowest.map(({ subgraph, durationMs }) => ({ subgraph, ms: Math.round(durationMs) }));
    log.warn(
      { requestId, operation: printable(operation), client: printable(client), ms, outcome, calls: lines },
      'slow operation',
    );
  });
}
