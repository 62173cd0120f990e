/**
 * Issues our own access tokens (RFC 9068), signed with EdDSA (RFC 8037). Keys are not stored: they are derived from a
 * secret and the time, and rotate every 30 days, so all processes with the same secret sign with and publish the same
 * keys.
 */

import { createHash, createPrivateKey, hkdfSync, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type JSONWebKeySet, type JWK, SignJWT } from 'jose';
import { StartError } from '../../kit/startError.ts';
import type { SubgraphSettings } from '../settings.ts';

/** How long a key signs. It is also published for one period before and one after. */
const epochSeconds = 30 * 24 * 60 * 60;

/** The maximum lifetime of a token: no token outlives the publication of its key. */
export const longestTokenSeconds = epochSeconds;

/** The claims of an access token about its subject. */
export interface TokenClaims {
  sub: string;
  /** Space-separated (RFC 8693 section 4.2). */
  scope?: string;
  member_status?: string;
  member_tiers?: readonly string[];
  /** When the member's status and tiers took effect, in milliseconds; tells which of two tokens is newer. */
  member_as_of?: number;
}

export interface Tokens {
  issuer: string;
  audience: string;
  /** The public keys that verify our tokens at present, including the keys of the next 30 days. */
  jwks: () => JSONWebKeySet;
  /** Signs a token that is valid from now on. Its `id` may appear in logs. */
  sign: (
    claims: TokenClaims,
    lifetimeSeconds: number,
  ) => Promise<{ token: string; id: string; expiresAt: Date }>;
  /** 32-byte keys for another purpose, derived from the same secrets in order. The first is the one to sign with. */
  keysFor: (purpose: string) => Buffer[];
}

interface Key {
  privateKey: KeyObject;
  kid: string;
  jwk: JWK;
}

/** Signs with the first secret; tokens signed with the others are valid too. */
export async function openTokens(
  settings: Pick<SubgraphSettings, 'publicUrl' | 'tokenSecrets' | 'dataDir' | 'isProduction'>,
  now = () => Date.now(),
): Promise<Tokens> {
  const { publicUrl } = settings;
  const secrets = settings.tokenSecrets.length > 0 ? settings.tokenSecrets : [await secretOfFolder(settings)];
  const audience = `${publicUrl}/graphql`;
  const epochNow = () => Math.floor(now() / 1000 / epochSeconds);
  const ring = new Map<number, Key[]>();

  /** The keys of one epoch, one for each secret. */
  const keysOf = (epoch: number): Key[] => {
    const keys = ring.get(epoch) ?? secrets.map((secret) => keyOf(secret, epoch));
    ring.set(epoch, keys);
    ring.delete(epoch - 3);
    return keys;
  };

  return {
    issuer: publicUrl,
    audience,
    jwks: () => {
      const epoch = epochNow();
      return { keys: [epoch, epoch - 1, epoch + 1].flatMap((one) => keysOf(one).map(({ jwk }) => jwk)) };
    },
    keysFor: (purpose) =>
      secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', `dateline ${purpose}`, 32))),
    sign: async (claims, lifetimeSeconds) => {
      if (lifetimeSeconds > longestTokenSeconds)
        throw new Error(
          `Expected a token for ${longestTokenSeconds} seconds at most, but got: ${lifetimeSeconds}.`,
        );
      const { privateKey, kid } = keysOf(epochNow())[0] as Key;
      const issuedAt = Math.floor(now() / 1000);
      const expires = issuedAt + lifetimeSeconds;
      const id = randomUUID();
      const token = await new SignJWT({ ...claims, jti: id })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid })
        .setIssuer(publicUrl)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expires)
        .sign(privateKey);
      return { token, id, expiresAt: new Date(expires * 1000) };
    },
  };
}

/** The PKCS #8 prefix of the 32 bytes of an Ed25519 key (RFC 8410 section 7). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

function keyOf(secret: string, epoch: number): Key {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', `dateline access tokens ${epoch}`, 32));
  const privateKey = createPrivateKey({
    key: Buffer.concat([pkcs8Head, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const { crv, kty, x } = privateKey.export({ format: 'jwk' });
  // The JWK thumbprint (RFC 7638).
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
  return { privateKey, kid, jwk: { kty, crv, x, kid, alg: 'EdDSA', use: 'sig' } as JWK };
}

/** Outside production, a secret in the data folder, created on first use. */
async function secretOfFolder({
  dataDir,
  isProduction,
}: Pick<SubgraphSettings, 'dataDir' | 'isProduction'>): Promise<string> {
  if (isProduction)
    throw new StartError(
      'Expected TOKEN_SECRET or GATEWAY_SECRET to be set in production, but got: nothing.',
    );
  const file = join(dataDir, 'token-secret');
  const stored = await readFile(file, 'utf8').catch(ignore('ENOENT'));
  if (stored !== undefined) return stored.trim();
  // Written to a file of its own and linked, so that it is complete as soon as it exists. If two processes start
  // together, the first secret is used.
  const own = `${file}-${randomUUID()}`;
  await mkdir(dataDir, { recursive: true });
  await writeFile(own, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  await link(own, file)
    .catch(ignore('EEXIST'))
    .finally(() => rm(own));
  return (await readFile(file, 'utf8')).trim();
}

const ignore = (code: string) => (error: NodeJS.ErrnoException) => {
  if (error.code !== code) throw error;
};
