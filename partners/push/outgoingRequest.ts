/** Builds the requests of deliveries. */
import { randomBytes } from 'node:crypto';
import type { AddressPolicy } from './addressPolicy.ts';
import type { Outgoing } from './sendRequest.ts';
import { hubSignature, webhookHeaders } from './sign.ts';
import type { Intent } from './tables.ts';

/** A feed as its route serves it. */
export interface Content {
  contentType: string;
  body: Buffer;
}

/** Verifies intent: the response must be `challenge`. https://www.w3.org/TR/websub/#hub-verifies-intent */
export function verificationOf(
  intent: Intent,
  addressPolicy: AddressPolicy,
): { outgoing: Outgoing; challenge: string } {
  const challenge = randomBytes(32).toString('base64url');
  const url = addressPolicy.read(intent.callback, 'the callback');
  const parameters = new URLSearchParams({
    'hub.mode': intent.mode,
    'hub.topic': intent.topic,
    'hub.challenge': challenge,
    ...(intent.mode === 'subscribe' ? { 'hub.lease_seconds': String(intent.leaseSeconds) } : {}),
  });
  // Appends to the callback's query without encoding it again.
  url.search = url.search === '' ? `${parameters}` : `${url.search}&${parameters}`;
  return { outgoing: { method: 'GET', url }, challenge };
}

/** Distributes a whole feed: https://www.w3.org/TR/websub/#content-distribution */
export function feedRequest(
  to: { topic: string; callback: string; secret: string | null },
  { contentType, body }: Content,
  { addressPolicy, hub }: { addressPolicy: AddressPolicy; hub: string },
): Outgoing {
  return {
    method: 'POST',
    url: addressPolicy.read(to.callback, 'the callback'),
    headers: {
      'content-type': contentType,
      link: `<${hub}>; rel="hub", <${to.topic}>; rel="self"`,
      ...(to.secret === null ? {} : { 'x-hub-signature': hubSignature(to.secret, body) }),
    },
    body,
  };
}

/** Sends an event to a webhook. */
export function eventRequest(
  to: { url: string; secret: string },
  { id, at, payload }: { id: string; at: Date; payload: object },
  addressPolicy: AddressPolicy,
): Outgoing {
  const body = Buffer.from(JSON.stringify(payload));
  const headers = { 'content-type': 'application/json', ...webhookHeaders(to.secret, { id, at, body }) };
  return { method: 'POST', url: addressPolicy.read(to.url, 'the URL'), headers, body };
}
