/** Which failures of a merged request are worth asking again for, in its parts. */
import { type SubgraphError, SubgraphFailure } from '../wire/subgraphCall.ts';

/** Whether a request failed for what one of its parts may have done to it, so that others may be had without that part. */
export function isOfWhole(failure: unknown): boolean {
  if (!(failure instanceof SubgraphFailure)) return false;
  const { kind, status } = failure;
  return kind === 'malformed' || kind === 'too large' || (kind === 'status' && statusesOfParts.has(status));
}

/** A request that cannot be run, or that broke while it ran. Any other status is about the caller, or the server as a whole. */
const statusesOfParts: ReadonlySet<number | undefined> = new Set([400, 422, 500]);

/** Whether a subgraph refuses who asks, or how often, whatever is asked. */
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
