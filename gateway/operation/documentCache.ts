/** Size-bounded caches for operations: automatic persisted query (APQ) texts, and parsed and validated documents. */
import { type ASTNode, type DocumentNode, visit } from 'graphql';
import { LRUCache } from 'lru-cache';

/** The cache interface of Apollo Server. */
export interface KeyValueCache<Value> {
  get: (key: string) => Promise<Value | undefined>;
  set: (key: string, value: Value) => Promise<void>;
  delete: (key: string) => Promise<boolean>;
}

/**
 * Caches APQ texts by hash, at most `maxCharacters` in total; the least recently used is evicted first. Texts of
 * `storedText` are always available.
 */
export function keepTexts(
  maxCharacters: number,
  storedText: (hash: string) => string | undefined,
): KeyValueCache<string> {
  const kept = keep<string>(maxCharacters, (text) => text.length);
  // Apollo Server prefixes the hash.
  return { ...kept, get: async (key) => storedText(key.replace(/^apq:/, '')) ?? kept.get(key) };
}

/** Caches documents of at most `maxBytes` in total, without their tokens. */
export function keepDocuments(maxBytes: number): KeyValueCache<DocumentNode> {
  const kept = keep<DocumentNode>(maxBytes, (document) => bytesOfDocument(document.loc?.end ?? 0));
  return {
    ...kept,
    set: async (key, document) => {
      visit(document, { enter: dropTokens });
      await kept.set(key, document);
    },
  };
}

/** The measured approximate size of a parsed document, in bytes. */
export const bytesOfDocument = (characters: number) => 1024 + characters * 48;

/** Tokens are a quarter of a document's size. Validation errors need the nodes' positions, not the tokens. */
function dropTokens({ loc }: ASTNode): void {
  if (loc) Object.assign(loc, { startToken: undefined, endToken: undefined });
}

function keep<Value extends string | DocumentNode>(
  maxSize: number,
  sizeOf: (value: Value) => number,
): KeyValueCache<Value> {
  const kept = new LRUCache<string, Value>({
    maxSize,
    sizeCalculation: (value, key) => Math.max(1, sizeOf(value)) + key.length,
  });
  return {
    get: async (key) => kept.get(key),
    set: async (key, value) => void kept.set(key, value),
    delete: async (key) => kept.delete(key),
  };
}
