import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { openSigner } from '../../../gateway/wire/signCredential.ts';
import { openCredentials } from '../../../subgraphs/trust/verifyCredential.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes of the heap that are in use once `work` is done and what nothing refers to is collected. */
function heapAfter(work: () => void): number {
  work();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** An operation text of 400,000 characters; each is another string. */
const textOf = (place: number) => Buffer.alloc(400_000, `{ a${place} }`).toString('latin1');

describe('caches whose keys are texts of requests', () => {
  const secret = 'a secret that gateway and subgraphs share';
  const many = 100;
  const megabyte = 1024 * 1024;

  it('are bounded in bytes where the gateway signs', () => {
    const sign = openSigner([secret]);
    const before = heapAfter(() => {});
    const after = heapAfter(() => {
      for (let place = 0; place < many; place++) sign?.({ query: textOf(place), kind: 'query', headers: {} });
    });
    expect(after - before).toBeLessThan(12 * megabyte);
    // Still used after the measurement.
    expect(sign?.({ query: '{ a }', kind: 'query', headers: {} })).toBeTruthy();
  });

  it('are bounded in bytes where a subgraph verifies', () => {
    const sign = openSigner([secret]);
    const verify = openCredentials([secret]);
    const before = heapAfter(() => {});
    const after = heapAfter(() => {
      for (let place = 0; place < many; place++) {
        const query = textOf(place);
        const credential = sign?.({ query, kind: 'query', headers: {} });
        expect(verify({ credential, query, variables: undefined }).isGateway).toBe(true);
      }
    });
    expect(after - before).toBeLessThan(20 * megabyte);
    expect(verify({ credential: 'none', query: '{ a }', variables: undefined }).isGateway).toBe(false);
  });
});
