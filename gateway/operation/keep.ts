/** Bounded memory for what is made from operations: stored texts (APQ) and parsed, validated documents. */
import type { DocumentNode } from 'graphql';
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

/** Keeps documents whose texts have `maxCharacters` together. A tree takes about fifty times the room of its text. */
export function keepDocuments(maxCharacters: number): Keeper<DocumentNode> {
  return keep(maxCharacters, (document) => document.loc?.end ?? 1);
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
