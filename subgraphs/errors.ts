/** The errors that people may see: callers of a subgraph, and whoever starts one. All others are our own fault. */
import { GraphQLError } from 'graphql';
import { sqlStateOf, withoutValues } from './store/databaseFailure.ts';

/** The caller's fault: `message` says what was expected and what came, and reaches the reader as it is. */
export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

/** The caller comes too often: `message` says how often is taken, and when to come again. */
export function rateLimited(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'RATE_LIMITED' } });
}

/** What the caller shows for themselves is not in force, whatever the reason is. */
export function unauthenticated(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED' } });
}

/** Somebody else changed the same thing: `message` says when, and that nothing was stored. */
export function conflict(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'CONFLICT' } });
}

/** The error that a caller sees where the database has no room for a change; undefined for all other failures. */
export function storageFull(error: unknown): GraphQLError | undefined {
  if (sqlStateOf(error) !== diskFull) return undefined;
  return new GraphQLError(
    'Expected room to store the change, but got: a disk that is full. Nothing was stored; reading goes on.',
    { extensions: { code: 'STORAGE_FULL' } },
  );
}

/** The SQLSTATE of a database whose disk is full. */
const diskFull = '53100';

/** What the person who starts a program can mend: told in a sentence, without a stack. */
export class StartError extends Error {
  override name = 'StartError';
}

/** What to print when a program cannot start: a sentence where that says it all, else the stack of our bug. */
export function startFailure(error: unknown): string {
  if (error instanceof StartError) return error.message;
  const told = withoutValues(error);
  return told instanceof Error ? (told.stack ?? told.message) : String(told);
}

/** How a value that came is quoted in an error: as JSON, cut where it is long. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
