/** Parses and validates the command line of `npm run token` before a database is opened. */

import { parseArgs } from 'node:util';
import { StartError } from '../../kit/startError.ts';
import { longestTokenSeconds } from '../../subgraphs/trust/accessTokens.ts';
import { scopes as scopeTexts } from '../../subgraphs/trust/scopes.ts';
import type { Rights } from './partner.ts';
import type { Terms } from './store.ts';

export type Order = { does: 'help' } | { does: 'list' } | Signing | Change;

/** A request for an access token. */
export interface Signing {
  does: 'sign';
  subject: string;
  scopes: readonly string[];
  lifetimeSeconds: number;
}

/** A change of one partner. */
export type Change =
  | { does: 'revoke'; name: string }
  | { does: 'issue' | 'rotate'; name: string; terms: Terms; overlapMs: number };

const options = {
  partner: { type: 'string' },
  origins: { type: 'string' },
  rights: { type: 'string' },
  quota: { type: 'string' },
  developer: { type: 'boolean' },
  rotate: { type: 'boolean' },
  overlap: { type: 'string' },
  revoke: { type: 'boolean' },
  list: { type: 'boolean' },
  scopes: { type: 'string' },
  subject: { type: 'string' },
  for: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** Throws a StartError for invalid arguments. */
export function readOrder(args: string[]): Order {
  const given = parse(args);
  const { partner, rotate = false, revoke = false, list = false, help = false } = given;
  if (help) return { does: 'help' };
  if (given.scopes !== undefined) return signingIn(given, given.scopes);
  for (const name of ['subject', 'for'] as const)
    if (given[name] !== undefined) fail(`--${name} with --scopes`, `--${name} without`);
  const others = Object.keys(given).filter((name) => name !== 'list');
  if (list && others.length > 0) fail('--list alone', `--${others[0]} with it`);
  if (list) return { does: 'list' };
  if (partner === undefined) fail('--partner NAME, --scopes LIST or --list', 'none of them');
  const name = nameIn(partner);
  const terms = termsIn(given);
  if (rotate && revoke) fail('--rotate or --revoke', 'both');
  if (given.overlap !== undefined && !rotate) fail('--overlap with --rotate', '--overlap alone');
  const [changed] = Object.keys(terms);
  if (revoke && changed) fail('--revoke with --partner alone', 'something to change with it');
  if (revoke) return { does: 'revoke', name };
  return { does: rotate ? 'rotate' : 'issue', name, terms, overlapMs: durationIn(given.overlap ?? '24h') };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options, allowNegative: true }).values;
  } catch (error) {
    throw new StartError((error as Error).message);
  }
}

function termsIn(given: ReturnType<typeof parse>): Terms {
  const { origins, rights, quota, developer } = given;
  return {
    ...(origins !== undefined && { origins: originsIn(origins) }),
    ...(rights !== undefined && { rights: rightsIn(rights) }),
    ...(quota !== undefined && { quota: quotaIn(quota) }),
    ...(developer !== undefined && { mayExplore: developer }),
  };
}

/** Options of access tokens cannot be combined with those of partners. */
function signingIn(given: ReturnType<typeof parse>, scopes: string): Signing {
  const other = Object.keys(given).find((name) => !['scopes', 'subject', 'for'].includes(name));
  if (other) fail('--scopes with --subject and --for alone', `--${other} with it`);
  return {
    does: 'sign',
    subject: nameIn(given.subject ?? 'script', '--subject'),
    scopes: scopesIn(scopes),
    lifetimeSeconds: durationIn(given.for ?? '12h', '--for', longestTokenSeconds / secondsOfDay) / 1000,
  };
}

function scopesIn(text: string): string[] {
  const requested = [...new Set(text.split(/[\s,]+/).filter(Boolean))];
  const all = Object.keys(scopeTexts);
  if (requested.length === 0) fail(`--scopes to name some of ${all.join(', ')}`, 'none');
  const unknown = requested.find((scope) => !all.includes(scope));
  return unknown === undefined ? requested : fail(`--scopes to be among ${all.join(', ')}`, unknown);
}

function nameIn(text: string, option = '--partner'): string {
  const name = text.trim();
  const isName = /^[\p{L}\p{N}\p{M}\p{P}\p{S} ]{1,80}$/u.test(name);
  return isName ? name : fail(`${option} to be a name of 1 to 80 characters`, text);
}

function originsIn(text: string): string[] {
  if (text === 'any') return [];
  const origins = text.split(',').map((origin) => origin.trim());
  for (const origin of origins)
    if (!isOrigin(origin))
      fail('--origins to be origins such as https://courier.example with commas between, or any', origin);
  return [...new Set(origins)];
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
}

function rightsIn(text: string): Rights {
  const rights = text === 'none' ? [] : text.split(',').map((right) => right.trim());
  const unknown = rights.find((right) => right !== 'text' && right !== 'pictures');
  if (unknown !== undefined)
    fail('--rights to be text, pictures, both with a comma between, or none', unknown);
  return { text: rights.includes('text'), pictures: rights.includes('pictures') };
}

const largestQuota = 1_000_000_000;

function quotaIn(text: string): number | null {
  if (text === 'usual') return null;
  const quota = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  const isQuota = quota >= 1 && quota <= largestQuota;
  return isQuota ? quota : fail(`--quota to be a whole number from 1 to ${largestQuota}, or usual`, text);
}

const unitsMs: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const secondsOfDay = 86_400;
const longestOverlapDays = 90;

function durationIn(text: string, option = '--overlap', mostDays = longestOverlapDays): number {
  const [, count, unit] = /^(\d{1,8})([smhd])$/.exec(text) ?? [];
  const durationMs = Number(count) * (unitsMs[unit ?? ''] ?? Number.NaN);
  const isDuration = durationMs <= mostDays * (unitsMs.d ?? 0) && (durationMs > 0 || option === '--overlap');
  return isDuration
    ? durationMs
    : fail(`${option} to be a time such as 30m, 24h or 7d, at most ${mostDays}d`, text);
}

function fail(expected: string, got: string): never {
  throw new StartError(`Expected ${expected}, but got: ${got}.`);
}
