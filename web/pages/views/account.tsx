/** The account page: the reader's membership and newsletters. */
import type { AccountQuery } from '../../../schema/documents.ts';
import { Moment } from '../parts/date.tsx';
import type { Page } from '../parts/document.tsx';
import { Notice } from '../parts/form.tsx';

type Member = NonNullable<AccountQuery['me']>;

interface AccountProps {
  data: AccountQuery;
  me: Member;
  /** The result of the previous action. */
  notice?: { text: string; isProblem?: boolean } | undefined;
  status?: number;
}

export function accountPage({
  data: { sections, membership },
  me,
  notice,
  status = 200,
}: AccountProps): Page {
  return {
    status,
    title: 'Your account',
    canonical: '/account',
    isUnlisted: true,
    isPersonal: true,
    sections,
    body: (
      <div class="page desk">
        <h1>Your account</h1>
        {notice && <Notice {...notice} />}
        <Facts me={me} />
        <Newsletters me={me} all={membership?.newsletters} />
        <section aria-labelledby="leave">
          <h2 id="leave" class="rule">
            This browser
          </h2>
          <form class="form" method="post" action="/sign-out">
            <p>Others who use this browser can read as you until you sign out.</p>
            <button class="button plain" type="submit">
              Sign out
            </button>
          </form>
        </section>
      </div>
    ),
  };
}

const standings: Record<Member['status'], string> = {
  FREE: 'Free membership',
  PAID: 'Paid membership',
  COMPED: 'Paid membership, on the house',
  GIFT: 'Paid membership, as a gift',
};

function Facts({ me: { name, email, memberSince, status, tiers } }: { me: Member }) {
  return (
    <section aria-labelledby="you">
      <h2 id="you" class="rule">
        You
      </h2>
      <dl class="facts">
        {name && (
          <div>
            <dt>Name</dt>
            <dd>{name}</dd>
          </div>
        )}
        <div>
          <dt>E-mail address</dt>
          <dd>{email}</dd>
        </div>
        <div>
          <dt>Membership</dt>
          <dd>
            {standings[status]}
            {tiers.length > 0 && `: ${list.format(tiers.map((tier) => tier.name))}`}
          </dd>
        </div>
        <div>
          <dt>Member since</dt>
          <dd>
            <Moment at={memberSince} />
          </dd>
        </div>
      </dl>
      <p class="aside">
        <a href="/membership">See what else you can join</a>
      </p>
    </section>
  );
}

const list = new Intl.ListFormat('en', { type: 'conjunction' });

type Letters = NonNullable<AccountQuery['membership']>['newsletters'];

function Newsletters({ me, all }: { me: Member; all: Letters | undefined }) {
  if (!all || all.length === 0) return null;
  const taken = new Set(me.newsletters.map(({ id }) => id));
  return (
    <section aria-labelledby="letters">
      <h2 id="letters" class="rule">
        Newsletters
      </h2>
      <form class="form" method="post" action="/account">
        <fieldset>
          <legend class="unseen">Newsletters that you get</legend>
          {all.map(({ id, name, description }) => (
            <div class="choice" key={id}>
              <input
                id={`letter-${id}`}
                type="checkbox"
                name="newsletter"
                value={id}
                defaultChecked={taken.has(id)}
                {...(description && { 'aria-describedby': `about-${id}` })}
              />
              <div>
                <label for={`letter-${id}`}>{name}</label>
                {description && <p id={`about-${id}`}>{description}</p>}
              </div>
            </div>
          ))}
        </fieldset>
        <button class="button" type="submit">
          Save
        </button>
      </form>
    </section>
  );
}
