/** Keys: "dl_", a prefix by which one is found and named, "_", and the secret. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface NewKey {
  /** The whole of it, which is shown once and kept nowhere. */
  key: string;
  prefix: string;
  hash: string;
}

/** What every key begins with: a text that does not is none of ours. */
export const keyStart = 'dl_';

const form = /^dl_([0-9a-f]{10})_[A-Za-z0-9_-]{43}$/;

/** A key of 256 random bits. */
export function makeKey(): NewKey {
  const prefix = randomBytes(5).toString('hex');
  const key = `${keyStart}${prefix}_${randomBytes(32).toString('base64url')}`;
  return { key, prefix, hash: hashOf(key) };
}

/** The prefix of a key; undefined for what is not formed like one. */
export function prefixOf(key: string): string | undefined {
  return form.exec(key)?.[1];
}

/** SHA-256 in hexadecimal: a key is random, so that nothing slower is needed. */
function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Whether it is the key of that hash; takes as long whatever is wrong. */
export function isKeyOf(hash: string, key: string): boolean {
  return timingSafeEqual(Buffer.from(hash, 'hex'), Buffer.from(hashOf(key), 'hex'));
}
