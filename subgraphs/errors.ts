/** The errors that a caller of a subgraph may see; every other error is our own fault and gets masked. */
import { GraphQLError } from 'graphql';

/** The caller's fault: `message` says what was expected and what came, and reaches the reader as it is. */
export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

/** How a value that came is quoted in an error: as JSON, cut where it is long. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
