/** The errors of feeds, embeds and keys, added to the register of gateway/errors.ts. */
import { type RegisteredError, registerErrors } from '../gateway/errors.ts';

export const partnerErrors = {
  ORIGIN_NOT_ALLOWED: {
    status: 403,
    wording: 'Expected an allowed origin of this key, but got: {origin}.',
    isWorthRetrying: false,
  },
  FEED_NOT_FOUND: {
    status: 404,
    wording: 'Expected "news", or "section/", "tag/" or "author/" and an existing slug, but got: {name}.',
    isWorthRetrying: false,
  },
  FEED_FORMAT_NOT_FOUND: {
    status: 404,
    wording: 'Expected the path of a feed to end in .rss, .atom or .json, but got: {name}.',
    isWorthRetrying: false,
  },
  STORY_NOT_FOUND: {
    status: 404,
    wording: 'Expected the id of an existing story, but got: {id}.',
    isWorthRetrying: false,
  },
  EMBED_NOT_FOUND: {
    status: 404,
    wording: 'Expected an embeddable story or feed, but got: {got}.',
    isWorthRetrying: false,
  },
  EMBED_GATED: {
    status: 401,
    wording: 'Expected a story that is free to read, but got: one for members. Link to it instead.',
    isWorthRetrying: false,
  },
  EMBED_ELSEWHERE: {
    status: 403,
    wording: 'Expected an origin of the key that requests the embed, but got: {got}.',
    isWorthRetrying: false,
  },
  EMBED_FORMAT_UNKNOWN: {
    status: 501,
    wording: 'Expected "format" to be json or xml, but got: {got}.',
    isWorthRetrying: false,
  },
  EMBED_UNANSWERED: {
    status: 503,
    wording: 'Stories temporarily unavailable; retry later.',
    isWorthRetrying: true,
  },
  CONTENT_UNAVAILABLE: {
    status: 503,
    wording: 'Content temporarily unavailable; retry later.',
    isWorthRetrying: true,
  },
} as const satisfies Record<string, RegisteredError>;

/** One of them, which fails the whole request with its status. */
export const partnerError = registerErrors(partnerErrors);
