/** GraphQL over HTTP, as the audits of graphql-http check it, at the door of a gateway that listens. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { makeGateway, type TestGateway } from '../support/gateway.ts';

/** Audits that we do not meet, each with the reason. */
const clientsExpect400 =
  'Apollo Server answers 400 whatever the media type, and the clients made for it count on that';
const unmet: Readonly<Record<string, string>> = {
  '572B': clientsExpect400,
  FDE2: clientsExpect400,
  '7B9B': clientsExpect400,
};

let gateway: TestGateway;
let url: string;
beforeAll(async () => {
  gateway = await makeGateway();
  url = `${await gateway.listen()}/graphql`;
});
afterAll(() => gateway.stop());

// What a page of another origin could not send without asking: a GET that bears no such header is refused (CSRF).
const fetchWithPreflight: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers);
  if ((init?.method ?? 'GET') === 'GET') headers.set('apollo-require-preflight', 'true');
  return fetch(input, { ...init, headers });
};

const audits = serverAudits({ url: () => url, fetchFn: fetchWithPreflight });

describe('the door at /graphql', () => {
  it.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (name, audit) => {
    const result = await audit.fn();
    const reason = unmet[audit.id];
    expect({
      name,
      status: result.status,
      reason: result.status === 'ok' ? undefined : result.reason,
    }).toEqual(
      reason === undefined
        ? { name, status: 'ok', reason: undefined }
        : { name, status: expect.not.stringMatching('ok'), reason: expect.anything() },
    );
  });
});
