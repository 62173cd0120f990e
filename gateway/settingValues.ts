/** Zod schemas of the values of the gateway's own settings: lists of origins, proxies, header rules and algorithms. */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { readHeaderRules } from './wire/headerRules.ts';

export const originList = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .pipe(z.array(z.string().refine((origin) => isWebAddress(origin) && new URL(origin).origin === origin)));

export const fileList = z
  .string()
  .transform((text) => text.split(',').map((file) => file.trim()))
  .pipe(z.array(z.string().min(1)).max(100));

export const proxies = z
  .string()
  .transform((text) => text.split(',').map((address) => address.trim()))
  .pipe(z.array(z.string().refine(isNetwork)));

export const headerRules = z.string().transform((text, context) => {
  const rules = readHeaderRules(text);
  if (rules) return rules;
  context.addIssue('Not a list of rules.');
  return z.NEVER;
});

/** Asymmetric JWS signature algorithms, by their registered names. */
export const signing = [
  'EdDSA',
  'Ed25519',
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
];

export const algorithmList = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim()))
  .pipe(z.array(z.enum(signing)));

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function isNetwork(text: string): boolean {
  if (text === 'loopback' || text === 'linklocal' || text === 'uniquelocal') return true;
  return isIP(text) !== 0 || (text.includes('/') && ipaddr.isValidCIDR(text));
}
