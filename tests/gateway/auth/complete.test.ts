import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Claims, openVerifier, type ReaderChecks } from '../../../gateway/auth/verifyToken.ts';
import { audience, issuer, makeSigner, type TokenSigner } from '../../support/tokens.ts';

let signer: TokenSigner;
beforeAll(async () => {
  signer = await makeSigner();
});

const verifierWith = (checks: ReaderChecks) =>
  openVerifier({
    issuers: [{ issuer, audience, jwks: signer.jwks }],
    algorithms: ['EdDSA'],
    clockToleranceSeconds: 30,
    timeoutMs: 1000,
    ...checks,
  });

describe('what is known of a reader beside their token', () => {
  it('is asked for once, and is what counts from then on', async () => {
    const asked: Claims[] = [];
    const verify = verifierWith({
      complete: async ({ email, ...claims }) => {
        asked.push({ email, ...claims });
        return { ...claims, sub: 'member-1', scope: 'more' };
      },
    });
    const token = await signer.sign({ email: 'a@x.example' });
    const reader = await verify(token);
    expect(reader).toMatchObject({ subject: 'member-1', claims: { sub: 'member-1', iss: issuer } });
    expect([...reader.scopes]).toEqual(['more']);
    expect(JSON.stringify(reader.claims)).not.toContain('a@x.example');
    expect(await verify(token)).toBe(reader);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ sub: 'reader-1', email: 'a@x.example' });
  });

  it('is asked for only where the token holds', async () => {
    const verify = verifierWith({
      complete: () => {
        throw new Error('Expected nobody to ask.');
      },
    });
    const stranger = await makeSigner();
    await expect(verify(await stranger.sign())).rejects.toMatchObject({
      extensions: { code: 'UNAUTHENTICATED' },
    });
  });

  it('leaves the token unchecked where it cannot be had, and is asked for again', async () => {
    let isDown = true;
    const verify = verifierWith({
      complete: async (claims) => {
        if (isDown) throw new Error('connect ECONNREFUSED 10.0.0.1');
        return claims;
      },
    });
    const token = await signer.sign();
    await expect(verify(token)).rejects.toMatchObject({
      message: 'Access token could not be verified; retry later.',
      extensions: { code: 'TOKENS_UNCHECKED', http: { status: 503 } },
    });
    isDown = false;
    expect((await verify(token)).subject).toBe('reader-1');
  });

  it('may take a token back at any time, also one that was checked', async () => {
    let isBack = false;
    const verify = verifierWith({ stillHolds: () => !isBack });
    const token = await signer.sign();
    await verify(token);
    isBack = true;
    await expect(verify(token)).rejects.toMatchObject({
      message: 'Expected a valid access token, but got: one that was revoked.',
      extensions: { code: 'UNAUTHENTICATED' },
    });
  });

  it('is asked for anew where what it was no longer holds', async () => {
    let standing = 1;
    const verify = verifierWith({
      complete: (claims) => ({ ...claims, standing }),
      stillHolds: (claims) => claims.standing === standing,
    });
    const token = await signer.sign();
    expect((await verify(token)).claims.standing).toBe(1);
    standing = 2;
    expect((await verify(token)).claims.standing).toBe(2);
  });
});
