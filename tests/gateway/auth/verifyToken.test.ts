import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { openVerifier, type VerifyOptions } from '../../../gateway/auth/verifyToken.ts';
import { audience, forge, issuer, makeSigner, seconds, type TokenSigner } from '../../support/tokens.ts';

let signer: TokenSigner;
let stranger: TokenSigner;
beforeAll(async () => {
  signer = await makeSigner();
  stranger = await makeSigner();
});

const verifierOf = (more: Partial<VerifyOptions> = {}) =>
  openVerifier({
    issuers: [{ issuer, audience, jwks: signer.jwks }],
    algorithms: ['EdDSA', 'ES256', 'RS256', 'PS256'],
    clockToleranceSeconds: 30,
    timeoutMs: 1000,
    ...more,
  });

/** The sentence of a refusal. */
async function refusalOf(token: string, verify = verifierOf()): Promise<string> {
  try {
    await verify(token);
    return 'it was taken';
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    expect(error.extensions.code).toBe('UNAUTHENTICATED');
    for (const part of token.split('.').filter((one) => one.length > 8))
      expect(error.message).not.toContain(part);
    return error.message.replace('Expected a valid access token, but got: ', '');
  }
}

describe('an access token', () => {
  it('says who reads: subject, scopes, and all other claims', async () => {
    const reader = await verifierOf()(await signer.sign({ scope: 'a b  c', tier: 'gold' }));
    expect(reader).toMatchObject({
      isSignedIn: true,
      subject: 'reader-1',
      claims: { tier: 'gold', iss: issuer },
    });
    expect([...reader.scopes]).toEqual(['a', 'b', 'c']);
    expect(Object.isFrozen(reader) && Object.isFrozen(reader.claims)).toBe(true);
  });

  it.each([
    [{ scp: ['x', 'y', 7] }, ['x', 'y']],
    [{ scp: 'x y' }, ['x', 'y']],
    [{ scope: ['x'] }, ['x']],
    [{ scope: 5 }, []],
    [{}, []],
  ])('with %j has these scopes: %j', async (claims, scopes) => {
    expect([...(await verifierOf()(await signer.sign(claims))).scopes]).toEqual(scopes);
  });

  it.each(['ES256', 'RS256', 'PS256'])('may be signed with %s', async (alg) => {
    const other = await makeSigner(alg);
    const verify = verifierOf({ issuers: [{ issuer, audience, jwks: other.jwks }] });
    expect((await verify(await other.sign())).subject).toBe('reader-1');
  });

  it('is refused when somebody else signed it, or it was changed', async () => {
    expect(await refusalOf(await stranger.sign())).toBe('one with an invalid signature.');
    const [head, , signature] = (await signer.sign()).split('.');
    const [, body] = (await signer.sign({ sub: 'somebody-else' })).split('.');
    expect(await refusalOf(`${head}.${body}.${signature}`)).toBe('one with an invalid signature.');
    expect(await refusalOf(await signer.sign({}, { kid: 'unknown' }))).toBe('one with an invalid signature.');
  });

  it('is refused without a signature, whatever it calls that', async () => {
    const claims = { iss: issuer, aud: audience, exp: seconds(600), sub: 'x' };
    for (const alg of ['none', 'None', 'NONE', '', undefined])
      expect(await refusalOf(forge({ alg, kid: 'k1' }, claims))).toBe(
        'one with an algorithm that is not accepted.',
      );
  });

  it('is refused when it was signed with the public key as a secret', async () => {
    const other = await makeSigner('RS256');
    const verify = verifierOf({ issuers: [{ issuer, audience, jwks: other.jwks }] });
    const head = Buffer.from(JSON.stringify({ alg: 'HS256', kid: 'k1' })).toString('base64url');
    const body = (await other.sign()).split('.')[1];
    for (const secret of [JSON.stringify(other.jwks.keys[0]), String(other.jwks.keys[0]?.n)]) {
      const signature = createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url');
      expect(await refusalOf(`${head}.${body}.${signature}`, verify)).toBe(
        'one with an algorithm that is not accepted.',
      );
    }
  });

  it('is refused with an algorithm that is not on the list, though its key is there', async () => {
    const other = await makeSigner('ES384');
    const verify = verifierOf({ issuers: [{ issuer, audience, jwks: other.jwks }] });
    expect(await refusalOf(await other.sign(), verify)).toBe('one with an algorithm that is not accepted.');
  });

  it('holds for a time, give or take what clocks may differ', async () => {
    expect(await refusalOf(await signer.sign({ exp: seconds(-20) }))).toBe('it was taken');
    expect(await refusalOf(await signer.sign({ exp: seconds(-40) }))).toBe('one that has expired.');
    expect(await refusalOf(await signer.sign({ nbf: seconds(20) }))).toBe('it was taken');
    expect(await refusalOf(await signer.sign({ nbf: seconds(60) }))).toBe('one that is not valid yet.');
    expect(await refusalOf(await signer.sign({ exp: undefined }))).toBe('one without the claim "exp".');
  });

  it('is refused when it is of another issuer, or for another audience', async () => {
    for (const iss of ['https://other.test', `${issuer}/`, undefined])
      expect(await refusalOf(await signer.sign({ iss }))).toBe('one of another issuer.');
    for (const aud of ['https://other.test', ['a', 'b'], undefined])
      expect(await refusalOf(await signer.sign({ aud }))).toBe('one for another audience.');
    expect(await refusalOf(await signer.sign({ aud: ['a', audience] }))).toBe('it was taken');
  });

  it('is refused when it is huge, before anything is read of it', async () => {
    const token = await signer.sign({ more: 'x'.repeat(9000) });
    expect(await refusalOf(token)).toBe('one with more than 8192 characters.');
  });

  it.each(['', 'x', 'a.b', 'a.b.c', '..', '{}.{}.{}', `${'a'.repeat(20)}.${'b'.repeat(20)}.c`, 'é.ü.ß'])(
    'is refused when it is none: %j',
    async (token) => {
      expect(await refusalOf(token)).toBe('one that is not a JSON Web Token.');
    },
  );

  it('is refused when it has parts that are critical and not known', async () => {
    const claims = { iss: issuer, aud: audience, exp: seconds(600) };
    expect(await refusalOf(forge({ alg: 'EdDSA', kid: 'k1', crit: ['x'], x: 1 }, claims, 'aaaa'))).toBe(
      'one that is not a JSON Web Token.',
    );
  });

  it('is checked with all keys when it does not say with which it was signed', async () => {
    const jwks = {
      keys: [...stranger.jwks.keys, ...signer.jwks.keys].map((key, at) => ({ ...key, kid: `n${at}` })),
    };
    const verify = verifierOf({ issuers: [{ issuer, audience, jwks }] });
    const header = { kid: undefined as unknown as string };
    expect((await verify(await signer.sign({}, header))).subject).toBe('reader-1');
    const third = await makeSigner();
    expect(await refusalOf(await third.sign({}, header), verify)).toBe('one with an invalid signature.');
    expect(await refusalOf(await signer.sign({ aud: 'x' }, header), verify)).toBe(
      'one for another audience.',
    );
  });

  it('is checked with the keys of its own issuer alone', async () => {
    const other = { issuer: 'https://own.test', audience, jwks: stranger.jwks };
    const verify = verifierOf({ issuers: [{ issuer, audience, jwks: signer.jwks }, other] });
    expect((await verify(await stranger.sign({ iss: other.issuer, sub: 's' }))).subject).toBe('s');
    expect(await refusalOf(await stranger.sign(), verify)).toBe('one with an invalid signature.');
  });

  it('that was checked is taken at once, as long as it holds', async () => {
    let now = Date.now();
    const verify = verifierOf({ now: () => now });
    const token = await signer.sign({ exp: seconds(60) });
    const reader = await verify(token);
    expect(verify(token)).toBe(reader);
    now += 80_000;
    expect(verify(token)).toBe(reader);
    now += 20_000;
    expect(await refusalOf(token, verify)).toBe('one that has expired.');
  });

  it('is checked again after five minutes, however long it holds', async () => {
    let now = Date.now();
    const verify = verifierOf({ now: () => now });
    const token = await signer.sign({ exp: seconds(86_400) });
    const reader = await verify(token);
    now += 4 * 60_000;
    expect(verify(token)).toBe(reader);
    now += 2 * 60_000;
    expect(verify(token)).toBeInstanceOf(Promise);
  });
});
