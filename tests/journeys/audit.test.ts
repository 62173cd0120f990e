/** GraphQL over HTTP, as the audits of graphql-http check it, at the door of a gateway that listens. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { makeGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
let url: string;
beforeAll(async () => {
  gateway = await makeGateway();
  url = `${await gateway.listen()}/graphql`;
});
afterAll(() => gateway.stop());

const audits = serverAudits({ url: () => url });

describe('the door at /graphql', () => {
  it.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (name, audit) => {
    const result = await audit.fn();
    const reason = result.status === 'ok' ? undefined : result.reason;
    expect({ name, status: result.status, reason }).toEqual({ name, status: 'ok', reason: undefined });
  });
});
