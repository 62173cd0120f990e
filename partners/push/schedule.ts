/** When a failed delivery is retried. */

/** The most attempts at a delivery, made over about 26 hours. */
export const attemptsAtMost = 6;

/** The most attempts at a verification of intent: the subscriber can subscribe again. */
export const verificationsAtMost = 3;

const minute = 60_000;
const growth = 6;
const retryAfterAtMostMs = 6 * 60 * minute;

/**
 * The delay after attempt number `attempts`: 1 minute, 6, 36, then 3.6 hours, 21.6 hours, each with 20 % jitter. A
 * longer Retry-After is honoured up to 6 hours. `random` returns a number from 0 to 1.
 */
export function delayMs(attempts: number, random: () => number, retryAfterMs = 0): number {
  const planned = minute * growth ** (attempts - 1) * (0.8 + 0.4 * random());
  return Math.round(Math.max(planned, Math.min(retryAfterMs, retryAfterAtMostMs)));
}

/** A Retry-After header in milliseconds from `now`, in either of its forms (RFC 9110, section 10.2.3). */
export function retryAfterMs(header: string | undefined, now: Date): number {
  if (header === undefined) return 0;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now.getTime());
}
