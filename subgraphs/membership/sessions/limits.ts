/** How often one may try: counted by keys that tell nobody of whom. */
import { createHmac } from 'node:crypto';
import { rateLimited } from '../../errors.ts';
import type { openTallies, Tally } from '../sql/tallies.ts';
import { type Network, networksOf } from './networks.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A bound on how often something may be tried; `what` is said to whoever tries more often. */
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

/** For one client, whatever the addresses, and for the networks that it is in: one of these is not many clients. */
const linksOfNetwork: Record<Network['kind'], Limit> = {
  client: linksOf('client', 20),
  'site part': linksOf('site part', 60),
  site: linksOf('site', 200),
  block: linksOf('block', 200),
};

/**
 * Mails to one address, known or not. A link holds for longer than this window, so that whoever has the mailbox has one that is in
 * force when no more are sent, whoever asked for it.
 */
export const mailsOfAddress: Limit = {
  name: 'mails of an address',
  atMost: 6,
  windowMs: 10 * minuteMs,
  what: '6 mails to one address in ten minutes',
};

/** Those that were asked for from one network: what is left is for others who ask for the same address. */
export const mailsOfAddressByClient: Limit = {
  name: 'mails of an address by a client',
  atMost: 3,
  windowMs: 10 * minuteMs,
  what: '3 mails to one address in ten minutes',
};

/** Mails to all together: so many, and no more, go out by whoever comes from everywhere. Three shares, each for fewer. */
const shareOfAll = (name: string, atMost: number): Limit => ({
  name: `mails to all, ${name}`,
  atMost,
  windowMs: 10 * minuteMs,
  what: 'so many mails',
});
/** For everybody. */
export const mailsToAnybody = shareOfAll('anybody', 700);
/** For clients from a network that nobody has come from before, once the first share is used up. */
export const mailsToNewcomers = shareOfAll('newcomers', 150);
/** For members, once the others are used up. */
export const mailsToMembers = shareOfAll('members', 150);

/** For one client: links and refresh tokens that were not in force. */
export const wrongTokens: Limit = {
  name: 'wrong tokens of a client',
  atMost: 30,
  windowMs: 15 * minuteMs,
  what: '30 tokens that are not in force in 15 minutes',
};

/** Where a gateway does not say who comes, all who do so are one. */
const nobody = 'nobody';

export type Limits = ReturnType<typeof openLimits>;

export function openLimits(
  tallies: ReturnType<typeof openTallies>,
  { secret, clock }: { secret: () => Promise<Buffer>; clock: () => Date },
) {
  const keyOf = async (limit: Limit, of: string): Promise<string> =>
    createHmac('sha256', await secret())
      .update(`${limit.name}\n${of}`)
      .digest('base64url');
  const count = async (limit: Limit, of: string): Promise<Tally> =>
    tallies.add(await keyOf(limit, of), { now: clock(), windowMs: limit.windowMs });

  async function giveBack(limit: Limit, of: string): Promise<void> {
    await tallies.giveBack(await keyOf(limit, of), clock());
  }

  async function take(limit: Limit, of: string | null): Promise<Tally> {
    const tally = await count(limit, of ?? nobody);
    if (tally.count > limit.atMost) throw tooMany(limit, tally, clock());
    return tally;
  }

  return {
    /** Counts one more, and throws RATE_LIMITED where that is too many. */
    take,

    /** Counts one more where there is room for it: whether there was. */
    async hasTaken(limit: Limit, of: string): Promise<boolean> {
      return (await count(limit, of)).count <= limit.atMost;
    },

    giveBack,

    /**
     * Counts one more link for a client and each of its networks, and throws RATE_LIMITED where that is too many for one of them; it
     * counts for none of the others then. Resolves to whether nobody else has come from the largest of them.
     */
    async takeLink(client: string | null): Promise<{ isNewcomer: boolean; network: string }> {
      const networks = networksOf(client ?? nobody);
      let last: Tally | undefined;
      for (const [place, { kind, name }] of networks.entries()) {
        try {
          last = await take(linksOfNetwork[kind], name);
        } catch (error) {
          for (const taken of networks.slice(0, place))
            await giveBack(linksOfNetwork[taken.kind], taken.name);
          throw error;
        }
      }
      return { isNewcomer: last?.count === 1, network: networks.at(-1)?.name ?? nobody };
    },
  };
}

function tooMany({ what }: Limit, { endsAt }: Tally, now: Date) {
  const seconds = Math.max(1, Math.ceil((endsAt.getTime() - now.getTime()) / 1000));
  return rateLimited(`Expected at most ${what}, but got: more. Ask again in ${seconds} seconds.`);
}
