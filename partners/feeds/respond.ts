/** Sends what others fetch again and again: validators, 304, who may keep it and how long. RFC 9110 and 9111. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { etagOf, matchingEtag, personal, publicCache } from '../../gateway/server/cacheControl.ts';
import { isPartner } from './rights.ts';

export interface Document {
  body: string;
  type: string;
  /** When any of it last changed; undefined where there is nothing in it. */
  changed: string | undefined;
  /** Whether nothing is missing that belongs in it: only then is it kept by anybody. */
  isWhole: boolean;
}

/**
 * Sends a document, or 304 where the caller has it already. Needs @fastify/compress in the scope of the route, and
 * that nothing is kept unless it is said here.
 */
export function sendDocument(request: FastifyRequest, reply: FastifyReply, document: Document): FastifyReply {
  const { body, type, changed, isWhole } = document;
  const vary = [reply.getHeader('vary'), 'accept-encoding', ...personal].filter(Boolean).join(', ');
  reply.type(type).header('vary', vary);
  if (isWhole) {
    // Last-Modified may not lie after the moment of the answer.
    const modified = changed && Math.min(Date.parse(changed), Date.now());
    const etag = etagOf(body);
    reply
      .header('etag', etag)
      .header('cache-control', isForOne(request) ? 'private, max-age=1' : publicCache);
    if (modified) reply.header('last-modified', new Date(modified).toUTCString());
    const current = currentEtag(request, etag, modified);
    if (current) return reply.header('etag', current).code(304).send();
  }
  reply.compress(body);
  return reply;
}

/** Where links lead to wherever the request came to, nobody may be given what was made for another host. An `onRequest` hook. */
export async function markHost(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const hosts = ['Host', 'X-Forwarded-Host', 'X-Forwarded-Proto'];
  reply.header('vary', [reply.getHeader('vary'), ...hosts].filter(Boolean).join(', '));
}

/** An encoded body is another one, and a strong validator tells them apart. An `onSend` hook of the routes. */
export async function markEncoding(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const encoding = reply.getHeader('content-encoding');
  const etag = reply.getHeader('etag');
  if (encoding && etag) reply.header('etag', String(etag).replace(/"$/, `-${encoding}"`));
}

const isForOne = (request: FastifyRequest): boolean =>
  isPartner(request) || personal.some((name) => name in request.headers);

/** The entity tag of the client's copy where that is current: `If-None-Match`, else `If-Modified-Since` (RFC 9110, 13.2.2). */
function currentEtag(
  { headers }: FastifyRequest,
  etag: string,
  modified: number | string | undefined,
): string | undefined {
  if (headers['if-none-match'] !== undefined) return matchingEtag(headers['if-none-match'], etag);
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return typeof modified === 'number' && Math.floor(modified / 1000) * 1000 <= since ? etag : undefined;
}
