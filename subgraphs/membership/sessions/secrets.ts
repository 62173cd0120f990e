/** Random tokens of readers; only their SHA-256 is stored. */
import { createHash, createHmac, randomBytes } from 'node:crypto';

/** 256 bits. */
const secretBytes = 32;
/** The common prefix of all refresh tokens of a family: 128 bits. */
const familyCharacters = 22;
const secretCharacters = 43;

const linkForm = new RegExp(`^[\\w-]{${secretCharacters}}$`);
const refreshForm = new RegExp(`^[\\w-]{${familyCharacters + secretCharacters}}$`);

export const newLinkToken = (): string => randomBytes(secretBytes).toString('base64url');

/** Whether a text has the form of a link token. */
export const isLinkToken = (text: string): boolean => linkForm.test(text);

export const isRefreshToken = (text: string): boolean => refreshForm.test(text);

/** The first refresh token of a new family. */
export const newFamily = (): string => randomBytes(16).toString('base64url') + newLinkToken();

/** The next token of a family, at random. */
export const nextToken = (token: string): string => familyOf(token) + newLinkToken();

/** The next token of a family, derived from a key, so that repeated calls return the same. */
export const successorOf = (token: string, key: Buffer): string =>
  familyOf(token) + createHmac('sha256', key).update(token).digest('base64url');

/** The stored hashes of a refresh token. */
export const hashesOf = (token: string) => ({
  familyHash: hashOfToken(familyOf(token)),
  tokenHash: hashOfToken(token),
});

export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

const familyOf = (token: string): string => token.slice(0, familyCharacters);
