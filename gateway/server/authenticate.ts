/** Says who reads: by the access token that a request bears, before any door is opened. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { anonymousReader, type Reader } from '../auth/readerClaims.ts';
import type { VerifyReader } from '../auth/verifyToken.ts';
import { sendError } from './formatErrors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who reads; whoever bears no token of a reader is anonymous. */
    reader: Reader;
  }
}

/** RFC 6750 section 2.1. */
const bearer = /^Bearer(?:\s+(.*))?$/i;

/**
 * Each request gets its reader. A token that does not hold is answered with 401, and one that cannot be checked with 503;
 * where no tokens are taken (`verify` is undefined) they are nobody's business here. Health is told to anybody.
 */
export function addReaders(
  app: FastifyInstance,
  verify: VerifyReader | undefined,
  isApiKey: (token: string) => boolean = () => false,
): void {
  app.decorateRequest('reader', null as unknown as Reader);
  app.addHook('onRequest', (request, reply, next) => {
    request.reader = anonymousReader;
    const sent = verify && tokenIn(request);
    const token = sent === undefined || isApiKey(sent) ? undefined : sent;
    if (token === undefined) return next();
    try {
      const reader = verify?.(token) ?? anonymousReader;
      if (!(reader instanceof Promise)) {
        setReader(request, reader);
        return next();
      }
      reader.then(
        (one) => {
          setReader(request, one);
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
 * Says that this reader sends the request. Whoever may do more than read is named in the log, and by which token: never the
 * token itself.
 */
export function setReader(request: FastifyRequest, reader: Reader): void {
  request.reader = reader;
  if (reader.scopes.size === 0) return;
  const { sub, jti } = reader.claims;
  // Some issuers name readers by their address, which no log holds.
  if (typeof sub === 'string') request.note.reader = sub.includes('@') ? '***' : sub.slice(0, 100);
  if (typeof jti === 'string') request.note.token = jti.slice(0, 100);
}

function tokenIn({ headers: { authorization }, url }: FastifyRequest): string | undefined {
  if (authorization === undefined) return undefined;
  const sent = bearer.exec(authorization);
  if (!sent || url.startsWith('/health/')) return undefined;
  // Without a token after it, it is one that does not hold.
  return sent[1]?.trim() ?? '';
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
