import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OperationDefinitionNode, parse } from 'graphql';
import { rootFieldsOf } from '../../../gateway/operation/textBounds.ts';
import { makeGateway, type TestGateway } from '../../support/gateway.ts';

const count = (text: string) => {
  const document = parse(text);
  return rootFieldsOf(document.definitions[0] as OperationDefinitionNode, document);
};

describe('the bound on root fields', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await makeGateway({ env: { MAX_ROOT_FIELDS: '3' } });
  });
  afterAll(() => gateway.stop());

  it('counts aliases, and what fragments bring in', () => {
    expect(count('{ a b: a c { d e } }')).toBe(3);
    expect(
      count('{ ...F ... on Query { a b } } fragment F on Query { a ...G ...G } fragment G on Query { a b }'),
    ).toBe(7);
  });

  it('refuses an operation that has more, and answers one that has just as many', async () => {
    const names = (many: number) =>
      `{ ${Array.from({ length: many }, (_, n) => `a${n}: __typename`).join(' ')} }`;
    const { status, body } = await gateway.ask(names(4));
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({
      message: 'Expected the operation to have at most 3 root fields, but got: 4.',
      extensions: { code: 'OPERATION_TOO_LARGE' },
    });
    expect((await gateway.ask(names(3))).body.errors).toBeUndefined();
  });
});
