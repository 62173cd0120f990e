/** How long others may keep an answer: RFC 9111, and RFC 9110 for asking whether it still holds. */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * A withdrawn story is gone from everywhere within a second, so nobody keeps an answer for longer without asking. Asking
 * costs little: the answer that still holds is not sent again. Nor may a cache give what is older while it asks.
 */
export const publicCache = 'public, max-age=1, must-revalidate, stale-while-revalidate=0';

/** Headers that say who asks: an answer to whoever sends one is theirs alone. */
export const personal = ['authorization', 'cookie', 'x-partner-key'];

/** A strong validator: RFC 9110, 8.8.3. */
export function etagOf(text: string): string {
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
}

/**
 * Says that anybody may keep for a second that something is not there, or not any more: only so does it take the place of what a cache
 * has kept of it. Not where somebody says who they are.
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
