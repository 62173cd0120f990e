/** CORS: the origins whose pages may call the graph from a browser. */
import type { FastifyCorsOptions } from '@fastify/cors';
import type { Settings } from '../settings.ts';

/** Apollo Sandbox on its own site, and embedded in the page at /graphql. */
const sandboxOrigins = [
  'https://studio.apollographql.com',
  'https://sandbox.embed.apollographql.com',
  'https://explorer.embed.apollographql.com',
];

const localOrigin = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/**
 * Allows the origins of the settings, with cookies; outside of production also Apollo Sandbox and localhost. Origins that `mayCall`
 * allows send no cookies.
 */
export function corsOptions(
  settings: Settings,
  mayCall?: (origin: string) => Promise<boolean>,
): FastifyCorsOptions {
  const fixed = fixedOptions(settings);
  if (!mayCall) return fixed;
  const isFixed = (origin: string) =>
    fixed.origin.some((allowed) => (typeof allowed === 'string' ? allowed === origin : allowed.test(origin)));
  return {
    delegator: ({ headers: { origin } }, callback) => {
      if (origin === undefined || isFixed(origin)) return callback(null, fixed);
      mayCall(origin).then(
        (isAllowed) => callback(null, isAllowed ? { ...fixed, origin, credentials: false } : fixed),
        callback,
      );
    },
  };
}

function fixedOptions({ corsOrigins, isProduction, publicUrl }: Settings) {
  const own = publicUrl ? [new URL(publicUrl).origin] : [];
  const origin: (string | RegExp)[] = [...own, ...corsOrigins];
  if (!isProduction) origin.push(...sandboxOrigins, localOrigin);
  return {
    // An empty list matches no origin, and responses still have "Vary: Origin".
    origin,
    credentials: true,
    methods: ['GET', 'POST'],
    exposedHeaders: ['x-request-id', 'ratelimit', 'ratelimit-policy', 'retry-after'],
    maxAge: 600,
    // Answers OPTIONS requests that are not preflights too, without CORS headers.
    strictPreflight: false,
  };
}
