/** Authenticates the reader of a page by the cookies of the request. */
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
    /** Set for a request with session cookies. */
    session?: Session | undefined;
  }
}

export interface Session {
  /**
   * `open`: signed in. `refused`: the cookies are invalid and are deleted. `unsure`: they cannot be verified now and
   * are kept.
   */
  state: 'open' | 'refused' | 'unsure';
  refreshToken?: string | undefined;
}

export interface EnterOptions {
  /** Undefined when no issuer is trusted. */
  verify: VerifyReader | undefined;
  renew: Sessions['renew'];
  cookies: SessionCookies;
}

/** Sets `request.session` and the reader; never rejects, since a page is served for any cookie. */
export type Enter = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

export function openEnter({ verify, renew, cookies }: EnterOptions): Enter {
  return async (request, reply) => {
    // Other credentials take precedence over cookies.
    if (request.session || request.reader.isSignedIn) return;
    const brought = cookies.read(request);
    if (!brought) return;
    let { refreshToken } = brought;
    // The browser always receives the new tokens: its old ones are no longer valid.
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
      // The message of a database error may quote parameters.
      const { name } = error instanceof Error ? error : new Error();
      request.log.warn({ error: name }, 'session could not be verified');
      request.session = { state: 'unsure', refreshToken };
    }
  };
}

/** Undefined when neither token is valid; rejects when that cannot be determined. */
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
