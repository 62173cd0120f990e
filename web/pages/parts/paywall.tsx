/** Where the free part of a story ends: what would let the reader go on. */
import type { StoryPageQuery } from '../../../schema/documents.ts';
import { localPath, type Site } from '../site.ts';

interface PaywallProps {
  /** Null where Membership does not answer: the story is closed all the same. */
  access: NonNullable<StoryPageQuery['article']>['access'];
  site: Site;
}

export function Paywall({ access, site }: PaywallProps) {
  const tiers = access?.requiredTiers ?? [];
  return (
    <section class="paywall" aria-labelledby="paywall">
      <h2 id="paywall">The rest of this story is for members</h2>
      <p>
        {tiers.length > 0
          ? `It is open to ${list.format(tiers.map(({ name }) => name))}.`
          : 'It was paid for by readers. Join them and read on.'}
      </p>
      <a class="button" href={access?.url ? localPath(access.url, site) : '/membership'}>
        {access?.callToAction ?? 'See what you can join'}
      </a>
    </section>
  );
}

const list = new Intl.ListFormat('en', { type: 'disjunction' });
