/** Whose site shows an embed: anybody's, or that of the partner whose key came along. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerError } from '../../gateway/errors.ts';

/** As much as embeds know of a partner, whom whoever looks at keys puts on the request. */
interface PartnerSite {
  /** "https://partner.example" each; none: any site. */
  origins: readonly string[];
}

/** The origins on which what is asked for may stand; undefined: on any. */
export function originsOf(request: FastifyRequest): readonly string[] | undefined {
  const { partner } = request as { partner?: PartnerSite };
  const origins = partner?.origins.map(originOf).filter((origin) => origin !== undefined);
  return origins?.length ? origins : undefined;
}

/** Throws EMBED_ELSEWHERE where a key comes along with the address of a site that is not its partner's, nor `own`. */
export function checkSite(request: FastifyRequest, reply: FastifyReply, own: string): void {
  const origins = originsOf(request);
  if (!origins) return;
  reply.header('vary', [reply.getHeader('vary'), 'Origin', 'Referer'].filter(Boolean).join(', '));
  const asking = request.headers.origin ?? request.headers.referer;
  if (asking === undefined) return;
  const origin = originOf(asking);
  if (origin === undefined || ![...origins, originOf(own)].includes(origin))
    throw callerError('EMBED_ELSEWHERE', { got: origin ?? 'none' });
}

/** The origin of an http or https address; undefined of anything else, such as "null". */
function originOf(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}
