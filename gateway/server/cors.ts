/** Which pages may call the graph from a browser. */
import type { FastifyCorsOptions } from '@fastify/cors';
import type { Settings } from '../settings.ts';

/** Apollo Sandbox on its own site, and where it is embedded in the page at /graphql. */
const sandboxOrigins = [
  'https://studio.apollographql.com',
  'https://sandbox.embed.apollographql.com',
  'https://explorer.embed.apollographql.com',
];

const localOrigin = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/** In production the origins of the settings; elsewhere Sandbox and this machine too. Cookies may come along. */
export function corsOptions({ corsOrigins, isProduction, publicUrl }: Settings): FastifyCorsOptions {
  const own = publicUrl ? [new URL(publicUrl).origin] : [];
  const origin: (string | RegExp)[] = [...own, ...corsOrigins];
  if (!isProduction) origin.push(...sandboxOrigins, localOrigin);
  return {
    // An empty list is never matched, and still answers with "Vary: Origin".
    origin,
    credentials: true,
    methods: ['GET', 'POST'],
    exposedHeaders: ['x-request-id', 'ratelimit', 'ratelimit-policy', 'retry-after'],
    maxAge: 600,
    // An OPTIONS request that is no preflight is answered too, and tells nothing.
    strictPreflight: false,
  };
}
