/** A cache of operations that are parsed and validated and have passed every check that depends on the text alone. */
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { bytesOfDocument } from './documentCache.ts';

export interface KnownOperation {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** The schema it was validated against. */
  schema: GraphQLSchema;
}

/**
 * Opens a cache of operations per schema, of at most `maxBytes` each; the least recently used is evicted first. A
 * schema's operations are released with the schema.
 */
export function openKnownOperations(maxBytes: number) {
  const schemas = new WeakMap<GraphQLSchema, LRUCache<string, Map<string, KnownOperation>>>();
  const textsOf = (schema: GraphQLSchema) => {
    const texts =
      schemas.get(schema) ??
      new LRUCache<string, Map<string, KnownOperation>>({
        maxSize: maxBytes,
        sizeCalculation: (_, text) => bytesOfDocument(text.length),
      });
    schemas.set(schema, texts);
    return texts;
  };
  return {
    find: (schema: GraphQLSchema, text: string, operationName: string): KnownOperation | undefined =>
      schemas.get(schema)?.get(text)?.get(operationName),
    add(text: string, operationName: string, entry: KnownOperation): void {
      const texts = textsOf(entry.schema);
      const existing = texts.peek(text);
      const [first] = existing?.values() ?? [];
      // The operations of a text share one document, whose size counts once. A reparsed text starts over.
      const operations =
        existing && first?.document === entry.document ? existing : new Map<string, KnownOperation>();
      // Only operations that exist are added, so a text has at most as many entries as operations.
      texts.set(text, operations.set(operationName, entry));
    },
  };
}

export type KnownOperations = ReturnType<typeof openKnownOperations>;
