/** Access tokens for tests, and the keys that they are signed with. */
import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWTPayload, SignJWT } from 'jose';

export const issuer = 'https://id.paper.test';
export const audience = 'https://graph.paper.test';

export interface TokenSigner {
  jwks: JSONWebKeySet;
  /** A token that holds, but for what is changed in it. */
  sign: (
    claims?: Readonly<Record<string, unknown>>,
    header?: { alg?: string; kid?: string },
  ) => Promise<string>;
}

export async function makeSigner(alg = 'EdDSA', kid = 'k1'): Promise<TokenSigner> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
  return {
    jwks: { keys: [jwk] },
    sign: (claims = {}, header = {}) =>
      new SignJWT({ iss: issuer, aud: audience, sub: 'reader-1', exp: seconds(600), ...claims } as JWTPayload)
        .setProtectedHeader({ alg, kid, ...header })
        .sign(privateKey),
  };
}

/** So many seconds from now, as tokens tell time. */
export const seconds = (from: number) => Math.floor(Date.now() / 1000) + from;

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token put together by hand. */
export const forge = (header: unknown, claims: unknown, signature = '') =>
  `${encoded(header)}.${encoded(claims)}.${signature}`;
