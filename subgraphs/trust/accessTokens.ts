/**
 * Access tokens of our own (RFC 9068), signed with EdDSA (RFC 8037). The keys are kept nowhere: they are made of a secret and of
 * the time, another every 30 days, so that all who have the secret sign and publish the same ones, and change them together.
 */
import { createHash, createPrivateKey, hkdfSync, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type JSONWebKeySet, type JWK, SignJWT } from 'jose';
import { StartError } from '../errors.ts';
import type { SubgraphSettings } from '../settings.ts';

/** How long a key signs. It is published for as long before, and holds for as long after. */
const epochSeconds = 30 * 24 * 60 * 60;

/** No token holds longer than its key is published. */
export const longestTokenSeconds = epochSeconds;

/** What a token of ours says of whom it was given to. */
export interface TokenClaims {
  sub: string;
  /** With spaces between (RFC 8693 section 4.2). */
  scope?: string;
  member_status?: string;
  member_tiers?: readonly string[];
  /** Which standing of the member `member_status` and `member_tiers` tell of: since when it was so, in milliseconds. */
  member_as_of?: number;
}

export interface Tokens {
  issuer: string;
  audience: string;
  /** The public keys by which tokens of ours are known now, those of the next 30 days among them. */
  jwks: () => JSONWebKeySet;
  /** A token that holds from now on, for so long; its `id` may stand in logs. */
  sign: (
    claims: TokenClaims,
    lifetimeSeconds: number,
  ) => Promise<{ token: string; id: string; expiresAt: Date }>;
  /** Keys of 32 bytes for another purpose, made of the same secrets in their order: the first is the one to use. */
  keysFor: (purpose: string) => Buffer[];
}

interface Key {
  privateKey: KeyObject;
  kid: string;
  jwk: JWK;
}

/** Signs with the first of the secrets; tokens by the others hold too. */
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
    const known = ring.get(epoch) ?? secrets.map((secret) => keyOf(secret, epoch));
    ring.set(epoch, known);
    ring.delete(epoch - 3);
    return known;
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

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410 section 7). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

function keyOf(secret: string, epoch: number): Key {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', `dateline access tokens ${epoch}`, 32));
  const privateKey = createPrivateKey({
    key: Buffer.concat([pkcs8Head, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const { crv, kty, x } = privateKey.export({ format: 'jwk' });
  // RFC 7638.
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
  return { privateKey, kid, jwk: { kty, crv, x, kid, alg: 'EdDSA', use: 'sig' } as JWK };
}

/** Outside production a secret of the data folder's own does, made when it is first needed. */
async function secretOfFolder({
  dataDir,
  isProduction,
}: Pick<SubgraphSettings, 'dataDir' | 'isProduction'>): Promise<string> {
  if (isProduction)
    throw new StartError(
      'Expected TOKEN_SECRET or GATEWAY_SECRET to be set in production, but got: nothing.',
    );
  const file = join(dataDir, 'token-secret');
  const known = await readFile(file, 'utf8').catch(ignore('ENOENT'));
  if (known !== undefined) return known.trim();
  // Whole from the moment that it is there: two may start at once, and the first one's counts.
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
