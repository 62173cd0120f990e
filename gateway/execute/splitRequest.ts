/** Decides which failures of a merged request justify sending its parts again as separate requests. */
import { type SubgraphError, SubgraphFailure } from '../wire/subgraphCall.ts';

/** Whether one part of a merged request may have caused its failure, so that the other parts may succeed without it. */
export function isOfWhole(failure: unknown): boolean {
  if (!(failure instanceof SubgraphFailure)) return false;
  const { kind, status } = failure;
  return kind === 'malformed' || kind === 'too large' || (kind === 'status' && statusesOfParts.has(status));
}

/** Statuses of requests that are invalid or fail in execution. Any other status concerns the caller, or the server as a whole. */
const statusesOfParts: ReadonlySet<number | undefined> = new Set([400, 422, 500]);

/** Whether all errors refuse the caller or its request rate, whatever the request. */
export function areRefusals(errors: readonly SubgraphError[]): boolean {
  return errors.every(({ extensions }) => {
    const code =
      typeof extensions === 'object' && extensions !== null && 'code' in extensions && extensions.code;
    return typeof code === 'string' && refusals.has(code);
  });
}

const refusals: ReadonlySet<string> = new Set([
  'FORBIDDEN',
  'RATE_LIMITED',
  'TOO_MANY_REQUESTS',
  'UNAUTHENTICATED',
  'UNAUTHORIZED',
]);
