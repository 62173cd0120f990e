/** The permissions of frames, and the sites that may show them. */
import type { FastifyRequest } from 'fastify';
import { policyOf } from './page.tsx';
import { originsOf } from './site.ts';

/** The `sandbox` flags of frames, here and in partners' HTML: run scripts, and open links beside the frame. */
export const sandbox = 'allow-scripts allow-popups allow-popups-to-escape-sandbox';

/** The Content-Security-Policy of a frame for `request`. */
export function framePolicy(request: FastifyRequest, allowed: Record<string, string>): string {
  const ancestors = originsOf(request)?.join(' ') ?? '*';
  return policyOf({ ...allowed, 'frame-ancestors': ancestors, sandbox });
}
