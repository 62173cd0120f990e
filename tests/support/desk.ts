/** Membership's desk for tests: on a database of its own, with a clock that is moved by hand, its mails kept. */

import type { Mail } from '../../subgraphs/membership/sessions/mail.ts';
import { openQueue } from '../../subgraphs/membership/sessions/mailQueue.ts';
import {
  openSignInService,
  type SignInService,
  type SignInSession,
} from '../../subgraphs/membership/sessions/signInService.ts';
import { type MembershipStore, openMembershipStore } from '../../subgraphs/membership/store.ts';
import { readSubgraphSettings } from '../../subgraphs/settings.ts';
import { type DatabaseServer, subgraphOwner } from '../../subgraphs/store/database.ts';
import { openTokens, type Tokens } from '../../subgraphs/trust/accessTokens.ts';

export interface TestDesk extends SignInService {
  store: MembershipStore;
  tokens: Tokens;
  mails: Mail[];
  /** Time goes on. */
  wait: (ms: number) => void;
  now: () => Date;
  /** Waits until nothing is under way any more. */
  settle: () => Promise<void>;
  /** Asks for a link and reads its token out of the mail. */
  tokenFor: (email: string, client?: string) => Promise<string>;
  /** Signs an address in, from a client of its own. */
  enter: (email: string) => Promise<SignInSession>;
  /** How many rows a table of Membership has. */
  count: (table: string) => Promise<number>;
}

export async function openTestDesk(server: DatabaseServer): Promise<TestDesk> {
  const database = server.databaseOf(subgraphOwner('membership'));
  await database.migrate();
  const settings = readSubgraphSettings({ PUBLIC_URL: 'https://news.example', TOKEN_SECRET: 's'.repeat(32) });
  let nowMs = Date.parse('2026-03-10T12:00:00.250Z');
  const clock = () => new Date(nowMs);
  const store = openMembershipStore(database, clock);
  const tokens = await openTokens(settings, () => nowMs);
  const mails: Mail[] = [];
  // As the service has it: a few at a time, since each waits for a connection for so long at most.
  const failures: unknown[] = [];
  const queue = openQueue({
    waitingAtMost: Number.POSITIVE_INFINITY,
    atOnce: 2,
    onFailure: (error) => void failures.push(error),
  });
  const desk = openSignInService({
    ...{ database, store, clock, publicUrl: settings.publicUrl },
    tokens: async () => tokens,
    deliver: async (mail) => void mails.push(mail),
    queue,
  });
  let clients = 0;
  const settle = async () => {
    await queue.idle(60_000);
    if (failures.length > 0) throw failures.splice(0)[0];
  };
  const tokenFor = async (email: string, client = `client ${++clients}`) => {
    await desk.requestLink({ email }, client);
    await settle();
    return tokenIn(mails.at(-1)?.text ?? '');
  };
  return {
    ...desk,
    ...{ store, tokens, mails, settle, tokenFor },
    now: clock,
    wait: (ms) => {
      nowMs += ms;
    },
    enter: async (email) => desk.signIn(await tokenFor(email), `client ${++clients}`),
    count: async (table) => {
      const { rows } = (await database.sql.execute(
        `select count(*)::int as count from membership.${table}`,
      )) as unknown as { rows: { count: number }[] };
      return rows[0]?.count ?? -1;
    },
  };
}

/** The token of the link in a mail. */
export const tokenIn = (text: string): string => /\/sign-in\?token=([\w-]{43})/.exec(text)?.[1] ?? 'none';
