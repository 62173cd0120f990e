/** The tokens that readers hold: made of chance, and known here by their SHA-256 alone. */
import { createHash, createHmac, randomBytes } from 'node:crypto';

/** 256 bits. */
const secretBytes = 32;
/** What all refresh tokens of a family begin with: 128 bits. */
const familyCharacters = 22;
const secretCharacters = 43;

const linkForm = new RegExp(`^[\\w-]{${secretCharacters}}$`);
const refreshForm = new RegExp(`^[\\w-]{${familyCharacters + secretCharacters}}$`);

export const newLinkToken = (): string => randomBytes(secretBytes).toString('base64url');

/** Whether a text can be the token of a link at all. */
export const isLinkToken = (text: string): boolean => linkForm.test(text);

export const isRefreshToken = (text: string): boolean => refreshForm.test(text);

/** The first refresh token of a new family. */
export const newFamily = (): string => randomBytes(16).toString('base64url') + newLinkToken();

/** The next token of a family, by chance. */
export const nextToken = (token: string): string => familyOf(token) + newLinkToken();

/** The next token of a family, the same each time it is asked for: for whoever has one of our keys. */
export const successorOf = (token: string, key: Buffer): string =>
  familyOf(token) + createHmac('sha256', key).update(token).digest('base64url');

/** What is kept of a refresh token. */
export const hashesOf = (token: string) => ({
  familyHash: hashOfToken(familyOf(token)),
  tokenHash: hashOfToken(token),
});

export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

const familyOf = (token: string): string => token.slice(0, familyCharacters);
