/** Verifies the signature of Ghost's webhooks: `X-Ghost-Signature: sha256=HEX, t=MILLISECONDS`. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { notSigned } from '../../subgraphs/serve/webhookDoor.ts';

/** The largest difference between the time of a signature and the clock, in both directions. */
export const windowMs = 5 * 60_000;

const form = /^sha256=([0-9a-f]{64}),\s*t=(\d{1,15})$/i;

interface Signature {
  mac: Buffer;
  sentAt: Date;
  /** The time as text, which is signed with the body. */
  time: string;
}

/** Parses a signature header. Throws when it is malformed. */
export function readSignature(header: string | string[] | undefined): Signature {
  if (header === undefined) throw notSigned('none');
  const [, hex, time] = form.exec(String(header)) ?? [];
  if (hex === undefined || time === undefined) throw notSigned('an invalid one');
  return { mac: Buffer.from(hex, 'hex'), sentAt: new Date(Number(time)), time };
}

/**
 * Checks that one of the secrets signed this body at about this time: HMAC-SHA256 over the body followed by the time.
 * Ghost before 5.87.1 signed the body alone, which allows replay; such signatures are rejected.
 */
export function verifySignature(
  { mac, sentAt, time }: Signature,
  body: Buffer,
  { secrets, now }: { secrets: readonly string[]; now: Date },
): void {
  const isSigned = secrets.map((secret) =>
    timingSafeEqual(createHmac('sha256', secret).update(body).update(time).digest(), mac),
  );
  if (!isSigned.includes(true)) throw notSigned('an invalid one');
  // Only a sender with the secret learns that the time is wrong.
  if (Math.abs(now.getTime() - sentAt.getTime()) > windowMs)
    throw notSigned(
      `one of ${sentAt.getTime() < now.getTime() ? 'more than 5 minutes ago' : 'more than 5 minutes ahead'}`,
    );
}
