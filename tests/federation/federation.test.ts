/** Every case, three ways that must agree: a monolith under graphql-js, the stock gateway, ours. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkOperation } from '../support/federation/check.ts';
import { type OpenCase, openCase } from '../support/federation/open.ts';
import { cases } from './cases.ts';
import { pending } from './pending.ts';

describe.each(cases.map((each) => [each.name, each] as const))('%s', (caseName, federationCase) => {
  let open: OpenCase;
  beforeAll(() => {
    open = openCase(federationCase);
  });
  afterAll(() => open?.stop());

  const { stockRefuses } = federationCase;
  if (stockRefuses) {
    it(`cannot be loaded by the stock gateway: ${stockRefuses}`, async () => {
      await expect(open.askStock({ query: '{ __typename }' })).rejects.toThrow();
    });
  }

  for (const operation of federationCase.operations) {
    const reason = pending[`${caseName}: ${operation.name}`];
    it(`answers ${operation.name}${reason ? ` (pending: ${reason})` : ''}`, async () => {
      const { ofCase, ofStock, ofOurs } = await checkOperation(federationCase, operation, open);
      expect(ofCase.join('\n')).toBe('');
      expect(ofStock.join('\n')).toBe('');
      if (reason) expect(ofOurs).not.toEqual([]);
      else expect(ofOurs.join('\n')).toBe('');
    });
  }
});

it('has pending operations only that exist', () => {
  const names = cases.flatMap(({ name, operations }) => operations.map((each) => `${name}: ${each.name}`));
  expect(new Set(names).size).toBe(names.length);
  expect(Object.keys(pending).filter((name) => !names.includes(name))).toEqual([]);
});
