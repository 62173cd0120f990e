/** The keys of an issuer, at a URL or at hand. */
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose';

/** Keys where they are, at hand, or as whoever is asked has them now: those of this process change as time goes on. */
export type Keys = URL | JSONWebKeySet | (() => JSONWebKeySet);

export interface KeyOptions {
  /** How long the keys at a URL may take to come. */
  timeoutMs: number;
  /** Now, in milliseconds. */
  now: () => number;
}

/** No keys could be had: nobody knows whether a token holds. */
export class NoKeysError extends Error {
  override name = 'NoKeysError';
}

/** Keys at a URL are asked for again when they are this old. */
const maxAgeMs = 10 * 60_000;

/** A token that names an unknown key has them asked for again, no more often than this: its issuer may have a new one. */
const cooldownMs = 5000;

/** Where they could not be had they are not asked for again for so long: a flood of tokens is none of requests. */
const retryAfterMs = 2000;

/** Finds the key of a token; rejects with a NoKeysError when there are none to look through. */
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
        const answer = await fetch(url, options);
        if (answer.status !== 200) throw new Error(`Expected status 200, but got: ${answer.status}.`);
        // A body that is no JSON fails here, and not where a token is looked at.
        const body = await answer.text();
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
