/** Sign-in and joining by a mailed link. */
import type { ComponentChildren } from 'preact';
import type { Page } from '../parts/document.tsx';
import { EmailField, Notice } from '../parts/form.tsx';
import type { NamedSection } from '../parts/masthead.tsx';

/** An error of the submitted form. */
export interface Problem {
  status: 400 | 410 | 429 | 503;
  text: string;
  /** Whether the error concerns the e-mail field. */
  isOfEmail?: boolean;
}

interface SignInProps {
  sections: readonly NamedSection[] | null;
  /** The path to return to. */
  returnTo: string | undefined;
  /** Whether the reader is signed in already. */
  isSignedIn: boolean;
  /** The submitted address. */
  email?: string;
  problem?: Problem | undefined;
  /** The result of the previous action. */
  notice?: string | undefined;
}

/** The form for an e-mail address, with the error of the form or of a link. */
export function signInPage({
  sections,
  returnTo,
  isSignedIn,
  email = '',
  problem,
  notice,
}: SignInProps): Page {
  const hasEnded = problem?.status === 410;
  const title = hasEnded ? 'This link opens nothing any more' : 'Sign in';
  return pageOf({
    sections,
    title,
    ...(problem && { status: problem.status }),
    body: (
      <>
        {notice && <Notice text={notice} />}
        {problem && !problem.isOfEmail && <Notice text={problem.text} isProblem />}
        {isSignedIn && (
          <p class="notice">
            You are signed in.{' '}
            <a href={returnTo ?? '/account'}>{returnTo ? 'Read on' : 'See your account'}</a>, or sign in with
            another address.
          </p>
        )}
        <form class="form" method="post" action="/sign-in">
          {returnTo && <input type="hidden" name="return" value={returnTo} />}
          <EmailField value={email} wrong={problem?.isOfEmail ? problem.text : undefined} />
          <button class="button" type="submit">
            Mail me a link
          </button>
        </form>
        {!isSignedIn && (
          <p class="aside">
            Not a member yet? The link makes you one, for free. <a href="/membership">See what members get</a>
          </p>
        )}
      </>
    ),
    standfirst: hasEnded
      ? 'Links work once, and for a quarter of an hour. Ask for another one.'
      : 'We mail you a link that signs you in. There is no password to remember.',
  });
}

/** The confirmation, with the same text for every address. */
export function linkSentPage(sections: SignInProps['sections']): Page {
  return pageOf({
    sections,
    title: 'Check your mail',
    standfirst:
      'A link is on its way to the address that you gave. It works once, and for a quarter of an hour.',
    body: (
      <p class="aside">
        Nothing there after some minutes? Look among the spam, or <a href="/sign-in">ask for another link</a>.
      </p>
    ),
  });
}

interface LinkProps {
  sections: SignInProps['sections'];
  returnTo: string | undefined;
  token: string;
}

/** The page that a link opens. It changes nothing by itself, since mail programs open links before people do. */
export function openLinkPage({ sections, returnTo, token }: LinkProps): Page {
  return pageOf({
    sections,
    title: 'One step more',
    standfirst: 'You opened the link that we mailed to you. Do you want to sign in, in this browser?',
    body: (
      <>
        <form class="form" method="post" action="/sign-in">
          <input type="hidden" name="token" value={token} />
          {returnTo && <input type="hidden" name="return" value={returnTo} />}
          <button class="button" type="submit">
            Sign in
          </button>
        </form>
        <p class="aside">If somebody else sent you this link, close this page: you would read as them.</p>
      </>
    ),
  });
}

interface Words {
  sections: SignInProps['sections'];
  status?: number;
  title: string;
  standfirst: string;
  body: ComponentChildren;
}

const pageOf = ({ sections, status, title, standfirst, body }: Words): Page => ({
  ...(status && { status }),
  title,
  canonical: '/sign-in',
  isUnlisted: true,
  isPersonal: true,
  sections,
  body: (
    <div class="page desk">
      <h1>{title}</h1>
      <p class="standfirst">{standfirst}</p>
      {body}
    </div>
  ),
});
