/** What a partner may take of an article beside its headline. */
import type { FastifyRequest } from 'fastify';

export interface Rights {
  /** Whether the partner may have the text of articles that may be syndicated. */
  text: boolean;
  /** Whether the partner may have their pictures. */
  pictures: boolean;
}

/** The rights of callers without a partner key. */
export const anybodysRights: Rights = { text: true, pictures: true };

/** The part of a partner that feeds read. The key check sets it on the request. */
interface Asking {
  partner?: { rights: Rights } | undefined;
}

/** Whether the request is a partner's. Its response is private then. */
export const isPartner = (request: FastifyRequest & Asking): boolean => request.partner !== undefined;

/** The rights of the request's partner; without a partner, everything that may be syndicated. */
export function rightsOf(request: FastifyRequest & Asking): Rights {
  return request.partner?.rights ?? anybodysRights;
}
