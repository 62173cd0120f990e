import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { openSigner } from '../../../gateway/wire/signCredential.ts';
import { anonymousCaller, openCredentials } from '../../../subgraphs/trust/verifyCredential.ts';

const secret = 'a secret of the gateway of 32 characters';
const other = 'another secret of the gateway as long as that';
const query = 'query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }';
const identity = JSON.stringify({
  reader: { sub: 'editor', member_status: 'PAID', scope: 'articles:write' },
});
const now = () => Date.UTC(2026, 10, 24, 12);

const sign = (secrets: readonly string[], request: object = {}, at = now) =>
  openSigner(secrets, at)?.({ query, kind: 'query', headers: {}, identity, ...request });
const read = (sent: object, secrets: readonly string[] = [secret], at = now) =>
  openCredentials(secrets, at)({ credential: sign([secret]), query, variables: {}, ...sent });

describe('the credential of a call', () => {
  it('tells the subgraph who asks', () => {
    const { isGateway, reader } = read({});
    expect(isGateway).toBe(true);
    expect(reader).toMatchObject({ status: 'PAID', name: 'editor', memberId: null, tierIds: [] });
    expect([...reader.scopes]).toEqual(['articles:write']);
  });

  it('says that the gateway asks for nobody in particular', () => {
    const credential = sign([secret], { identity: undefined });
    expect(read({ credential })).toEqual({
      isGateway: true,
      asksForChange: false,
      reader: anonymousCaller.reader,
    });
  });

  it.each([
    ['is missing', { credential: undefined }],
    ['is a list', { credential: [sign([secret])] }],
    ['is no token', { credential: 'x' }],
    ['is empty in its parts', { credential: '..' }],
    ['is huge', { credential: `${'x'.repeat(20_000)}.${'y'.repeat(20_000)}.z` }],
    ['has a part more', { credential: `${sign([secret])}.x` }],
    ['is of another secret', { credential: sign([other]) }],
    ['is for another operation', { query: '{ me { id } }' }],
    ['comes without an operation', { query: undefined }],
    ['is signed by nobody', { credential: unsigned({ alg: 'none' }, '') }],
    ['says that it is signed by nobody', { credential: signedAs({ alg: 'none' }) }],
    ['has claims that are none', { credential: signedAs({ alg: 'HS256' }, 'null') }],
    ['says no time', { credential: signedAs({ alg: 'HS256' }, '{"operation":"x"}') }],
  ])('makes nobody of a caller whose credential %s', (_, sent) => {
    expect(read(sent)).toBe(anonymousCaller);
  });

  it('holds for a minute, and not much longer', () => {
    const credential = sign([secret]);
    const later = (seconds: number) => read({ credential }, [secret], () => now() + seconds * 1000).isGateway;
    expect([0, 60, 119, 121, -29, -31].map(later)).toEqual([true, true, true, false, true, false]);
  });

  it('is believed by both secrets while one is replaced, and by none where there is none', () => {
    expect(read({}, [other, secret]).isGateway).toBe(true);
    expect(read({ credential: sign([other, secret]) }, [secret, other]).isGateway).toBe(true);
    expect(read({}, []).isGateway).toBe(false);
  });

  it('is for one change, with its values', () => {
    const variables = { id: 'a' };
    const credential = sign([secret], { kind: 'mutation', variables });
    expect(read({ credential, variables: { id: 'a' } })).toMatchObject({
      isGateway: true,
      asksForChange: true,
    });
    expect(read({ credential, variables: { id: 'a' }, operationName: 'B' })).toBe(anonymousCaller);
    const named = sign([secret], { kind: 'mutation', variables, operationName: 'A' });
    expect(read({ credential: named, variables, operationName: 'A' }).asksForChange).toBe(true);
    for (const operationName of ['B', null, undefined])
      expect(read({ credential: named, variables, operationName })).toBe(anonymousCaller);
    expect(read({ credential, variables: { id: 'b' } })).toBe(anonymousCaller);
    expect(read({ credential, variables: undefined })).toBe(anonymousCaller);
  });

  it.each([
    ['without both', {}],
    ['without its name', { variables: hashOf({ id: 'a' }) }],
    ['without its values', { operationName: null }],
  ])('that signs an operation %s asks for no change', (_, more) => {
    const claims = { iat: now() / 1000, exp: now() / 1000 + 90, operation: sha256(query), ...more };
    const credential = signedAs({ alg: 'HS256' }, JSON.stringify(claims));
    expect(read({ credential, variables: { id: 'a' } })).toMatchObject({
      isGateway: true,
      asksForChange: false,
    });
  });

  it('is the same text for the same question within half a minute', () => {
    const signer = openSigner([secret], now);
    const request = { query, kind: 'query', headers: {}, identity } as const;
    expect(signer?.(request)).toBe(signer?.({ ...request }));
    expect(signer?.(request)).not.toBe(signer?.({ ...request, identity: undefined }));
  });

  it('is not made without a secret', () => {
    expect(openSigner([])).toBeUndefined();
  });
});

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hashOf(variables: object): string {
  return sha256(JSON.stringify(variables));
}

function encoded(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

function unsigned(head: object, signature: string): string {
  return `${encoded(head)}.${encoded({ iat: 0, exp: 9e9 })}.${signature}`;
}

function signedAs(head: object, claims = '{"iat":0,"exp":9000000000}'): string {
  const signed = `${encoded(head)}.${encoded(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
