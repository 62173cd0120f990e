/** `/.well-known/jwks.json`: the public keys of our access tokens (RFC 7517), for gateways that accept them. */
import type { FastifyInstance } from 'fastify';
import type { Tokens } from '../trust/accessTokens.ts';

/** Keys are published 30 days before they sign, so caching them for an hour is safe. */
const cacheControl = 'public, max-age=3600';

export function addKeys(app: FastifyInstance, tokens: Tokens): void {
  app.get('/.well-known/jwks.json', (_request, reply) =>
    reply
      .header('cache-control', cacheControl)
      .type('application/jwk-set+json')
      .send(JSON.stringify(tokens.jwks())),
  );
}
