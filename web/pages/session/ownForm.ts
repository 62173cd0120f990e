/** Whether a form was sent from this site, to prevent cross-site request forgery. */
import type { FastifyRequest } from 'fastify';
import type { Site } from '../site.ts';

/**
 * By what browsers say of where a request comes from, which no page can change: first https://www.w3.org/TR/fetch-metadata/, and
 * of browsers that do not say it (they leave it out on plain http too) `Origin`. What says nothing is not ours.
 */
export function isOwnForm({ headers, host }: FastifyRequest, { publicUrl }: Site): boolean {
  const from = headers['sec-fetch-site'];
  if (from !== undefined) return from === 'same-origin' || from === 'none';
  const { origin } = headers;
  if (typeof origin !== 'string' || !URL.canParse(origin)) return false;
  return origin === new URL(publicUrl).origin || new URL(origin).host === host;
}
