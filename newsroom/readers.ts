/** Resolves readers to members: the claims of other issuers' tokens, and tokens from before a change of membership. */
import { createHmac } from 'node:crypto';
import type { Logger } from 'pino';
import { claimsOf, verifiedAddressIn, withoutAddress } from '../subgraphs/membership/sessions/claims.ts';
import type { MembershipStore } from '../subgraphs/membership/store.ts';
import { withoutValues } from '../subgraphs/store/databaseFailure.ts';
import type { Tokens } from '../subgraphs/trust/accessTokens.ts';

type Claims = Readonly<Record<string, unknown>>;

interface ReadersOptions {
  members: Pick<MembershipStore, 'memberByAddress' | 'statusChanges'>;
  tokens: Pick<Tokens, 'issuer' | 'keysFor'>;
  log: Logger;
  /** The interval at which membership changes are read. */
  everyMs?: number;
  now?: () => number;
}

export interface Readers {
  /** Adds the claims of the member with the same e-mail address to another issuer's claims, and removes the address. */
  complete: (claims: Claims) => Claims | Promise<Claims>;
  /** Whether the membership has not changed since the claims were made. */
  stillHolds: (claims: Claims) => boolean;
  stop: () => Promise<void>;
}

/** Longer than any access token is valid. */
const rememberedMs = 30 * 60_000;

/** A change is dated before its transaction commits, so that each look begins this much earlier. */
const overlapMs = 60_000;

/** Loads recent changes, and polls for new ones until it is stopped. */
export async function openReaders(options: ReadersOptions): Promise<Readers> {
  const { members, tokens, log, everyMs = 1000, now = () => Date.now() } = options;
  const [secret] = tokens.keysFor('names of readers');
  const changed = new Map<string, number>();
  let lookedMs = now() - rememberedMs;

  async function look(): Promise<void> {
    const beginMs = now();
    for (const { memberId, changedAt } of await members.statusChanges(new Date(lookedMs - overlapMs)))
      changed.set(memberId, changedAt.getTime());
    for (const [memberId, atMs] of changed) if (atMs < beginMs - rememberedMs) changed.delete(memberId);
    lookedMs = beginMs;
  }

  await look();
  let timer: NodeJS.Timeout;
  let looking = Promise.resolve();
  let isFailing = false;
  let isStopped = false;
  const lookLater = () => {
    timer = setTimeout(() => {
      looking = look().then(
        () => {
          isFailing = false;
        },
        (error: unknown) => {
          if (!isFailing) log.warn({ err: withoutValues(error) }, 'membership changes unavailable; retrying');
          isFailing = true;
        },
      );
      looking.then(() => isStopped || lookLater());
    }, everyMs);
  };
  lookLater();

  const nameOf = (address: string): string =>
    `reader-${createHmac('sha256', secret ?? '')
      .update(address)
      .digest('base64url')
      .slice(0, 22)}`;

  return {
    async complete(claims) {
      if (claims.iss === tokens.issuer) return claims;
      const address = verifiedAddressIn(claims);
      const rest = withoutAddress(claims, nameOf);
      if (address === undefined) return rest;
      try {
        const member = await members.memberByAddress(address);
        return member ? { ...rest, ...claimsOf(member) } : rest;
      } catch (error) {
        log.error({ err: withoutValues(error) }, 'member lookup failed');
        throw error;
      }
    },
    stillHolds({ sub, member_as_of: asOf }) {
      const atMs = changed.get(sub as string);
      return atMs === undefined || (typeof asOf === 'number' && asOf >= atMs);
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
