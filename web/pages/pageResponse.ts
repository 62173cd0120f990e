/** Sends pages with their security and cache headers. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { keepMissing, keepPublicly } from '../../gateway/server/cacheControl.ts';
import { type Page, renderPage } from './parts/document.tsx';
import { policyFor } from './policy.ts';
import type { Site } from './site.ts';

interface Sent {
  /** The result of the operation. */
  data: unknown;
  /** False when parts of the result are missing; the page is not cached then. */
  isWhole: boolean;
}

/**
 * Sends a page, or 304 when the client's copy is current. A personal page, or one for a request with session cookies,
 * is not cached; so a cached page is the same for everybody.
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

/** Whether the response depends on the reader or on the request's session cookies. */
export const isForOne = ({ session, reader }: FastifyRequest): boolean =>
  session !== undefined || reader?.isSignedIn === true;

/** Forbids caching, and removes the CORS headers, so that no other site reads the response. */
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
