/**
 * Verifies the gateway's credential, a JSON Web Signature (RFC 7515) with HMAC in the header `gateway-credential`. A
 * request without a valid one is anonymous, whatever else it contains.
 */
import { timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type CredentialClaims, openHashes, sha256, signCredential } from '../../kit/credential.ts';
import { anonymous, type Reader, readerIn } from './reader.ts';

/** The sender of a request. */
export interface Caller {
  reader: Reader;
  /** Whether the gateway sent the request; it has enforced the schema's access directives. */
  isGateway: boolean;
  /** Whether the credential is signed for this very mutation: it covers the variables and the operation name. */
  asksForChange: boolean;
}

export const anonymousCaller: Caller = Object.freeze({
  reader: anonymous,
  isGateway: false,
  asksForChange: false,
});

interface CredentialRequest {
  credential: unknown;
  query: unknown;
  variables: unknown;
  operationName?: unknown;
}

export type ReadCredential = (request: CredentialRequest) => Caller;

/** A credential holds the claims of a token, which has at most 8,192 characters. */
const longest = 16_384;

/** The allowed clock difference between the gateway and this process. */
const toleranceSeconds = 30;

/** Characters of credentials, and of operation texts, that are cached. */
const maxCharacters = 4 * 1024 * 1024;

/** The claims as they came, of any type. */
type Claims = { [Name in keyof CredentialClaims]?: unknown };

interface VerifiedCredential {
  claims: Claims;
  caller: Caller;
}

/**
 * Accepts credentials signed with any of the secrets; there are two during a rotation. Without secrets, every caller is
 * anonymous.
 */
export function openCredentials(secrets: readonly string[], now = () => Date.now()): ReadCredential {
  const verified = new LRUCache<string, VerifiedCredential>({
    maxSize: maxCharacters,
    // The claims of a credential take about as much again.
    sizeCalculation: (_, credential) => 2 * credential.length,
  });
  const hashOf = openHashes(maxCharacters);

  return ({ credential, query, variables, operationName }) => {
    if (typeof credential !== 'string' || typeof query !== 'string') return anonymousCaller;
    const cached = verified.get(credential);
    const credentialOf = cached ?? read(credential, secrets);
    if (!credentialOf) return anonymousCaller;
    const { claims, caller } = credentialOf;
    if (!cached) verified.set(credential, credentialOf);
    if (!isOfNow(claims, now() / 1000) || claims.operation !== hashOf(query)) return anonymousCaller;
    // The variables and the operation name determine the mutation.
    const isSame =
      (claims.variables === undefined || claims.variables === sha256(JSON.stringify(variables ?? {}))) &&
      (claims.operationName === undefined || claims.operationName === (operationName ?? null));
    return isSame ? caller : anonymousCaller;
  };
}

function read(credential: string, secrets: readonly string[]): VerifiedCredential | undefined {
  if (credential.length > longest) return undefined;
  const [head = '', body = '', signature = '', ...rest] = credential.split('.');
  const signed = Buffer.from(signature, 'base64url');
  const isOurs = secrets.some((secret) => {
    const expected = signCredential(`${head}.${body}`, secret);
    return signed.length === expected.length && timingSafeEqual(signed, expected);
  });
  if (!isOurs || rest.length > 0) return undefined;
  const claims = parse(body);
  // Signed with the same secret for another purpose.
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
