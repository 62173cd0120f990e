/** Whether an access token holds, and who reads by it: JSON Web Tokens of issuers that are known (RFC 9068, RFC 8725). */
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

/** Whose tokens are taken. */
export interface Issuer {
  /** What its tokens say in `iss`. */
  issuer: string;
  /** Its keys, or where they are. */
  jwks: Keys;
  /** What its tokens have to say in `aud`. */
  audience: string;
}

export interface VerifyOptions extends ReaderChecks {
  issuers: readonly Issuer[];
  /** Names of RFC 7518 and RFC 8037; none of them with a secret that both sides know. */
  algorithms: readonly string[];
  /** How far the clock of an issuer may be from ours. */
  clockToleranceSeconds: number;
  /** How long the keys of an issuer may take to come. */
  timeoutMs: number;
  /** Now, in milliseconds. */
  now?: () => number;
}

/** All that a token says. */
export type Claims = Readonly<Record<string, unknown>>;

/** What somebody else knows of readers whose token holds. */
export interface ReaderChecks {
  /**
   * What is known of a reader beside what their token says, as the claims that count from then on. Asked once for a token,
   * and kept with it. Where it rejects, the token cannot be checked.
   */
  complete?: ((claims: Claims) => Claims | Promise<Claims>) | undefined;
  /** Whether claims hold that were made or completed some time ago; asked for each request, so that it has to be quick. */
  stillHolds?: ((claims: Claims) => boolean) | undefined;
}

/**
 * The reader of a token, at once where it was checked a moment ago. Throws or rejects with UNAUTHENTICATED when the token
 * does not hold, with TOKENS_UNCHECKED when the keys of its issuer, or
 * what completes it, cannot be had.
 */
export type VerifyReader = (token: string) => Reader | Promise<Reader>;

/** Tokens have a few hundred characters; a cookie has no more than 4,096. */
const maxCharacters = 8192;

/** A token that was checked is taken again for so long at most: keys that are withdrawn are soon missed. */
const keptMs = 5 * 60_000;
const maxKept = 10_000;

/** What checks tokens of the issuer in the settings and of `others`; undefined where there are none. */
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
  const known = new Map(
    issuers.map((one) => [
      one.issuer,
      { ...one, find: openKeys(one.jwks, { timeoutMs: options.timeoutMs, now }) },
    ]),
  );
  const kept = new LRUCache<string, { reader: Reader; untilMs: number }>({ max: maxKept });

  async function verify(token: string, key: string): Promise<Reader> {
    const { alg } = read(() => decodeProtectedHeader(token));
    if (!alg || !options.algorithms.includes(alg)) throw refusal('whose algorithm is not taken');
    const { iss } = read(() => decodeJwt(token));
    const from = known.get(iss ?? '');
    if (!from) throw refusal('of another issuer');
    const said = await claimsOf(token, from, { ...options, now });
    const claims = await completed(said);
    if (!stillHolds(claims)) throw refusal('that was taken back');
    const reader = readerOf(claims);
    const expiresMs = ((said.exp as number) + options.clockToleranceSeconds) * 1000;
    kept.set(key, { reader, untilMs: Math.min(expiresMs, now() + keptMs) });
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
    const there = kept.get(key);
    const holds = there && now() < there.untilMs && stillHolds(there.reader.claims);
    return holds ? there.reader : verify(token, key);
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
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw worded(error);
    // The token does not say which of several keys it was signed with.
    for await (const key of error) {
      const tried = await jwtVerify(token, key, checks).catch((problem: unknown) => worded(problem));
      if (!(tried instanceof Error)) return tried.payload;
      if (tried.message !== refusal(forged).message) throw tried;
    }
    throw refusal(forged);
  }
}

const forged = 'that its issuer did not sign';

/** In the words of the register. Nothing of the token is repeated. */
function worded(error: unknown): Error {
  if (
    error instanceof NoKeysError ||
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid
  )
    return callerError('TOKENS_UNCHECKED');
  if (error instanceof errors.JWTExpired) return refusal('that has expired');
  if (error instanceof errors.JWTClaimValidationFailed)
    return refusal(reasons.get(error.claim) ?? 'with a wrong claim');
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey)
    return refusal(forged);
  if (error instanceof errors.JOSEError || error instanceof TypeError) return refusal(malformed);
  return error instanceof Error ? error : new Error(String(error));
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['nbf', 'that does not hold yet'],
  ['exp', 'that does not say when it expires'],
  ['aud', 'for another audience'],
  ['iss', 'of another issuer'],
]);

const malformed = 'that is no JSON Web Token';

const refusal = (reason: string) =>
  callerError('UNAUTHENTICATED', { expected: 'an access token', got: `one ${reason}` });

function read<Value>(decode: () => Value): Value {
  try {
    return decode();
  } catch {
    throw refusal(malformed);
  }
}
