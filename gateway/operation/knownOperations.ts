/** Operations that have come before: parsed, found valid, and let through by every step that looks at the text alone. */
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { bytesOfDocument } from './documentCache.ts';

export interface KnownOperation {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** The schema against which it is valid. */
  schema: GraphQLSchema;
}

/** Keeps operations for each schema, `maxBytes` together, the least recently used dropped first; with a schema its operations go. */
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
    add(text: string, operationName: string, known: KnownOperation): void {
      const texts = textsOf(known.schema);
      const there = texts.peek(text);
      const [first] = there?.values() ?? [];
      // A text that was parsed anew is counted once: its operations are those of one document.
      const operations =
        there && first?.document === known.document ? there : new Map<string, KnownOperation>();
      // A text has no more names than operations: what does not find one is never added.
      texts.set(text, operations.set(operationName, known));
    },
  };
}

export type Known = ReturnType<typeof openKnownOperations>;
