/** The session cookies of the pages. No other route reads them. */
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Renewed } from './renew.ts';

/** The tokens of a request; malformed values are left out. */
export interface Brought {
  accessToken?: string | undefined;
  refreshToken?: string | undefined;
}

export interface SessionCookies {
  /** Undefined when the request has neither cookie. */
  read(request: FastifyRequest): Brought | undefined;
  keep(reply: FastifyReply, tokens: Renewed): void;
  clear(reply: FastifyReply): void;
}

/** As long as Membership accepts an unused refresh token. */
const sessionSeconds = 30 * 24 * 60 * 60;

/** The characters of tokens; browsers reject longer cookies. */
const token = /^[\w.~-]{1,4096}$/;

/**
 * Scripts cannot read them, and pages of others can neither send a form with them (`SameSite`) nor, over https, set them
 * (`__Host-`): https://datatracker.ietf.org/doc/draft-ietf-httpbis-rfc6265bis/.
 */
export function sessionCookies(publicUrl: string): SessionCookies {
  const secure = publicUrl.startsWith('https:');
  const prefix = secure ? '__Host-' : '';
  const names = {
    access: `${prefix}dateline-access`,
    refresh: `${prefix}dateline-refresh`,
  };
  const attributes: CookieSerializeOptions = { path: '/', httpOnly: true, sameSite: 'lax', secure };
  const tokenIn = (value: string | undefined) => (value && token.test(value) ? value : undefined);
  return {
    read({ cookies }) {
      const { [names.access]: access, [names.refresh]: refresh } = cookies;
      if (access === undefined && refresh === undefined) return undefined;
      return { accessToken: tokenIn(access), refreshToken: tokenIn(refresh) };
    },
    keep(reply, { accessToken, refreshToken }) {
      const kept = { ...attributes, maxAge: sessionSeconds };
      reply.setCookie(names.access, accessToken, kept).setCookie(names.refresh, refreshToken, kept);
    },
    clear: (reply) => void reply.clearCookie(names.access, attributes).clearCookie(names.refresh, attributes),
  };
}
