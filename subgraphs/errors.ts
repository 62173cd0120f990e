/** Errors that callers of a subgraph or its operators may see. All other errors are masked. */
import { GraphQLError } from 'graphql';
import { StartError } from '../kit/startError.ts';
import { sqlStateOf, withoutValues } from './store/databaseFailure.ts';

/** The codes of refusals that a caller can mend by other input, or by waiting. */
export type CallerErrorCode =
  | 'BAD_USER_INPUT'
  | 'UNKNOWN_REFERENCE'
  | 'CONFLICT'
  | 'FORBIDDEN'
  | 'INVALID_TOKEN'
  | 'RATE_LIMITED';

interface CallerErrorDetails {
  /** The argument or input field, with dots for fields within; by default the name that the message begins with. */
  field?: string | undefined;
  retryAfterSeconds?: number;
}

/**
 * A refusal that the caller can mend: an entry of `userErrors` of a mutation, otherwise a GraphQL error. `message` says
 * what was expected and what was sent, and reaches the caller unchanged.
 */
export class CallerError extends GraphQLError {
  readonly code: CallerErrorCode;
  readonly field: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: CallerErrorCode, message: string, details: CallerErrorDetails = {}) {
    super(message, { extensions: { code } });
    this.code = code;
    this.field = details.field ?? fieldIn(message);
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

/** The field that a message begins with: `Expected "first" to be ...`. */
export const fieldIn = (message: string): string | undefined =>
  /^Expected "([A-Za-z]\w*(?:\.\w+)*)"/.exec(message)?.[1];

/** A value that is not accepted. */
export function badInput(message: string, field?: string): CallerError {
  return new CallerError('BAD_USER_INPUT', message, { field });
}

/** An id or slug that names nothing. */
export function unknownReference(message: string): CallerError {
  return new CallerError('UNKNOWN_REFERENCE', message);
}

/** A part of the input that needs a scope which the reader lacks. */
export function forbidden(message: string, field: string): CallerError {
  return new CallerError('FORBIDDEN', message, { field });
}

/** The caller exceeded a rate limit: `message` names the limit. */
export function rateLimited(message: string, retryAfterSeconds: number): CallerError {
  return new CallerError('RATE_LIMITED', `${message} Retry after ${retryAfterSeconds} seconds.`, {
    retryAfterSeconds,
  });
}

/** A token of a link or session is unknown, used or expired. */
export function invalidToken(message: string, field: string): CallerError {
  return new CallerError('INVALID_TOKEN', message, { field });
}

/** The caller's proof of identity is not valid, for whatever reason. */
export function unauthenticated(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED' } });
}

/** A concurrent change: `message` says when it happened, and that nothing was stored. */
export function conflict(message: string): CallerError {
  return new CallerError('CONFLICT', message, { field: 'expectedRevision' });
}

/** The error for a write that failed because the disk is full; undefined for all other failures. */
export function storageFull(error: unknown): GraphQLError | undefined {
  if (sqlStateOf(error) !== diskFull) return undefined;
  return new GraphQLError(
    'Expected disk space to store the change, but got: a full disk. Nothing was stored; queries still work.',
    { extensions: { code: 'STORAGE_FULL' } },
  );
}

/** The SQLSTATE of a database whose disk is full. */
const diskFull = '53100';

/** What to print when a program cannot start: the message of a StartError, otherwise the stack. */
export function startFailure(error: unknown): string {
  if (error instanceof StartError) return error.message;
  const loggable = withoutValues(error);
  return loggable instanceof Error ? (loggable.stack ?? loggable.message) : String(loggable);
}

/** Quotes an input value in an error: as JSON, truncated if long. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
