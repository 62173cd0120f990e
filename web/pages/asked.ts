/** What the address of a page asks for. */
import type { FastifyRequest } from 'fastify';

export interface Asked {
  /** The readable name in it; empty where it has none. */
  slug: string;
  /** The words to look for; empty where there are none. */
  words: string;
  /** The cursor after which the list goes on. */
  after?: string;
}

/** What stands in an address twice counts as not being there. */
export function askedOf({ params, query }: FastifyRequest): Asked {
  const { slug = '' } = params as { slug?: string };
  const { q, after } = query as Record<string, unknown>;
  return {
    slug,
    words: typeof q === 'string' ? q.replace(/\p{Cc}+/gu, ' ').trim() : '',
    ...(typeof after === 'string' && after !== '' && { after }),
  };
}
