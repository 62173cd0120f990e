/** Restricts embeds to the sites of the partner whose key a request has. */

import type { FastifyReply, FastifyRequest } from 'fastify';
import { partnerError } from '../errors.ts';

/** The part of a partner that embeds read. The key check sets it on the request. */
interface PartnerSite {
  /** Such as "https://partner.example"; any site when empty. */
  origins: readonly string[];
}

/** The origins that may show the response; undefined for any. */
export function originsOf(request: FastifyRequest): readonly string[] | undefined {
  const { partner } = request as { partner?: PartnerSite };
  const origins = partner?.origins.map(originOf).filter((origin) => origin !== undefined);
  return origins?.length ? origins : undefined;
}

/** Throws EMBED_ELSEWHERE when the request has a partner's key and comes from neither the partner's sites nor `own`. */
export function checkSite(request: FastifyRequest, reply: FastifyReply, own: string): void {
  const origins = originsOf(request);
  if (!origins) return;
  reply.header('vary', [reply.getHeader('vary'), 'Origin', 'Referer'].filter(Boolean).join(', '));
  const site = request.headers.origin ?? request.headers.referer;
  if (site === undefined) return;
  const origin = originOf(site);
  if (origin === undefined || ![...origins, originOf(own)].includes(origin))
    throw partnerError('EMBED_ELSEWHERE', { got: origin ?? 'none' });
}

/** The origin of an http or https URL; undefined for other values, such as "null". */
function originOf(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}
