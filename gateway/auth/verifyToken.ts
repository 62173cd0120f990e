/** Verifies access tokens: JSON Web Tokens of configured issuers (RFC 9068, RFC 8725). */
import { createHash } from 'node:crypto';
import {
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { LRUCache } from 'lru-cache';
import { callerError } from '../errors.ts';
import type { Settings } from '../settings.ts';
import { type Keys, NoKeysError, openKeys } from './issuerKeys.ts';
import { type Reader, readerOf } from './readerClaims.ts';

/** An issuer whose tokens are accepted. */
export interface Issuer {
  /** The required `iss` claim. */
  issuer: string;
  /** Its signing keys. */
  jwks: Keys;
  /** The required `aud` claim. */
  audience: string;
}

export interface VerifyOptions extends ReaderChecks {
  issuers: readonly Issuer[];
  /** Accepted signature algorithms, as named in RFC 7518 and RFC 8037; asymmetric ones only. */
  algorithms: readonly string[];
  /** Tolerated difference between the issuer's clock and ours. */
  clockToleranceSeconds: number;
  /** Timeout for fetching an issuer's keys. */
  timeoutMs: number;
  /** The current time in milliseconds. */
  now?: () => number;
}

/** All claims of a token. */
export type Claims = Readonly<Record<string, unknown>>;

/** Hooks that add to or revoke the claims of valid tokens. */
export interface ReaderChecks {
  /**
   * Completes a token's claims with other data about the reader. Called once per token; the result is cached with it.
   * A rejection results in TOKENS_UNCHECKED.
   */
  complete?: ((claims: Claims) => Claims | Promise<Claims>) | undefined;
  /** Whether completed claims are still valid. Called for each request, so it must be fast. */
  stillHolds?: ((claims: Claims) => boolean) | undefined;
}

/**
 * Verifies a token and returns its reader, synchronously if it was verified recently. Throws or rejects with
 * UNAUTHENTICATED if the token is invalid, and with TOKENS_UNCHECKED if the issuer's keys or the reader's data are
 * unavailable.
 */
export type VerifyReader = (token: string) => Reader | Promise<Reader>;

/** Maximum token length. Tokens have a few hundred characters; a cookie has at most 4,096. */
const maxCharacters = 8192;

/** A verified token is cached for at most this long, so that a withdrawn key takes effect soon. */
const keptMs = 5 * 60_000;
/** Characters of the tokens whose readers are cached; a reader takes about as much as its token. */
const maxKeptCharacters = 8 * 1024 * 1024;

/** Opens a verifier for the issuer in the settings and for `others`; undefined if there is no issuer. */
export function openVerifierOf(
  settings: Settings,
  others: readonly Issuer[] = [],
  { complete, stillHolds }: ReaderChecks = {},
): VerifyReader | undefined {
  const { issuer, tokenAlgorithms, clockToleranceSeconds, jwksTimeoutMs } = settings;
  const issuers = [...(issuer ? [issuer] : []), ...others];
  if (issuers.length === 0) return undefined;
  return openVerifier({
    issuers,
    algorithms: tokenAlgorithms,
    clockToleranceSeconds,
    timeoutMs: jwksTimeoutMs,
    complete,
    stillHolds,
  });
}

export function openVerifier({
  issuers,
  now = () => Date.now(),
  complete = (claims) => claims,
  stillHolds = () => true,
  ...options
}: VerifyOptions): VerifyReader {
  const byIssuer = new Map(
    issuers.map((one) => [
      one.issuer,
      { ...one, find: openKeys(one.jwks, { timeoutMs: options.timeoutMs, now }) },
    ]),
  );
  const kept = new LRUCache<string, { reader: Reader; untilMs: number }>({ maxSize: maxKeptCharacters });

  async function verify(token: string, key: string): Promise<Reader> {
    const { alg } = read(() => decodeProtectedHeader(token));
    if (!alg || !options.algorithms.includes(alg)) throw refusal('with an algorithm that is not accepted');
    const { iss } = read(() => decodeJwt(token));
    const issuer = byIssuer.get(iss ?? '');
    if (!issuer) throw refusal('of another issuer');
    const tokenClaims = await claimsOf(token, issuer, { ...options, now });
    const claims = await completed(tokenClaims);
    if (!stillHolds(claims)) throw refusal('that was revoked');
    const reader = readerOf(claims);
    const expiresMs = ((tokenClaims.exp as number) + options.clockToleranceSeconds) * 1000;
    const untilMs = Math.min(expiresMs, now() + keptMs);
    kept.set(key, { reader, untilMs }, { size: token.length + key.length });
    return reader;
  }

  async function completed(claims: Claims): Promise<Claims> {
    try {
      return await complete(claims);
    } catch {
      throw callerError('TOKENS_UNCHECKED');
    }
  }

  return (token) => {
    if (token.length > maxCharacters) throw refusal(`with more than ${maxCharacters} characters`);
    const key = createHash('sha256').update(token).digest('base64');
    const cached = kept.get(key);
    const holds = cached && now() < cached.untilMs && stillHolds(cached.reader.claims);
    return holds ? cached.reader : verify(token, key);
  };
}

interface KnownIssuer extends Issuer {
  find: JWTVerifyGetKey;
}

async function claimsOf(
  token: string,
  { issuer, audience, find }: KnownIssuer,
  {
    algorithms,
    clockToleranceSeconds,
    now,
  }: Pick<Required<VerifyOptions>, 'algorithms' | 'clockToleranceSeconds' | 'now'>,
): Promise<JWTPayload> {
  const checks = {
    algorithms: [...algorithms],
    issuer,
    audience,
    clockTolerance: clockToleranceSeconds,
    currentDate: new Date(now()),
    requiredClaims: ['exp'],
  };
  try {
    return (await jwtVerify(token, find, checks)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw callerErrorOf(error);
    // Several keys match the token's header: try each.
    for await (const key of error) {
      const attempt = await jwtVerify(token, key, checks).catch((problem: unknown) => callerErrorOf(problem));
      if (!(attempt instanceof Error)) return attempt.payload;
      if (attempt.message !== refusal(forged).message) throw attempt;
    }
    throw refusal(forged);
  }
}

const forged = 'with an invalid signature';

/** Converts an error of jose to a registered error. Nothing of the token is repeated in it. */
function callerErrorOf(error: unknown): Error {
  if (
    error instanceof NoKeysError ||
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid
  )
    return callerError('TOKENS_UNCHECKED');
  if (error instanceof errors.JWTExpired) return refusal('that has expired');
  if (error instanceof errors.JWTClaimValidationFailed)
    return refusal(reasons.get(error.claim) ?? 'with an invalid claim');
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey)
    return refusal(forged);
  if (error instanceof errors.JOSEError || error instanceof TypeError) return refusal(malformed);
  return error instanceof Error ? error : new Error(String(error));
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['nbf', 'that is not valid yet'],
  ['exp', 'without the claim "exp"'],
  ['aud', 'for another audience'],
  ['iss', 'of another issuer'],
]);

const malformed = 'that is not a JSON Web Token';

const refusal = (reason: string) =>
  callerError('UNAUTHENTICATED', { expected: 'access token', got: `one ${reason}` });

function read<Value>(decode: () => Value): Value {
  try {
    return decode();
  } catch {
    throw refusal(malformed);
  }
}
