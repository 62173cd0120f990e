/** Error pages: the reason, and links to go on. */
import type { FeedPageQuery } from '../../../schema/documents.ts';
import { Moment } from '../parts/date.tsx';
import type { Page } from '../parts/document.tsx';
import { type NamedSection, SearchBox } from '../parts/masthead.tsx';
import { type Teased, Teasers } from '../parts/teaser.tsx';

const failures = {
  NOT_FOUND: {
    status: 404,
    title: 'Nothing stands here',
    text: 'The address may be mistyped, or what stood here has no page of its own any more. Search for it, or read what is new.',
  },
  GONE: { status: 410, title: 'This story was withdrawn', text: 'The editors took it back.' },
  BAD_REQUEST: {
    status: 400,
    title: 'This address cannot be read',
    text: 'It does not lead into any list of ours. Begin again from the front page.',
  },
  BAD_FORM: {
    status: 400,
    title: 'This form cannot be read',
    text: 'What was sent is not what a form of ours sends. Go back, load the page again and try once more.',
  },
  FOREIGN_FORM: {
    status: 403,
    title: 'This form came from elsewhere',
    text: 'It was not sent from a page of ours, or your browser did not say so. Nothing was done. Open the page here and send it from there.',
  },
  UNAUTHENTICATED: {
    status: 401,
    title: 'This key opens nothing',
    text: 'The address contains a partner’s key that is not valid. Every page here opens without one.',
  },
  ORIGIN_NOT_ALLOWED: {
    status: 403,
    title: 'This key belongs to another site',
    text: 'The address contains a partner’s key that is not allowed on the page that led here.',
  },
  RATE_LIMITED: {
    status: 429,
    title: 'One moment, please',
    text: 'There were many requests from where you are. Try again in a minute.',
  },
  DOWN: {
    status: 503,
    title: 'We cannot be reached just now',
    text: 'The presses have stopped, and somebody is running towards them. Please try again in a moment.',
  },
  FAULT: { status: 500, title: 'Something went wrong here', text: 'It is our fault, and we were told.' },
} as const;

export type Failure = keyof typeof failures;

interface Around {
  sections: readonly NamedSection[] | null;
  /** The latest articles, if the result has them. */
  latest?: readonly Teased[] | undefined;
  /** The reference of the error in the log. */
  id?: string;
  /** Why a story was withdrawn, and when. */
  gone?: { reason: string | null; withdrawnAt: string | null };
}

export function failurePage(failure: Failure, { sections, latest = [], id, gone }: Around): Page {
  const { status, title, text } = failures[failure];
  return {
    status,
    title,
    canonical: '/',
    isUnlisted: true,
    sections,
    body: (
      <div class="page failure">
        <p class="label">Error {status}</p>
        <h1>{title}</h1>
        <p class="standfirst">{gone?.reason ?? text}</p>
        {gone?.withdrawnAt && (
          <p class="small">
            Withdrawn <Moment at={gone.withdrawnAt} />
          </p>
        )}
        {id && (
          <p class="small">
            Reference: <code>{id}</code>
          </p>
        )}
        <SearchBox id="page" />
        <p>
          <a href="/">Go to the front page</a>
        </p>
        {latest.length > 0 && (
          <section aria-labelledby="latest">
            <h2 id="latest" class="rule">
              News Feed
            </h2>
            <Teasers stories={latest} form="row" />
          </section>
        )}
      </div>
    ),
  };
}

/** An address where there is nothing. */
export function missingPage({ sections, feed }: FeedPageQuery): Page {
  return failurePage('NOT_FOUND', { sections, latest: feed?.articles.nodes });
}
