/** Errors that callers of a subgraph or its operators may see. All other errors are masked. */
import { GraphQLError } from 'graphql';
import { StartError } from '../kit/startError.ts';
import { sqlStateOf, withoutValues } from './store/databaseFailure.ts';

/** A mistake of the caller. `message` says what was expected and what was sent, and reaches the caller unchanged. */
export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

/** The caller exceeded a rate limit: `message` names the limit and when to retry. */
export function rateLimited(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'RATE_LIMITED' } });
}

/** The caller's token or other proof of identity is not valid, for whatever reason. */
export function unauthenticated(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED' } });
}

/** A concurrent change: `message` says when it happened, and that nothing was stored. */
export function conflict(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'CONFLICT' } });
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
