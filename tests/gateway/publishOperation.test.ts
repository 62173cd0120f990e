/** What the gateway publishes of operations, whichever way they take. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openStored } from '../../gateway/operation/storedOperations.ts';
import { channels, type OperationMessage } from '../../kit/channels.ts';
import { makeGateway, type TestGateway } from '../support/gateway.ts';

const body = 'query Kept { story(id: 1) { title } }';
const stored = openStored([{ id: 'a'.repeat(64), name: 'Kept', type: 'query', body }]);

let gateway: TestGateway;
let published: Pick<OperationMessage, 'operation' | 'isStored' | 'outcome' | 'codes'>[];
let unsubscribe: () => void;
beforeEach(async () => {
  published = [];
  unsubscribe = channels.operation.subscribe(({ operation, isStored, outcome, codes }) =>
    published.push({ operation, isStored, outcome, codes }),
  );
  gateway = await makeGateway({ stored });
});
afterEach(async () => {
  unsubscribe();
  await gateway.stop();
});

describe('an operation', () => {
  it('is published once, with its outcome, also when it takes the fast path', async () => {
    const query = 'query Page { story(id: 1) { title } }';
    for (let n = 0; n < 3; n += 1) await gateway.ask(query);
    expect(published).toEqual(
      Array(3).fill({ operation: 'Page', isStored: false, outcome: 'ok', codes: [] }),
    );
  });

  it('is published once when the fast path leaves it to Apollo Server', async () => {
    const query = 'query Page($id: ID!) { story(id: $id) { title } }';
    await gateway.ask(query, { id: '1' });
    published = [];
    const { body: answer } = await gateway.ask(query);
    expect(answer.errors[0].extensions.code).toBe('BAD_USER_INPUT');
    // The mistake of a caller is no internal error.
    expect(gateway.logged.join('')).not.toContain('internal error');
    expect(published).toEqual([
      { operation: 'Page', isStored: false, outcome: 'failed', codes: ['BAD_USER_INPUT'] },
    ]);
  });

  it('is a stored one however it is sent', async () => {
    for (let n = 0; n < 2; n += 1) await gateway.ask(body);
    expect(published.map(({ isStored }) => isStored)).toEqual([true, true]);
  });
});
