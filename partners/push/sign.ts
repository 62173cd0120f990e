/** Signatures by which a receiver verifies the sender and the body of a delivery. */
import { createHmac, randomBytes } from 'node:crypto';

/** X-Hub-Signature of WebSub: https://www.w3.org/TR/websub/#signing-content */
export function hubSignature(secret: string, body: Buffer): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

const prefix = 'whsec_';

/** A webhook secret as in Standard Webhooks: 32 random bytes. */
export const newWebhookSecret = () => `${prefix}${randomBytes(32).toString('base64')}`;

/** The signature headers of Standard Webhooks: https://www.standardwebhooks.com */
export function webhookHeaders(
  secret: string,
  { id, at, body }: { id: string; at: Date; body: Buffer },
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.slice(prefix.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
