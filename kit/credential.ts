/**
 * The format of the credential in a gateway's requests to subgraphs: a JSON Web Signature (RFC 7515) with HMAC SHA-256 in its compact
 * serialization. docs/trust.md describes the claims.
 */
import { createHash, createHmac } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** The header of a request that carries the credential. Header rules cannot send it. */
export const credentialHeader = 'gateway-credential';

/** The claims; times in seconds since 1970. Those of a mutation cover its variables and its operation name too. */
export interface CredentialClaims {
  iat: number;
  exp: number;
  /** The SHA-256 of the operation's text, in hexadecimal digits. */
  operation: string;
  /** The SHA-256 of the variables' JSON. */
  variables?: string;
  operationName?: string | null;
  /** The claims of the reader whose request it is. */
  asker?: unknown;
}

/** The signature over "HEADER.CLAIMS", both in base64url. */
export const signCredential = (signed: string, secret: string): Buffer =>
  createHmac('sha256', secret).update(signed).digest();

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** SHA-256 of texts, cached up to `maxCharacters` of texts and hashes. */
export function openHashes(maxCharacters: number): (text: string) => string {
  const hashes = new LRUCache<string, string>({
    maxSize: maxCharacters,
    sizeCalculation: (hash, text) => text.length + hash.length,
  });
  return (text) => {
    const cached = hashes.get(text);
    if (cached !== undefined) return cached;
    const hash = sha256(text);
    hashes.set(text, hash);
    return hash;
  };
}
