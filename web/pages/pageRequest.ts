/** What the address of a page asks for. */
import type { FastifyRequest } from 'fastify';
import { returnPath } from './session/returnPath.ts';

export interface PageRequest {
  /** The readable name in it; empty where it has none. */
  slug: string;
  /** The words to look for; empty where there are none. */
  words: string;
  /** What a search is narrowed to. */
  section: string;
  author: string;
  time: string;
  /** The cursor after which the list goes on. */
  after?: string;
  /** The token of a sign-in link. */
  token?: string;
  /** Where the reader goes on once they have signed in: a path of ours. Pages say "return", mails "returnTo". */
  returnTo?: string | undefined;
  /** What was done a moment ago, of which this page tells. */
  done?: string;
}

/** A token has some fifty characters. */
const longestToken = 500;

/** What stands in an address twice counts as not being there. */
export function readPageRequest({ params, query }: FastifyRequest): PageRequest {
  const { slug = '' } = params as { slug?: string };
  const { q, after, token, return: back, returnTo = back, done } = query as Record<string, unknown>;
  const { section, author, time } = query as Record<string, unknown>;
  return {
    slug,
    words: typeof q === 'string' ? q.replace(/\p{Cc}+/gu, ' ').trim() : '',
    section: narrowing(section),
    author: narrowing(author),
    time: narrowing(time),
    ...(typeof after === 'string' && after !== '' && { after }),
    ...(typeof token === 'string' && token.length <= longestToken && { token }),
    ...(typeof done === 'string' && { done }),
    returnTo: returnPath(returnTo),
  };
}

const longestNarrowing = 120;

function narrowing(value: unknown): string {
  return typeof value === 'string'
    ? value
        .replace(/\p{Cc}+/gu, ' ')
        .trim()
        .slice(0, longestNarrowing)
        .toWellFormed()
    : '';
}
