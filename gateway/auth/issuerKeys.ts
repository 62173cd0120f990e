/** The signing keys of a token issuer: a JWKS URL or a local key set. */
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose';

/** A JWKS URL, a key set, or a function that returns the current key set: this process's own keys rotate. */
export type Keys = URL | JSONWebKeySet | (() => JSONWebKeySet);

export interface KeyOptions {
  /** Timeout for fetching a JWKS. */
  timeoutMs: number;
  /** Now, in milliseconds. */
  now: () => number;
}

/** The keys are unavailable, so tokens can be neither accepted nor rejected. */
export class NoKeysError extends Error {
  override name = 'NoKeysError';
}

/** A fetched JWKS is fetched again at this age. */
const maxAgeMs = 10 * 60_000;

/** Minimum interval between fetches caused by tokens with an unknown key ID. */
const cooldownMs = 5000;

/** After a failed fetch the next one waits this long, so that many tokens do not cause many requests. */
const retryAfterMs = 2000;

/** Returns a function that finds a token's key. It rejects with a NoKeysError if the keys are unavailable. */
export function openKeys(jwks: Keys, { timeoutMs, now }: KeyOptions): JWTVerifyGetKey {
  if (typeof jwks === 'function') return (header, token) => createLocalJWKSet(jwks())(header, token);
  if (!(jwks instanceof URL)) return createLocalJWKSet(jwks);
  let failedAt = -Infinity;
  const find = createRemoteJWKSet(jwks, {
    timeoutDuration: timeoutMs,
    cooldownDuration: cooldownMs,
    cacheMaxAge: maxAgeMs,
    [customFetch]: async (url, options) => {
      if (now() - failedAt < retryAfterMs) throw new NoKeysError('They could not be had a moment ago.');
      try {
        const response = await fetch(url, options);
        if (response.status !== 200) throw new Error(`Expected status 200, but got: ${response.status}.`);
        // Invalid JSON fails here, as a fetch error, and not when a token is verified.
        const body = await response.text();
        JSON.parse(body);
        return new Response(body, { status: 200 });
      } catch (error) {
        failedAt = now();
        throw new NoKeysError(error instanceof Error ? error.message : String(error));
      }
    },
  });
  return find;
}
