/** What a caller may know of an error behind the gateway. */
import { randomUUID } from 'node:crypto';
import { type errors, shortenMessage, wordingOf } from '../errors.ts';
import type { SubgraphError } from '../wire/call.ts';

/** An error that is safe to show: a registered code and nothing of the subgraph but its words to the caller. */
export interface ShownError {
  message: string;
  path?: (string | number)[];
  extensions: { code: keyof typeof errors; id?: string };
}

/** A number under which the log tells what a caller is not told. */
export function newErrorId(): string {
  return randomUUID();
}

/**
 * An error of a subgraph as the caller sees it. The caller's own fault, which the subgraph marks with the code
 * BAD_USER_INPUT, passes with its message; of all others only the path and the number `id` are left.
 */
export function showSubgraphError(error: SubgraphError, id: string): ShownError {
  const path = isPath(error.path) ? { path: [...error.path] } : {};
  return isCallersFault(error)
    ? { message: shortenMessage(error.message), ...path, extensions: { code: 'BAD_USER_INPUT' } }
    : { message: wordingOf('SUBGRAPH_FAILED', { id }), ...path, extensions: { code: 'SUBGRAPH_FAILED', id } };
}

export function isCallersFault(error: SubgraphError): error is SubgraphError & { message: string } {
  const { extensions, message } = error;
  return (
    typeof message === 'string' &&
    // What we ourselves sent to join entities is no matter of the caller's.
    !message.startsWith('Variable "$representations"') &&
    typeof extensions === 'object' &&
    extensions !== null &&
    'code' in extensions &&
    extensions.code === 'BAD_USER_INPUT'
  );
}

function isPath(path: unknown): path is (string | number)[] {
  return (
    Array.isArray(path) &&
    path.length <= 100 &&
    path.every((key) => typeof key === 'number' || (typeof key === 'string' && key.length <= 200))
  );
}
