import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { errors } from '../../gateway/errors.ts';
import { partnerErrors } from '../../partners/errors.ts';
import { UserErrorCode } from '../../subgraphs/graph/userErrors.ts';

/** The sections of docs/errors.md by code, each with its list of facts. */
const documented = new Map(
  readFileSync('docs/errors.md', 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [code = '', ...lines] = section.split('\n');
      const facts = lines.filter((line) => line.startsWith('- ')).map((line) => line.slice(2).split(': '));
      return [code, Object.fromEntries(facts.map(([name, ...value]) => [name, value.join(': ')]))];
    }),
);

/** Codes that stand in `userErrors` of mutations only. */
const userErrors = Object.fromEntries(
  Object.keys(UserErrorCode)
    .filter((code) => !(code in errors))
    .map((code) => [code, { status: 200, wording: null, isWorthRetrying: false }]),
);

/** Those of the gateway, then those that other endpoints register, then those of mutations. */
const all = { ...errors, ...partnerErrors, ...userErrors };

describe('docs/errors.md', () => {
  it('has an entry for each registered error, in the order of the register, and no other', () => {
    expect([...documented.keys()]).toEqual(Object.keys(all));
  });

  it.each(Object.entries(all))('says of %s what the register says', (code, error) => {
    const entry = documented.get(code);
    expect(entry?.Status).toBe(String(error.status));
    expect(entry?.['Worth retrying']).toBe(error.isWorthRetrying ? 'yes' : 'no');
    if (error.wording === null) expect(entry?.Wording).toBeTruthy();
    else expect(entry?.Wording).toBe(error.wording);
  });
});
