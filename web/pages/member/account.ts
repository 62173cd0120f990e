/** The account page of the signed-in reader. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contextOf } from '../../../gateway/server/createContext.ts';
import { AccountDocument, UpdateNewslettersDocument } from '../../../schema/documents.ts';
import { sendPage } from '../pageResponse.ts';
import { answerTo } from '../renderRequest.ts';
import { signInPath } from '../site.ts';
import { accountPage } from '../views/account.tsx';
import { failurePage } from '../views/failure.tsx';
import { allSent, goTo, type Refusal, refusalOf, spanOf } from './forms.ts';
import type { MemberRoutes } from './signIn.ts';

const wayIn = signInPath('/account');

const nothing = { data: null, isWhole: false };

interface Problem {
  status: number;
  text: string;
}

const saved = { text: 'Your newsletters are saved.' };

export function addAccount(pages: FastifyInstance, { ask, site, door, enter, cookies }: MemberRoutes): void {
  /** The page with the errors of the submitted form. */
  const show = async (request: FastifyRequest, reply: FastifyReply, problem?: Problem) => {
    await enter(request, reply);
    // The session cannot be verified now: the reader is not asked to sign in again.
    if (request.session?.state === 'unsure')
      return sendPage(request, reply, failurePage('DOWN', { sections: null }), site, nothing);
    return door({
      document: AccountDocument,
      variables: () => ({}),
      requiredRootField: 'me',
      view: (data, { asked: { done } }) => {
        if (!data.me) {
          // A former session has ended.
          if (request.session) cookies.clear(reply);
          return { location: wayIn, status: 303 };
        }
        const told = problem ? { text: problem.text, isProblem: true } : done === 'saved' ? saved : undefined;
        return accountPage({ data, me: data.me, notice: told, ...(problem && { status: problem.status }) });
      },
    })(request, reply);
  };

  pages.get('/account', (request, reply) => show(request, reply));

  pages.post('/account', async (request, reply) => {
    await enter(request, reply);
    if (request.session?.state === 'unsure') return show(request, reply);
    if (!request.reader.isSignedIn) return goTo(reply, wayIn);
    const newsletterIds = allSent(request, 'newsletter');
    const { data, errors } = await answerTo(() =>
      ask(UpdateNewslettersDocument, { newsletterIds }, contextOf(request, reply)),
    );
    const refusal = refusalOf(data?.updateNewsletters, errors);
    return refusal ? show(request, reply, problemOf(reply, refusal)) : goTo(reply, '/account?done=saved');
  });
}

function problemOf(reply: FastifyReply, { code, retryAfterSeconds }: Refusal): Problem {
  switch (code) {
    case 'RATE_LIMITED':
      reply.header('retry-after', String(retryAfterSeconds));
      return { status: 429, text: `Nothing was saved. Try again in ${spanOf(retryAfterSeconds)}.` };
    case 'UNKNOWN_REFERENCE':
    case 'BAD_USER_INPUT':
      return { status: 400, text: 'Nothing was saved: one of these newsletters is no more. Choose again.' };
    default:
      return { status: 503, text: 'Nothing was saved. Please try again in a moment.' };
  }
}
