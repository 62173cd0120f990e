/** The membership page: tiers, and the number of members. */

import type { Reader } from '../../../gateway/auth/readerClaims.ts';
import type { MembershipPageQuery, MembershipPageQueryVariables } from '../../../schema/documents.ts';
import { Banner } from '../parts/banner.tsx';
import { Teaser } from '../parts/teaser.tsx';
import type { View } from '../renderRequest.ts';
import { signInPath } from '../site.ts';
import { failurePage } from './failure.tsx';

type Community = NonNullable<MembershipPageQuery['membership']>;

export const membershipPage: View<MembershipPageQuery, MembershipPageQueryVariables> = (
  data,
  { site, reader },
) => {
  const { membership, sections, latest } = data;
  if (!membership) return failurePage('DOWN', { sections, latest: latest?.articles.nodes });
  return {
    title: 'Membership',
    description: membership.thankYouMessage,
    canonical: '/membership',
    sections,
    body: (
      <div class="membership">
        <header class="topic-header">
          <h1>Membership</h1>
          <p class="standfirst">Independent reporting, paid for by the people who read it.</p>
        </header>
        <Banner community={membership} site={site} reader={reader} joinAt="#tiers" />
        <section aria-labelledby="tiers">
          <h2 id="tiers" class="rule">
            What you can join
          </h2>
          <ul class="tiers">
            {membership.tiers.map((tier) => (
              <Tier key={tier.id} tier={tier} reader={reader} />
            ))}
          </ul>
        </section>
        {membership.newsletters.length > 0 && (
          <section aria-labelledby="newsletters">
            <h2 id="newsletters" class="rule">
              Newsletters
            </h2>
            <ul class="letters">
              {membership.newsletters.map(({ id, name, description }) => (
                <li key={id}>
                  <h3>{name}</h3>
                  {description && <p>{description}</p>}
                </li>
              ))}
            </ul>
          </section>
        )}
        {latest && (
          <section aria-labelledby="latest">
            <h2 id="latest" class="rule">
              What members make possible
            </h2>
            <div class="tiles four">
              {latest.articles.nodes.map((story) => (
                <Teaser key={story.id} story={story} form="tile" />
              ))}
            </div>
          </section>
        )}
      </div>
    ),
  };
};

function Tier({ tier, reader }: { tier: Community['tiers'][number]; reader: Reader }) {
  const { name, description, type, prices, trialDays, benefits } = tier;
  const [first, ...others] = prices;
  return (
    <li class="tier">
      <h3>{name}</h3>
      <p class="price">
        {type === 'FREE' || !first ? 'Free' : `${first.display} `}
        {first && <span class="small">a {first.interval.toLowerCase()}</span>}
      </p>
      {others.map(({ interval, display }) => (
        <p key={interval} class="small">
          or {display} a {interval.toLowerCase()}
        </p>
      ))}
      {trialDays > 0 && <p class="small">The first {trialDays} days are free</p>}
      {description && <p>{description}</p>}
      {benefits.length > 0 && (
        <ul>
          {benefits.map((benefit) => (
            <li key={benefit}>{benefit}</li>
          ))}
        </ul>
      )}
      <Join tier={tier} reader={reader} />
    </li>
  );
}

/** How one joins. Money is taken by Stripe, which tells us who paid; where they pay is for each newsroom to say. */
function Join({ tier: { id, name, type }, reader }: { tier: Community['tiers'][number]; reader: Reader }) {
  const { member_tiers: held, member_status: status } = reader.claims;
  const isMember = (Array.isArray(held) && held.includes(id)) || (type === 'FREE' && status === 'FREE');
  if (isMember) return <p class="join-note">You are a member of this.</p>;
  if (type === 'PAID')
    return (
      <p class="join-note">
        No checkout is set up on this site. Whoever has paid signs in with the address that they paid with.
      </p>
    );
  if (reader.isSignedIn) return null;
  return (
    <p class="join-here">
      <a class="button" href={signInPath('/membership')} rel="nofollow" aria-label={`Join for free: ${name}`}>
        Join for free
      </a>
    </p>
  );
}
