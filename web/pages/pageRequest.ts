/** Reads the path and the query of a page request. */
import type { FastifyRequest } from 'fastify';
import { returnPath } from './session/returnPath.ts';

export interface PageRequest {
  /** The slug in the path; "" when it has none. */
  slug: string;
  /** The search text; "" when there is none. */
  words: string;
  /** Filters of a search. */
  section: string;
  author: string;
  time: string;
  /** The cursor of a list. */
  after?: string;
  /** The token of a sign-in link. */
  token?: string;
  /** The path to return to after sign-in. Pages use "return", mails "returnTo". */
  returnTo?: string | undefined;
  /** The completed action that the page reports. */
  done?: string;
}

/** A token has some fifty characters. */
const longestToken = 500;

/** A parameter that occurs twice counts as missing. */
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
