/** The membership banner: number of members, thanks, and progress of the campaign. */
import type { Reader } from '../../../gateway/auth/readerClaims.ts';
import type { StoryPageQuery } from '../../../schema/documents.ts';
import { localPath, type Site } from '../site.ts';

export type Community = NonNullable<StoryPageQuery['membership']>;

interface BannerProps {
  community: Community | null;
  site: Site;
  /** Members are not asked to join. */
  reader: Reader;
  /** Where one joins, where that is on this very page. */
  joinAt?: string;
}

export function Banner({ community, site, reader, joinAt }: BannerProps) {
  if (!community) return null;
  const { memberCount, thankYouMessage, campaign } = community;
  const isMember = reader.claims.member_status !== undefined;
  return (
    <aside class="banner" aria-label="Membership">
      <Counter {...memberCount} />
      <p class="thanks">{thankYouMessage}</p>
      {campaign ? (
        <Campaign
          campaign={campaign}
          href={isMember ? undefined : (joinAt ?? localPath(campaign.url, site))}
        />
      ) : (
        !isMember && (
          <a class="button" href={joinAt ?? '/membership'}>
            Become a member
          </a>
        )
      )}
    </aside>
  );
}

/** The script counts up what is shown; what is read aloud stays as it is. */
function Counter({ rounded, display }: Community['memberCount']) {
  if (rounded === 0) return null;
  return (
    <p class="counter">
      <strong>
        <span aria-hidden="true" data-count={rounded}>
          {display}
        </span>
        <span class="unseen">{display}</span>
      </strong>{' '}
      people chose to be part of it
    </p>
  );
}

interface CampaignProps {
  campaign: NonNullable<Community['campaign']>;
  /** Where one joins; undefined for whoever did. */
  href: string | undefined;
}

function Campaign({ campaign, href }: CampaignProps) {
  const { name, roundedTotal, goal, percent, callToAction } = campaign;
  return (
    <div class="campaign">
      <p class="label">{name}</p>
      <progress max="100" value={percent} aria-label={`${name}: ${percent} %`} />
      <p class="small">
        <span>{number.format(roundedTotal)} so far</span>
        <span>Goal {number.format(goal)}</span>
      </p>
      {href && (
        <a class="button" href={href}>
          {callToAction}
        </a>
      )}
    </div>
  );
}

const number = new Intl.NumberFormat('en');
