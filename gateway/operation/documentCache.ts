/** Bounded memory for what is made from operations: stored texts (APQ) and parsed, validated documents. */
import { type ASTNode, type DocumentNode, visit } from 'graphql';
import { LRUCache } from 'lru-cache';

/** The form of cache that Apollo Server takes. */
export interface Keeper<Value> {
  get: (key: string) => Promise<Value | undefined>;
  set: (key: string, value: Value) => Promise<void>;
  delete: (key: string) => Promise<boolean>;
}

/**
 * Keeps texts that clients sent with their hash, `maxCharacters` together, the least used going first. Those that
 * `storedText` gives for a hash are always there.
 */
export function keepTexts(
  maxCharacters: number,
  storedText: (hash: string) => string | undefined,
): Keeper<string> {
  const kept = keep<string>(maxCharacters, (text) => text.length);
  // Apollo Server puts a prefix before the hash.
  return { ...kept, get: async (key) => storedText(key.replace(/^apq:/, '')) ?? kept.get(key) };
}

/** Keeps documents that take `maxBytes` together, without the tokens that they were read from. */
export function keepDocuments(maxBytes: number): Keeper<DocumentNode> {
  const kept = keep<DocumentNode>(maxBytes, (document) => bytesOfDocument(document.loc?.end ?? 0));
  return {
    ...kept,
    set: async (key, document) => {
      visit(document, { enter: dropTokens });
      await kept.set(key, document);
    },
  };
}

/** The bytes that a parsed document of so many characters takes, about, as measured. */
export const bytesOfDocument = (characters: number) => 1024 + characters * 48;

/** Tokens are a quarter of a document. Its errors need the places of its nodes, but not what stands there. */
function dropTokens({ loc }: ASTNode): void {
  if (loc) Object.assign(loc, { startToken: undefined, endToken: undefined });
}

function keep<Value extends string | DocumentNode>(
  maxSize: number,
  sizeOf: (value: Value) => number,
): Keeper<Value> {
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
