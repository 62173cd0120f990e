/** What whoever asks may have of a story beside its headline. */
import type { FastifyRequest } from 'fastify';

export interface Rights {
  /** Whether the text of a story is theirs, where it may be syndicated. */
  text: boolean;
  /** Whether pictures are. */
  pictures: boolean;
}

/** The rights of callers without a partner key. */
export const anybodysRights: Rights = { text: true, pictures: true };

/** As much of a partner as feeds look at; whoever checks keys says who it is. */
interface Asking {
  partner?: { rights: Rights } | undefined;
}

/** Whether a partner asks: what they are given is theirs alone. */
export const isPartner = (request: FastifyRequest & Asking): boolean => request.partner !== undefined;

/** The rights of the partner who asks; anybody else may have whatever may be syndicated. */
export function rightsOf(request: FastifyRequest & Asking): Rights {
  return request.partner?.rights ?? anybodysRights;
}
