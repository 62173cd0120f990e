/** Decides which requests a page of another site may send without a header against CSRF (docs/decisions/0058). */
import type { FastifyRequest } from 'fastify';
import type { Settings } from '../settings.ts';
import { personal } from './cacheControl.ts';

/**
 * Whether a request can be no cross-site request forgery: either no page of another site sent it, or it is a GET that carries no
 * identity. Apollo Server refuses all others without one of its headers, and it refuses mutations by GET whatever their headers.
 */
export function isNoForgery(request: FastifyRequest, settings: Pick<Settings, 'headerRules'>): boolean {
  return isOfOwnSite(request) || isAnonymousGet(request, settings);
}

/**
 * Whether the response is the same as for anybody who sends the same URL. Where headers are forwarded to subgraphs, any of them may
 * identify the caller, for example one that a proxy sets.
 */
function isAnonymousGet({ method, headers }: FastifyRequest, { headerRules }: Pick<Settings, 'headerRules'>) {
  return method === 'GET' && headerRules.length === 0 && !personal.some((name) => name in headers);
}

/**
 * Whether Fetch Metadata headers show that no page of another site sends the request: browsers that send any of them also send
 * `Sec-Fetch-Site`, and scripts cannot set them (https://www.w3.org/TR/fetch-metadata/).
 */
function isOfOwnSite({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site === undefined) return headers['sec-fetch-mode'] !== undefined && headers.origin === undefined;
  return site === 'same-origin' || site === 'none';
}
