/** Asks an open subgraph as the gateway does, with a context of its own for each question. */
import { graphql } from 'graphql';
import type { OpenSubgraph } from '../../subgraphs/serve/subgraph.ts';
import { anonymous, type Reader } from '../../subgraphs/trust/reader.ts';

/** The answer as plain JSON: `data`, and the messages of the errors where there are any. */
export async function ask(
  subgraph: OpenSubgraph<unknown>,
  source: string,
  variableValues: Record<string, unknown> = {},
  reader: Reader = anonymous,
): Promise<{ data: unknown; errors?: string[] }> {
  const contextValue = subgraph.contextFor({ reader });
  const { data, errors } = await graphql({ schema: subgraph.schema, source, variableValues, contextValue });
  const answer = { data, ...(errors && { errors: errors.map(({ message }) => message) }) };
  return JSON.parse(JSON.stringify(answer));
}
