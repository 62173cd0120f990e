/** The signature of Ghost's webhooks: `X-Ghost-Signature: sha256=HEX, t=MILLISECONDS`. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { notSigned } from '../../subgraphs/serve/webhookDoor.ts';

/** How far the time of a signature may lie from ours, before it and after it. */
export const windowMs = 5 * 60_000;

const form = /^sha256=([0-9a-f]{64}),\s*t=(\d{1,15})$/i;

interface Signature {
  mac: Buffer;
  sentAt: Date;
  /** The time as it stands, which is signed with the body. */
  time: string;
}

/** A signature as it stands in a header. Throws for what has not its form. */
export function readSignature(header: string | string[] | undefined): Signature {
  if (header === undefined) throw notSigned('none');
  const [, hex, time] = form.exec(String(header)) ?? [];
  if (hex === undefined || time === undefined) throw notSigned('another one');
  return { mac: Buffer.from(hex, 'hex'), sentAt: new Date(Number(time)), time };
}

/**
 * Checks that one of the secrets signed this body at about this time: HMAC-SHA256 over the body and, after it, the time. Ghost
 * before 5.87.1 signed the body alone, so that anybody could send it again at any time: that is not taken.
 */
export function verifySignature(
  { mac, sentAt, time }: Signature,
  body: Buffer,
  { secrets, now }: { secrets: readonly string[]; now: Date },
): void {
  const isSigned = secrets.map((secret) =>
    timingSafeEqual(createHmac('sha256', secret).update(body).update(time).digest(), mac),
  );
  if (!isSigned.includes(true)) throw notSigned('another one');
  // Only who has the secret is told that it was good.
  if (Math.abs(now.getTime() - sentAt.getTime()) > windowMs)
    throw notSigned(
      `one of ${sentAt.getTime() < now.getTime() ? 'more than 5 minutes ago' : 'more than 5 minutes ahead'}`,
    );
}
