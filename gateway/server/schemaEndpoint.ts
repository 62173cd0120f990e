/** Serves the schema that clients see as SDL at /schema.graphql, for code generators. */
import type { FastifyInstance } from 'fastify';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { callerError } from '../errors.ts';
import type { Graphs } from '../execute/graphLease.ts';
import type { Settings } from '../settings.ts';
import { etagOf, matchingEtag, personal, publicCache } from './cacheControl.ts';

export interface SchemaOptions {
  graphs: Graphs;
  settings: Settings;
}

/**
 * Adds the route. Where introspection is disabled, only accounts that may explore get the schema. The text is printed once for each
 * supergraph; its order does not depend on that of the subgraphs.
 */
export function addSchema(
  app: FastifyInstance,
  { graphs, settings: { allowsIntrospection } }: SchemaOptions,
): void {
  const printed = new WeakMap<GraphQLSchema, { text: string; etag: string }>();
  const printOf = (schema: GraphQLSchema) => {
    const known = printed.get(schema);
    if (known) return known;
    const text = `${printSchema(lexicographicSortSchema(schema))}\n`;
    const print = { text, etag: etagOf(text) };
    printed.set(schema, print);
    return print;
  };
  app.get('/schema.graphql', async ({ headers, account }, reply) => {
    if (!allowsIntrospection && !account?.mayExplore) throw callerError('SCHEMA_NOT_PUBLIC');
    await account?.spend(1);
    const { text, etag } = printOf(graphs.now().apiSchema);
    const isPublic = allowsIntrospection && !personal.some((name) => name in headers);
    const vary = [reply.getHeader('vary'), ...personal].filter(Boolean).join(', ');
    reply
      .header('cache-control', isPublic ? publicCache : 'private, no-cache')
      .headers({ etag, vary })
      .type('text/plain; charset=utf-8');
    return matchingEtag(headers['if-none-match'], etag) === undefined ? text : reply.code(304).send();
  });
}
