/** Sends documents with validators and Cache-Control, or 304: RFC 9110 and 9111. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { etagOf, matchingEtag, personal, publicCache } from '../../gateway/server/cacheControl.ts';
import { isPartner } from './rights.ts';

export interface Document {
  body: string;
  type: string;
  /** When any part of it last changed; undefined for an empty document. */
  changed: string | undefined;
  /** False when parts are missing; the document is not cached then. */
  isWhole: boolean;
}

/**
 * Sends a document, or 304 when the client's copy is current. The scope of the route needs @fastify/compress and
 * `Cache-Control: no-store` as its default.
 */
export function sendDocument(request: FastifyRequest, reply: FastifyReply, document: Document): FastifyReply {
  const { body, type, changed, isWhole } = document;
  const vary = [reply.getHeader('vary'), 'accept-encoding', ...personal].filter(Boolean).join(', ');
  reply.type(type).header('vary', vary);
  if (isWhole) {
    // Last-Modified must not be later than the response (RFC 9110, 8.8.2.1).
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

/** An `onRequest` hook: varies the response by host, for documents whose links begin with the host of the request. */
export async function markHost(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const hosts = ['Host', 'X-Forwarded-Host', 'X-Forwarded-Proto'];
  reply.header('vary', [reply.getHeader('vary'), ...hosts].filter(Boolean).join(', '));
}

/**
 * An `onSend` hook: adds the content coding to the strong entity tag, since each encoded body is a representation of
 * its own.
 */
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
