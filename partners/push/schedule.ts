/** When a delivery that failed is tried again. */

/** So often is a delivery tried, in about a day. */
export const attemptsAtMost = 6;

/** A question whether somebody meant it is not asked for a day: who wants to subscribe asks again. */
export const verificationsAtMost = 3;

const minute = 60_000;
const growth = 6;
const retryAfterAtMostMs = 6 * 60 * minute;

/**
 * How long to wait after attempt number `attempts`: 1 minute, 6, 36, then 3.6 hours, 21.6 hours, each a fifth more or
 * less, so that what failed together does not come together again. Whoever asks for longer by Retry-After gets it, up
 * to 6 hours. `random` gives a number from 0 to 1.
 */
export function delayMs(attempts: number, random: () => number, retryAfterMs = 0): number {
  const planned = minute * growth ** (attempts - 1) * (0.8 + 0.4 * random());
  return Math.round(Math.max(planned, Math.min(retryAfterMs, retryAfterAtMostMs)));
}

/** A Retry-After header in milliseconds from `now`, whichever of its two forms it has (RFC 9110, section 10.2.3). */
export function retryAfterMs(header: string | undefined, now: Date): number {
  if (header === undefined) return 0;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now.getTime());
}
