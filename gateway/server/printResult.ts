/** Writes whole answers as text. */
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { ResultText } from '../execute/apolloExecutor.ts';

/** The whole answer, as Apollo Server writes it; its data is text already where the executor made it. */
export function writeResult({ data, errors, extensions }: FormattedExecutionResult): string {
  const isText = (data as unknown) instanceof ResultText;
  const text = isText ? (data as unknown as ResultText).text : JSON.stringify(data);
  return writeAnswer(text, errors, extensions);
}

/** The whole answer with the value of "data" as it is; without it when that is undefined. */
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
