/** How often one may try: counted by keys that tell nobody of whom. */
import { createHmac } from 'node:crypto';
import { rateLimited } from '../../errors.ts';
import type { openTallies, Tally } from '../sql/tallies.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A bound on how often something may be tried; `what` is said to whoever tries more often. */
interface Limit {
  name: string;
  atMost: number;
  windowMs: number;
  what: string;
}

/** For one address, known or not. */
export const linksOfAddress: Limit = {
  name: 'links of an address',
  atMost: 5,
  windowMs: hourMs,
  what: '5 sign-in links for one address in an hour',
};

/** For one client, whatever the addresses. */
export const linksOfClient: Limit = {
  name: 'links of a client',
  atMost: 20,
  windowMs: hourMs,
  what: '20 sign-in links in an hour',
};

/** For all together: so many mails, and no more, go out by whoever comes from everywhere. */
export const linksOfAll: Limit = {
  name: 'links of all',
  atMost: 1000,
  windowMs: 10 * minuteMs,
  what: '1,000 sign-in links from all together in ten minutes',
};

/** For one client: links and refresh tokens that were not in force. */
export const wrongTokens: Limit = {
  name: 'wrong tokens of a client',
  atMost: 30,
  windowMs: 15 * minuteMs,
  what: '30 tokens that are not in force in 15 minutes',
};

/** Where a gateway does not say who comes, all who do so are one. */
const nobody = 'nobody';

export function openLimits(
  tallies: ReturnType<typeof openTallies>,
  { secret, clock }: { secret: () => Promise<Buffer>; clock: () => Date },
) {
  const keyOf = async (limit: Limit, of: string | null): Promise<string> =>
    createHmac('sha256', await secret())
      .update(`${limit.name}\n${of ?? nobody}`)
      .digest('base64url');

  return {
    /** Counts one more, and throws RATE_LIMITED where that is too many. */
    async take(limit: Limit, of: string | null): Promise<void> {
      const now = clock();
      const tally = await tallies.add(await keyOf(limit, of), { now, windowMs: limit.windowMs });
      if (tally.count > limit.atMost) throw tooMany(limit, tally, now);
    },
  };
}

function tooMany({ what }: Limit, { endsAt }: Tally, now: Date) {
  const seconds = Math.max(1, Math.ceil((endsAt.getTime() - now.getTime()) / 1000));
  return rateLimited(`Expected at most ${what}, but got: more. Ask again in ${seconds} seconds.`);
}
