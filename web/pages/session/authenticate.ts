/** From the cookies of a request to its reader, before the page asks the graph. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Reader } from '../../../gateway/auth/readerClaims.ts';
import type { VerifyReader } from '../../../gateway/auth/verifyToken.ts';
import { setReader } from '../../../gateway/server/authenticate.ts';
import { networkOf } from '../../../gateway/server/listenAddress.ts';
import type { Brought, SessionCookies } from './cookies.ts';
import type { Sessions } from './renew.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Of a request to a page that brought cookies of a session, once they were looked at. */
    session?: Session | undefined;
  }
}

export interface Session {
  /**
   * `open`: somebody is signed in. `refused`: these cookies are nobody's, and the browser is told to forget them. `unsure`: it
   * cannot be known now; the browser keeps them.
   */
  state: 'open' | 'refused' | 'unsure';
  refreshToken?: string | undefined;
}

export interface EnterOptions {
  /** Undefined where no access tokens are taken. */
  verify: VerifyReader | undefined;
  renew: Sessions['renew'];
  cookies: SessionCookies;
}

/** Sets `request.session` and the reader of a request; never rejects, since whatever a cookie says there is a page. */
export type Enter = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

export function openEnter({ verify, renew, cookies }: EnterOptions): Enter {
  return async (request, reply) => {
    // Whoever says in another way who they are is that reader.
    if (request.session || request.reader.isSignedIn) return;
    const brought = cookies.read(request);
    if (!brought) return;
    let { refreshToken } = brought;
    // The browser gets them whatever comes after: the ones that it has will hold no more.
    const renewed = async (token: string): Promise<string | undefined> => {
      const tokens = await renew(token, networkOf(request.ip));
      if (tokens) cookies.keep(reply, tokens);
      refreshToken = tokens?.refreshToken;
      return tokens?.accessToken;
    };
    try {
      const reader = verify && (await readerBy(brought, verify, renewed));
      if (reader) {
        setReader(request, reader);
        request.session = { state: 'open', refreshToken };
      } else {
        cookies.clear(reply);
        request.session = { state: 'refused' };
      }
    } catch (error) {
      // What a database says of its failure may hold what it was asked.
      const { name } = error instanceof Error ? error : new Error();
      request.log.warn({ error: name }, 'session could not be verified');
      request.session = { state: 'unsure', refreshToken };
    }
  };
}

/** Undefined where neither token holds; rejects where that cannot be known. */
async function readerBy(
  { accessToken, refreshToken }: Brought,
  verify: VerifyReader,
  renewed: (refreshToken: string) => Promise<string | undefined>,
): Promise<Reader | undefined> {
  const reader = accessToken && (await verified(accessToken, verify));
  if (reader) return reader;
  const next = refreshToken && (await renewed(refreshToken));
  return next ? verify(next) : undefined;
}

async function verified(token: string, verify: VerifyReader): Promise<Reader | undefined> {
  try {
    return await verify(token);
  } catch (error) {
    if (error instanceof GraphQLError && error.extensions.code === 'UNAUTHENTICATED') return undefined;
    throw error;
  }
}
