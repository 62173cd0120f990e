/** The cookies in which a browser keeps its session with the pages. No other door looks at them. */
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Renewed } from './renew.ts';

/** What a browser brought; a value that is no token of ours is left out. */
export interface Brought {
  accessToken?: string | undefined;
  refreshToken?: string | undefined;
}

export interface SessionCookies {
  /** Undefined where there is none of the two, whatever stands in them. */
  read(request: FastifyRequest): Brought | undefined;
  keep(reply: FastifyReply, tokens: Renewed): void;
  clear(reply: FastifyReply): void;
}

/** As long as Membership renews what was not used; whether it still does is for Membership to say. */
const sessionSeconds = 30 * 24 * 60 * 60;

/** Tokens are made of these; browsers take no cookie that is longer. */
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
