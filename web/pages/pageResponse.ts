/** Sends pages: with what browsers may do with them, and for whom and how long they may be kept. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { keepMissing, keepPublicly } from '../../gateway/server/cacheControl.ts';
import { type Page, renderPage } from './parts/document.tsx';
import { policyFor } from './policy.ts';
import type { Site } from './site.ts';

interface Sent {
  /** The answer of the graph that it shows. */
  data: unknown;
  /** Whether every part of it is there: what lacks a part is not kept. */
  isWhole: boolean;
}

/**
 * Sends a page, or 304 where the reader has it already. What was made for one reader, or in answer to the cookies of a session, is
 * kept by nobody; so what is kept is the same for all.
 */
export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: Page,
  site: Site,
  { data, isWhole }: Sent,
): FastifyReply {
  const { status = 200 } = page;
  const isSignedIn = request.session !== undefined && request.session.state !== 'refused';
  const html = renderPage(page, { site, isSignedIn });
  reply
    .code(status)
    .headers(pageHeaders)
    .header('content-security-policy', policyFor(data))
    .type('text/html; charset=utf-8');
  if (page.isPersonal) reply.header('referrer-policy', 'strict-origin');
  if (page.isPersonal || isForOne(request)) return forOne(reply).send(html);
  if (status !== 200 || !isWhole) {
    reply.header('cache-control', 'no-store');
    if (isWhole) keepMissing(request, reply);
    return reply.send(html);
  }
  if (keepPublicly(request, reply, html)) return reply.code(304).send();
  return reply.send(html);
}

/** Whether the answer depends on who reads, or on what was brought to say so. */
export const isForOne = ({ session, reader }: FastifyRequest): boolean =>
  session !== undefined || reader?.isSignedIn === true;

/** Says that nobody keeps this answer, and that no other site reads it, whichever may ask the graph. */
export function forOne(reply: FastifyReply): FastifyReply {
  for (const name of ['access-control-allow-origin', 'access-control-allow-credentials'])
    reply.removeHeader(name);
  return reply.header('cache-control', 'private, no-store');
}

const pageHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};
