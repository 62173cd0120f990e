/** What a caller may know of an error behind the gateway. */
import { randomUUID } from 'node:crypto';
import { type errors, shortenMessage, wordingOf } from '../errors.ts';
import type { SubgraphError } from '../wire/subgraphCall.ts';

/** An error that is safe to show: a registered code and nothing of the subgraph but its words to the caller. */
export interface ShownError {
  message: string;
  extensions: { code: keyof typeof errors; id?: string };
}

/** A number under which the log tells what a caller is not told. */
export function newErrorId(): string {
  return randomUUID();
}

/**
 * An error of a subgraph as the caller sees it. The caller's own matter, which the subgraph marks with one of the codes of
 * `callersCodes`, passes with its message; of all others only the number `id` is left.
 */
export function showSubgraphError(error: SubgraphError, id: string): ShownError {
  return isCallersFault(error)
    ? {
        message: shortenMessage(error.message),
        extensions: { code: callersCodeOf(error) ?? 'BAD_USER_INPUT' },
      }
    : { message: wordingOf('SUBGRAPH_FAILED', { id }), extensions: { code: 'SUBGRAPH_FAILED', id } };
}

/**
 * Whether an error is the caller's own: the subgraph says so, or it refuses a value. The gateway does not
 * know what a custom scalar takes, so that values for it are first looked at by the subgraph, whose server may give
 * such an error any code or none; these are the words of graphql-js.
 */
export function isCallersFault(error: SubgraphError): error is SubgraphError & { message: string } {
  const { extensions, message } = error;
  if (typeof message !== 'string') return false;
  // What we ourselves sent to join entities is no matter of the caller's, and bears another name.
  if (/^Variable "\$(?!v\d+")/.test(message)) return false;
  if (refusedValue.test(message)) return true;
  return callersCodeOf({ extensions }) !== undefined;
}

/** What a subgraph may tell a caller: what was wrong with what they sent, or why it cannot be done for them now. */
const callersCodes = [
  'BAD_USER_INPUT',
  'CONFLICT',
  'RATE_LIMITED',
  'STORAGE_FULL',
  'UNAUTHENTICATED',
] as const;

function callersCodeOf({ extensions }: SubgraphError): (typeof callersCodes)[number] | undefined {
  if (typeof extensions !== 'object' || extensions === null || !('code' in extensions)) return undefined;
  return callersCodes.find((code) => code === extensions.code);
}

const refusedValue =
  /^(Variable "\$\w+" got invalid value |Argument "\w+" has invalid value |Argument "\w+" of non-null type "[^"]+" must not be null|Expected value of type "\w+!?", found )/;
