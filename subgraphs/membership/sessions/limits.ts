/** Rate limits for signing in, counted under keys that reveal neither clients nor addresses. */
import { createHmac } from 'node:crypto';
import { rateLimited } from '../../errors.ts';
import type { openTallies, Tally } from '../sql/tallies.ts';
import { type Network, networksOf } from './networks.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A rate limit; `what` is part of the error text. */
interface Limit {
  name: string;
  atMost: number;
  windowMs: number;
  what: string;
}

const linksOf = (kind: string, atMost: number): Limit => ({
  name: `links of a ${kind}`,
  atMost,
  windowMs: hourMs,
  what: `${atMost} sign-in links in an hour${kind === 'client' ? '' : ` from one network`}`,
});

/**
 * The limits for one client, whatever the addresses, and for the networks that contain it: one network may have many
 * addresses.
 */
const linksOfNetwork: Record<Network['kind'], Limit> = {
  client: linksOf('client', 20),
  'site part': linksOf('site part', 60),
  site: linksOf('site', 200),
  block: linksOf('block', 200),
};

/**
 * Mails to one address, member or not. A link is valid for longer than this window, so the owner of the mailbox has a
 * valid one when the limit is reached, whoever requested it.
 */
export const mailsOfAddress: Limit = {
  name: 'mails of an address',
  atMost: 6,
  windowMs: 10 * minuteMs,
  what: '6 e-mails to one address in ten minutes',
};

/** Mails to one address requested from one network; the remainder is for others who request the same address. */
export const mailsOfAddressByClient: Limit = {
  name: 'mails of an address by a client',
  atMost: 3,
  windowMs: 10 * minuteMs,
  what: '3 e-mails to one address in ten minutes',
};

/** Mails in total, which bounds a distributed attack. There are three shares, for successively smaller groups. */
const shareOfAll = (name: string, atMost: number): Limit => ({
  name: `mails to all, ${name}`,
  atMost,
  windowMs: 10 * minuteMs,
  what: 'so many mails',
});
/** For everybody. */
export const mailsToAnybody = shareOfAll('anybody', 700);
/** For clients from a network without earlier requests, once the first share is used up. */
export const mailsToNewcomers = shareOfAll('newcomers', 150);
/** For members, once the other shares are used up. */
export const mailsToMembers = shareOfAll('members', 150);

/** For one client: invalid links and refresh tokens. */
export const wrongTokens: Limit = {
  name: 'wrong tokens of a client',
  atMost: 30,
  windowMs: 15 * minuteMs,
  what: '30 invalid tokens in 15 minutes',
};

/** All clients without a known address share this key. */
const nobody = 'nobody';

export type SignInLimits = ReturnType<typeof openLimits>;

export function openLimits(
  tallies: ReturnType<typeof openTallies>,
  { secret, clock }: { secret: () => Promise<Buffer>; clock: () => Date },
) {
  const keyOf = async (limit: Limit, subject: string): Promise<string> =>
    createHmac('sha256', await secret())
      .update(`${limit.name}\n${subject}`)
      .digest('base64url');
  const count = async (limit: Limit, subject: string): Promise<Tally> =>
    tallies.add(await keyOf(limit, subject), { now: clock(), windowMs: limit.windowMs });

  async function giveBack(limit: Limit, subject: string): Promise<void> {
    await tallies.giveBack(await keyOf(limit, subject), clock());
  }

  async function take(limit: Limit, subject: string | null): Promise<Tally> {
    const tally = await count(limit, subject ?? nobody);
    if (tally.count > limit.atMost) throw tooMany(limit, tally, clock());
    return tally;
  }

  return {
    /** Counts one more; throws RATE_LIMITED above the limit. */
    take,

    /** Counts one more; resolves to whether it is within the limit. */
    async hasTaken(limit: Limit, of: string): Promise<boolean> {
      return (await count(limit, of)).count <= limit.atMost;
    },

    giveBack,

    /**
     * Counts one more link for a client and each of its networks. Throws RATE_LIMITED if one of them exceeds its limit,
     * and reverts the counts of the others. Resolves to the largest network, and whether this is its first request.
     */
    async takeLink(client: string | null): Promise<{ isNewcomer: boolean; network: string }> {
      const networks = networksOf(client ?? nobody);
      let last: Tally | undefined;
      for (const [place, { kind, name }] of networks.entries()) {
        try {
          last = await take(linksOfNetwork[kind], name);
        } catch (error) {
          for (const counted of networks.slice(0, place))
            await giveBack(linksOfNetwork[counted.kind], counted.name);
          throw error;
        }
      }
      return { isNewcomer: last?.count === 1, network: networks.at(-1)?.name ?? nobody };
    },
  };
}

function tooMany({ what }: Limit, { endsAt }: Tally, now: Date) {
  const seconds = Math.max(1, Math.ceil((endsAt.getTime() - now.getTime()) / 1000));
  return rateLimited(`Expected at most ${what}, but got: more.`, seconds);
}
