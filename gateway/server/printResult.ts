/** Prints GraphQL responses as JSON. */
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { ResultText } from '../execute/apolloExecutor.ts';

/** Apollo Server's `stringifyResult`: prints a result whose data is JSON already if our executor made it. */
export function writeResult({ data, errors, extensions }: FormattedExecutionResult): string {
  const isText = (data as unknown) instanceof ResultText;
  const text = isText ? (data as unknown as ResultText).text : JSON.stringify(data);
  return writeAnswer(text, errors, extensions);
}

/** Prints a response from the JSON text of its "data", which is left out if undefined. */
export function writeAnswer(
  text: string | undefined,
  errors: readonly GraphQLFormattedError[] | undefined,
  extensions?: unknown,
): string {
  const parts: string[] = [];
  if (errors) parts.push(`"errors":${JSON.stringify(errors)}`);
  if (text !== undefined) parts.push(`"data":${text}`);
  if (extensions) parts.push(`"extensions":${JSON.stringify(extensions)}`);
  return `{${parts.join(',')}}\n`;
}
