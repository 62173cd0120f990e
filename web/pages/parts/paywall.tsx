/** The paywall: what the reader needs to read on. */
import type { StoryPageQuery } from '../../../schema/documents.ts';
import { localPath, type Site, signInPath, storyPath } from '../site.ts';

interface PaywallProps {
  /** `access` is null when Membership fails: the article stays closed. */
  story: Pick<NonNullable<StoryPageQuery['article']>, 'slug' | 'access'>;
  site: Site;
}

export function Paywall({ story: { slug, access }, site }: PaywallProps) {
  const tiers = access?.requiredTiers ?? [];
  const isKnown = access?.reason === 'UPGRADE_REQUIRED';
  const signIn = signInPath(storyPath(slug));
  const join = access?.url ? localPath(access.url, site) : '/membership';
  return (
    <section class="paywall" aria-labelledby="paywall">
      <h2 id="paywall">The rest of this story is for members</h2>
      <p>
        {tiers.length > 0
          ? `It is open to ${list.format(tiers.map(({ name }) => name))}.`
          : 'It was paid for by readers. Join them and read on.'}
      </p>
      {access?.callToAction && <p>{access.callToAction}</p>}
      {isKnown ? (
        <>
          <a class="button" href={join}>
            See what you can change to
          </a>
          <p class="small">
            <span>
              Already a member with another address?{' '}
              <a href={signIn} rel="nofollow">
                Sign in
              </a>
            </span>
          </p>
        </>
      ) : (
        <>
          <a class="button" href={signIn} rel="nofollow">
            Sign in to read on
          </a>
          <p class="small">
            <span>
              Not a member yet? <a href={join}>See what you can join</a>
            </span>
          </p>
        </>
      )}
    </section>
  );
}

const list = new Intl.ListFormat('en', { type: 'disjunction' });
