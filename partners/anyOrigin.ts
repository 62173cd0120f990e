/** Lets pages of any origin read responses that are the same for everybody (Fetch, CORS protocol). */
import type { FastifyReply } from 'fastify';

/** Cookies of readers do not count for these responses, so that no origin may send them. */
export function allowAnyOrigin(reply: FastifyReply): void {
  reply.removeHeader('access-control-allow-credentials').headers({
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  });
}
