/** Membership: the community's count and campaign, tiers, access to stories, and sessions. */
import { pino } from 'pino';
import { federate } from '../graph/federate.ts';
import type { Subgraph } from '../serve/subgraph.ts';
import { sharedStore } from '../store/connectionShare.ts';
import { withoutValues } from '../store/databaseFailure.ts';
import { openTokens } from '../trust/accessTokens.ts';
import type { MembershipContext } from './context.ts';
import { addKeys } from './keys.ts';
import { createMembershipLoaders, once } from './loaders.ts';
import { MemberResolver, SessionResolver } from './memberResolvers.ts';
import {
  ArticleAccessResolver,
  ArticleEntityResolver,
  MemberCountResolver,
  MembershipResolver,
  PriceResolver,
  references,
} from './resolvers.ts';
import { openQueue } from './sessions/mailQueue.ts';
import { openMailSender } from './sessions/sendMail.ts';
import { openSignInService, type SignInService } from './sessions/signInService.ts';
import { rekeyMembers } from './sql/rekey.ts';
import { type MembershipStore, openMembershipStore } from './store.ts';
import { addStripeWebhook } from './stripe/webhook.ts';
import { Article } from './types.ts';

const federated = federate({
  resolvers: [
    MembershipResolver,
    MemberCountResolver,
    PriceResolver,
    ArticleEntityResolver,
    ArticleAccessResolver,
    SessionResolver,
    MemberResolver,
  ],
  orphanedTypes: [Article],
  references,
});

/** The store of Membership, and `renew` for the sessions of our own pages. */
export type OpenMembership = MembershipStore & Pick<SignInService, 'renew'>;

/** The maximum number of waiting mails: what one mail server accepts in some minutes. */
const mailsAtMost = 1000;
const mailsAtOnce = 2;

/** How long shutdown waits for pending mails. */
const lastMailsMs = 5000;

export const membership: Subgraph<OpenMembership> = {
  name: 'membership',
  federated,
  async open({ database, settings, clock = () => new Date(), log = pino({ level: 'silent' }) }) {
    await database.migrate();
    const doubles = await rekeyMembers(database.sql);
    if (doubles > 0) log.warn({ doubles }, 'members with equivalent e-mail addresses found');
    const store = openMembershipStore(database, clock);
    // Opened on first use, since a store alone needs no secret.
    const tokens = once(() => openTokens(settings, () => clock().getTime()));
    const mailSender = openMailSender({ settings, log });
    const queue = openQueue({
      waitingAtMost: mailsAtMost,
      atOnce: mailsAtOnce,
      onFailure: (error) => log.error({ err: withoutValues(error) }, 'sign-in e-mail failed'),
    });
    const { publicUrl } = settings;
    const { deliver } = mailSender;
    const signInService = openSignInService({ database, store, tokens, deliver, queue, publicUrl, clock });
    return {
      ...federated,
      name: 'membership',
      store: { ...store, renew: signInService.renew },
      check: database.check,
      async addRoutes(app, routesLog) {
        addKeys(app, await tokens());
        const secrets = settings.stripeWebhookSecrets;
        await addStripeWebhook(app, { db: database.sql, secrets, clock, log: routesLog });
      },
      contextFor({ reader, signal }): MembershipContext {
        const now = clock();
        const shared = sharedStore(store, database.shareOf(signal));
        return {
          loaders: createMembershipLoaders(shared, now),
          store: shared,
          signInService,
          reader,
          publicUrl,
          now,
        };
      },
      async stop() {
        await queue.idle(lastMailsMs);
        mailSender.close();
      },
    };
  },
};
