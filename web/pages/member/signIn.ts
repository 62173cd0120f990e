/** Sign-in by a mailed link, and sign-out. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contextOf } from '../../../gateway/server/createContext.ts';
import {
  RequestSignInLinkDocument,
  SignInDocument,
  SignInPageDocument,
  type SignInPageQuery,
  SignOutDocument,
} from '../../../schema/documents.ts';
import { answerTo, type Doors, type DoorsOptions, type View } from '../renderRequest.ts';
import type { SessionCookies } from '../session/cookies.ts';
import { returnPath } from '../session/returnPath.ts';
import { signInPath } from '../site.ts';
import { linkSentPage, openLinkPage, type Problem, signInPage } from '../views/signIn.tsx';
import { goTo, type Refusal, refusalOf, sentAs, spanOf } from './forms.ts';

export interface MemberRoutes extends DoorsOptions {
  door: Doors;
  cookies: SessionCookies;
}

type Around = View<SignInPageQuery, Record<string, never>>;

export function addSignIn(pages: FastifyInstance, { ask, door, enter, cookies }: MemberRoutes): void {
  const pageBy = (view: Around) => door({ document: SignInPageDocument, variables: () => ({}), view });

  const form = pageBy(({ sections }, { asked, reader }) => {
    const { returnTo, token, done } = asked;
    if (token !== undefined) return openLinkPage({ sections, returnTo, token });
    const notice = done === 'signed-out' ? 'You are signed out.' : undefined;
    return signInPage({ sections, returnTo, isSignedIn: reader.isSignedIn, notice });
  });
  pages.get('/sign-in', form);
  pages.get(
    '/sign-in/sent',
    pageBy(({ sections }) => linkSentPage(sections)),
  );

  /** The form with its errors. */
  const again = (request: FastifyRequest, reply: FastifyReply, problem: Problem) => {
    const returnTo = returnPath(sentAs(request, 'return'));
    const email = sentAs(request, 'email').slice(0, 254);
    return pageBy(({ sections }, { reader }) =>
      signInPage({ sections, returnTo, email, problem, isSignedIn: reader.isSignedIn }),
    )(request, reply);
  };

  async function mailLink(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const email = sentAs(request, 'email').trim();
    if (email === '') return again(request, reply, wrongAddress);
    const returnTo = returnPath(sentAs(request, 'return'));
    const variables = { email, ...(returnTo && { returnTo }) };
    const { data, errors } = await answerTo(() =>
      ask(RequestSignInLinkDocument, variables, contextOf(request, reply)),
    );
    const refusal = refusalOf(data?.requestSignInLink, errors);
    if (!refusal) return goTo(reply, '/sign-in/sent');
    if (refusal.code === 'BAD_USER_INPUT') return again(request, reply, wrongAddress);
    return again(request, reply, problemOf(reply, refusal));
  }

  async function useLink(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    await enter(request, reply);
    const before = request.session?.refreshToken;
    const token = sentAs(request, 'token').slice(0, 500);
    const { data, errors } = await answerTo(() => ask(SignInDocument, { token }, contextOf(request, reply)));
    const session = data?.signIn?.session;
    if (session) {
      cookies.keep(reply, session);
      // A new sign-in ends the previous session.
      if (before)
        await answerTo(() => ask(SignOutDocument, { refreshToken: before }, contextOf(request, reply)));
      return goTo(reply, returnPath(sentAs(request, 'return')) ?? '/account');
    }
    const refusal = refusalOf(data?.signIn, errors);
    const isOver = refusal?.code === 'INVALID_TOKEN' || refusal?.code === 'BAD_USER_INPUT';
    return again(request, reply, isOver ? usedLink : problemOf(reply, refusal));
  }

  pages.post('/sign-in', (request, reply) =>
    (sentAs(request, 'token') === '' ? mailLink : useLink)(request, reply),
  );

  pages.get('/sign-out', async (_request, reply) => goTo(reply, '/account'));
  pages.post('/sign-out', async (request, reply) => {
    const { refreshToken } = cookies.read(request) ?? {};
    if (refreshToken) {
      const { data, errors } = await answerTo(() =>
        ask(SignOutDocument, { refreshToken }, contextOf(request, reply)),
      );
      if (refusalOf(data?.signOut, errors)) request.log.warn('session not revoked; cookies cleared');
    }
    cookies.clear(reply);
    return goTo(reply, `${signInPath()}?done=signed-out`);
  });
}

const wrongAddress: Problem = {
  status: 400,
  text: 'Write an e-mail address, such as name@example.org.',
  isOfEmail: true,
};

const usedLink: Problem = {
  status: 410,
  text: 'It was used already, or its time was over, or a part of it is missing.',
};

/** Why a link cannot be mailed or verified now. */
function problemOf(reply: FastifyReply, refusal: Refusal | undefined): Problem {
  if (refusal?.code !== 'RATE_LIMITED')
    return { status: 503, text: 'We cannot sign anybody in just now. Please try again in a moment.' };
  const { retryAfterSeconds: seconds } = refusal;
  reply.header('retry-after', String(seconds));
  return {
    status: 429,
    text: `There were too many tries, for this address or from where you are. Try again in ${spanOf(seconds)}.`,
  };
}
