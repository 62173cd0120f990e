/** Authenticates requests: sets the reader by the bearer token, before any endpoint handles the request. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { anonymousReader, type Reader } from '../auth/readerClaims.ts';
import type { VerifyReader } from '../auth/verifyToken.ts';
import { sendError } from './formatErrors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The authenticated reader; anonymous without an access token. */
    reader: Reader;
  }
}

/** RFC 6750 section 2.1. */
const bearer = /^Bearer(?:\s+(.*))?$/i;

/**
 * Sets the reader of each request. An invalid token is answered with 401, and one that cannot be verified now with 503. Without
 * `verify`, tokens are ignored. Health checks need no authentication.
 */
export function addReaders(
  app: FastifyInstance,
  verify: VerifyReader | undefined,
  isApiKey: (token: string) => boolean = () => false,
): void {
  app.decorateRequest('reader', null as unknown as Reader);
  app.addHook('onRequest', (request, reply, next) => {
    request.reader = anonymousReader;
    const credential = verify && tokenIn(request);
    const token = credential === undefined || isApiKey(credential) ? undefined : credential;
    if (token === undefined) return next();
    try {
      const reader = verify?.(token) ?? anonymousReader;
      if (!(reader instanceof Promise)) {
        setReader(request, reader);
        return next();
      }
      reader.then(
        (verified) => {
          setReader(request, verified);
          next();
        },
        (error: unknown) => refuse(error, reply, next),
      );
    } catch (error) {
      refuse(error, reply, next);
    }
  });
}

/**
 * Sets the reader of a request. The access log names readers that have scopes, and the id of their token (`jti`), never the
 * token itself.
 */
export function setReader(request: FastifyRequest, reader: Reader): void {
  request.reader = reader;
  if (reader.scopes.size === 0) return;
  const { sub, jti } = reader.claims;
  // Some issuers use email addresses as subjects, which must not be logged.
  if (typeof sub === 'string') request.note.reader = sub.includes('@') ? '***' : sub.slice(0, 100);
  if (typeof jti === 'string') request.note.token = jti.slice(0, 100);
}

function tokenIn({ headers: { authorization }, url }: FastifyRequest): string | undefined {
  if (authorization === undefined) return undefined;
  const match = bearer.exec(authorization);
  if (!match || url.startsWith('/health/')) return undefined;
  // "Bearer" without a token counts as an invalid token.
  return match[1]?.trim() ?? '';
}

function refuse(error: unknown, reply: FastifyReply, next: (error?: Error) => void): void {
  if (!(error instanceof GraphQLError)) {
    next(error instanceof Error ? error : new Error(String(error)));
    return;
  }
  reply.header('cache-control', 'no-store');
  // RFC 6750 section 3.
  if (error.extensions.code === 'UNAUTHENTICATED')
    reply.header('www-authenticate', 'Bearer error="invalid_token"');
  sendError(reply, error);
}
