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

/**
 * In production the origins of the settings; elsewhere Sandbox and this machine too. Cookies may come along from these,
 * and not from others that `mayCall` lets in.
 */
export function corsOptions(
  settings: Settings,
  mayCall?: (origin: string) => Promise<boolean>,
): FastifyCorsOptions {
  const usual = usualOptions(settings);
  if (!mayCall) return usual;
  const isUsual = (origin: string) =>
    usual.origin.some((one) => (typeof one === 'string' ? one === origin : one.test(origin)));
  return {
    delegator: ({ headers: { origin } }, callback) => {
      if (origin === undefined || isUsual(origin)) return callback(null, usual);
      mayCall(origin).then(
        (isKnown) => callback(null, isKnown ? { ...usual, origin, credentials: false } : usual),
        callback,
      );
    },
  };
}

function usualOptions({ corsOrigins, isProduction, publicUrl }: Settings) {
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
