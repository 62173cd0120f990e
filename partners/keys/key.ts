/** API keys: "dl_", a prefix that identifies the key, "_", and the secret. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface NewKey {
  /** The whole key. It is printed once and not stored. */
  key: string;
  prefix: string;
  hash: string;
}

/** The beginning of every API key. */
export const keyStart = 'dl_';

/** Whether a bearer token is an API key, well formed or not, and so no access token. */
export const isKey = (token: string): boolean => token.startsWith(keyStart);

const form = /^dl_([0-9a-f]{10})_[A-Za-z0-9_-]{43}$/;

/** Makes a key with 256 random bits. */
export function makeKey(): NewKey {
  const prefix = randomBytes(5).toString('hex');
  const key = `${keyStart}${prefix}_${randomBytes(32).toString('base64url')}`;
  return { key, prefix, hash: hashOf(key) };
}

/** The prefix of a key; undefined when the text is not a key. */
export function prefixOf(key: string): string | undefined {
  return form.exec(key)?.[1];
}

/** SHA-256 in hexadecimal. A key is random, so that a slow hash is not needed. */
function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Whether the key has this hash, compared in constant time. */
export function isKeyOf(hash: string, key: string): boolean {
  return timingSafeEqual(Buffer.from(hash, 'hex'), Buffer.from(hashOf(key), 'hex'));
}
