/** What a frame may do, and on whose pages it may stand. */
import type { FastifyRequest } from 'fastify';
import { policyOf } from './page.tsx';
import { originsOf } from './site.ts';

/** Here and in the HTML that partners get: run our one script, and open links beside it. */
export const sandbox = 'allow-scripts allow-popups allow-popups-to-escape-sandbox';

/** The Content-Security-Policy of a frame that is asked for by `request`. */
export function framePolicy(request: FastifyRequest, allowed: Record<string, string>): string {
  const ancestors = originsOf(request)?.join(' ') ?? '*';
  return policyOf({ ...allowed, 'frame-ancestors': ancestors, sandbox });
}
