/** Sends pages: with what browsers may do with them, and for how long they may be kept. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { keepPublicly } from '../../gateway/server/keep.ts';
import { type Page, renderPage } from './parts/document.tsx';
import { policyFor } from './policy.ts';
import type { Site } from './site.ts';

interface Sent {
  /** The answer of the graph that it shows. */
  data: unknown;
  /** Whether every part of it is there: what lacks a part is not kept. */
  isWhole: boolean;
}

/** Sends a page, or 304 where the reader has it already. */
export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: Page,
  site: Site,
  { data, isWhole }: Sent,
): FastifyReply {
  const { status = 200 } = page;
  const html = renderPage(page, site);
  reply
    .code(status)
    .headers(pageHeaders)
    .header('content-security-policy', policyFor(data))
    .type('text/html; charset=utf-8');
  if (status !== 200 || !isWhole) return reply.header('cache-control', 'no-store').send(html);
  if (keepPublicly(request, reply, html)) return reply.code(304).send();
  return reply.send(html);
}

const pageHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};
