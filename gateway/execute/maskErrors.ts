/** Masks subgraph errors: callers see the messages of their own mistakes, and a reference for all other errors. */
import { randomUUID } from 'node:crypto';
import { type errors, shortenMessage, wordingOf } from '../errors.ts';
import type { SubgraphError } from '../wire/subgraphCall.ts';

/** An error that is safe to send to callers: a registered code and message, or a subgraph's message about the caller's mistake. */
export interface ShownError {
  message: string;
  extensions: { code: keyof typeof errors; id?: string };
}

/** Creates the reference of an error, which relates the response to the log. */
export function newErrorId(): string {
  return randomUUID();
}

/**
 * A subgraph error as callers see it. Errors about the caller's own request, which have one of the codes of `callersCodes` or refuse
 * a value, keep their message; all others are replaced by an error with the reference `id`.
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
 * Whether an error is about the caller's own request: by its code, or because the subgraph refuses a value. Only subgraphs can
 * validate values of custom scalars, and their servers may give such an error any code or none, so it is recognized by the messages
 * of graphql-js.
 */
export function isCallersFault(error: SubgraphError): error is SubgraphError & { message: string } {
  const { extensions, message } = error;
  if (typeof message !== 'string') return false;
  // Variables of the caller are named v0, v1 and so on; any other variable is the gateway's own.
  if (/^Variable "\$(?!v\d+")/.test(message)) return false;
  if (refusedValue.test(message)) return true;
  return callersCodeOf({ extensions }) !== undefined;
}

/** Codes of subgraph errors whose messages callers may see: mistakes in the request, or reasons to retry later. */
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
