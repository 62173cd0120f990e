/** Membership: the community's count and campaign, what one can join, and who may read what. */
import { federate } from '../federate.ts';
import type { Subgraph } from '../subgraph.ts';
import { openTokens } from '../tokens.ts';
import { addKeys } from './keys.ts';
import { createMembershipLoaders, once } from './loaders.ts';
import {
  ArticleAccessResolver,
  ArticleResolver,
  MemberCountResolver,
  type MembershipContext,
  MembershipResolver,
  PriceResolver,
  references,
} from './resolvers.ts';
import { type MembershipStore, openMembershipStore } from './store.ts';
import { Article } from './types.ts';

const federated = federate({
  resolvers: [MembershipResolver, MemberCountResolver, PriceResolver, ArticleResolver, ArticleAccessResolver],
  orphanedTypes: [Article],
  references,
});

export const membership: Subgraph<MembershipStore> = {
  name: 'membership',
  federated,
  async open({ database, settings, clock = () => new Date() }) {
    await database.migrate();
    const store = openMembershipStore(database, clock);
    // Opened when they are first needed: a store alone needs no secret.
    const tokens = once(() => openTokens(settings, () => clock().getTime()));
    return {
      ...federated,
      name: 'membership',
      store,
      check: database.check,
      addRoutes: async (app) => addKeys(app, await tokens()),
      contextFor({ reader }): MembershipContext {
        const now = clock();
        return { loaders: createMembershipLoaders(store, now), reader, publicUrl: settings.publicUrl, now };
      },
    };
  },
};
