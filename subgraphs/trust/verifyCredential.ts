/**
 * Whether a request came from the gateway, and whom it tells of: a JSON Web Signature (RFC 7515) by HMAC in the header
 * `gateway-credential`. Without one that holds, the caller is nobody, whatever else the request says.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { anonymous, type Reader, readerIn } from './reader.ts';

export const credentialHeader = 'gateway-credential';

/** What a subgraph knows of whoever sent a request. */
export interface Caller {
  reader: Reader;
  /** Whether the gateway sent it, which asks readers for what the schema says of them. */
  isGateway: boolean;
  /** Whether it asks for the very change that comes: what is signed has the values of the operation and its name. */
  asksForChange: boolean;
}

export const anonymousCaller: Caller = Object.freeze({
  reader: anonymous,
  isGateway: false,
  asksForChange: false,
});

interface Sent {
  credential: unknown;
  query: unknown;
  variables: unknown;
  operationName?: unknown;
}

export type ReadCredential = (sent: Sent) => Caller;

/** A credential has the claims of a token, which has 8,192 characters at most. */
const longest = 16_384;

/** How far the clock of the gateway may be from ours. */
const toleranceSeconds = 30;

const keptAtMost = 2000;

interface Claims {
  iat?: unknown;
  exp?: unknown;
  operation?: unknown;
  variables?: unknown;
  operationName?: unknown;
  asker?: unknown;
}

interface Known {
  claims: Claims;
  caller: Caller;
}

/** Takes what any of the secrets signed: there are two while one is replaced. With none nobody is believed. */
export function openCredentials(secrets: readonly string[], now = () => Date.now()): ReadCredential {
  const kept = new LRUCache<string, Known>({ max: keptAtMost });
  const hashes = new LRUCache<string, string>({ max: keptAtMost });

  const hashOf = (query: string): string => {
    const known = hashes.get(query) ?? sha256(query);
    hashes.set(query, known);
    return known;
  };

  return ({ credential, query, variables, operationName }) => {
    if (typeof credential !== 'string' || typeof query !== 'string') return anonymousCaller;
    const known = kept.get(credential) ?? read(credential, secrets);
    if (!known) return anonymousCaller;
    const { claims, caller } = known;
    kept.set(credential, known);
    if (!isOfNow(claims, now() / 1000) || claims.operation !== hashOf(query)) return anonymousCaller;
    // What is to be changed is told by the variables, and by which operation of several is meant.
    const isSame =
      (claims.variables === undefined || claims.variables === sha256(JSON.stringify(variables ?? {}))) &&
      (claims.operationName === undefined || claims.operationName === (operationName ?? null));
    return isSame ? caller : anonymousCaller;
  };
}

function read(credential: string, secrets: readonly string[]): Known | undefined {
  if (credential.length > longest) return undefined;
  const [head = '', body = '', signature = '', ...rest] = credential.split('.');
  const signed = Buffer.from(signature, 'base64url');
  const isOurs = secrets.some((secret) => {
    const expected = createHmac('sha256', secret).update(`${head}.${body}`).digest();
    return signed.length === expected.length && timingSafeEqual(signed, expected);
  });
  if (!isOurs || rest.length > 0) return undefined;
  const claims = parse(body);
  // Signed by whoever has the secret, for another purpose.
  if (parse(head)?.alg !== 'HS256' || !claims) return undefined;
  const asksForChange = claims.variables !== undefined && claims.operationName !== undefined;
  return {
    claims,
    caller: Object.freeze({ reader: readerIn(claims.asker), isGateway: true, asksForChange }),
  };
}

function isOfNow({ iat, exp }: Claims, nowSeconds: number): boolean {
  if (typeof iat !== 'number' || typeof exp !== 'number') return false;
  return iat - toleranceSeconds <= nowSeconds && nowSeconds < exp + toleranceSeconds;
}

function parse(part: string): (Claims & { alg?: unknown }) | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
