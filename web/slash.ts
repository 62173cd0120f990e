/** Redirects paths with a slash at the end, as Ghost and mail programs write them, to the path without it. */
import type { FastifyReply } from 'fastify';

/** Characters by which a browser reads a path as another one: it takes a backslash for a slash, and leaves spaces out. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const unclear = /[\\\u0000-\u0020\u007f]/;

/**
 * The address of a request, from its path on, without the slashes at the end of its path, its query kept; undefined where none
 * stands there. Never one that begins with two slashes: that would be somebody else's.
 */
export function withoutSlash(url: string): string | undefined {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  let end = path.length;
  while (end > 1 && path.charAt(end - 1) === '/') end -= 1;
  const isClear = path.charAt(0) === '/' && path.charAt(1) !== '/' && !unclear.test(path);
  return end === path.length || end === 1 || !isClear
    ? undefined
    : path.slice(0, end) + url.slice(path.length);
}

/** A permanent redirect with the same method, revalidated at each use. */
export const redirectTo = (reply: FastifyReply, location: string): FastifyReply =>
  reply.header('cache-control', 'no-cache').redirect(location, 308);
