/** HTTP caching of responses: freshness by RFC 9111, validation by RFC 9110 section 13. */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Cache-Control of public responses. A withdrawn story must disappear from all caches within a second, so caches revalidate
 * after one second and serve no stale response meanwhile. Revalidation is cheap: an unchanged response is answered with 304.
 */
export const publicCache = 'public, max-age=1, must-revalidate, stale-while-revalidate=0';

/** Request headers that identify the caller: responses to requests with one of them are private. */
export const personal = ['authorization', 'cookie', 'x-partner-key'];

/** A strong validator: RFC 9110, 8.8.3. */
export function etagOf(text: string): string {
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
}

/**
 * Makes a 404 or 410 response to an anonymous request publicly cacheable for a second: only a cacheable response replaces the one
 * that a cache has stored before.
 */
export function keepMissing({ headers }: FastifyRequest, reply: FastifyReply): void {
  if (reply.statusCode !== 404 && reply.statusCode !== 410) return;
  if (personal.some((name) => name in headers)) return;
  const vary = reply.getHeader('vary');
  reply
    .header('cache-control', publicCache)
    .header('vary', [vary, 'Accept', ...personal].filter(Boolean).join(', '));
}

/**
 * Sets the cache headers of a 200: public for an anonymous request, else private. Returns whether the client's copy is
 * current, so that 304 suffices.
 */
export function keepPublicly({ headers }: FastifyRequest, reply: FastifyReply, text: string): boolean {
  if (personal.some((name) => name in headers)) {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'private, no-cache');
    return false;
  }
  const etag = etagOf(text);
  const vary = reply.getHeader('vary');
  reply
    .header('cache-control', publicCache)
    .header('etag', etag)
    .header('vary', [vary, 'Accept', ...personal].filter(Boolean).join(', '));
  return matchingEtag(headers['if-none-match'], etag) !== undefined;
}

/**
 * The entity tag in `If-None-Match` that matches `etag` by weak comparison, or undefined: RFC 9110, 13.1.2. "*" matches
 * every tag. A tag with the suffix of a content coding, such as "x-br", matches "x".
 */
export function matchingEtag(ifNoneMatch: string | undefined, etag: string): string | undefined {
  if (ifNoneMatch?.trim() === '*') return etag;
  const tags = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags?.find((tag) => tag === etag || tag.replace(/-(br|gzip)"$/, '"') === etag);
}
