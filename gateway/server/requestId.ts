/** Gives each request a number and writes one line about it when it is done. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { RequestContext } from '../requestContext.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the log line says beside method, path and status. */
    note: RequestContext['note'];
    /** Who pays for it, set by whoever opens a door before anything is asked. */
    account?: RequestContext['account'];
  }
}

/** The caller's own number where it is well formed, so that one request can be followed through several programs. */
export function numberOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[A-Za-z0-9._-]{1,128}$/.test(given) ? given : randomUUID();
}

/**
 * Answers the number back as x-request-id, tells browsers to take each answer for what its Content-Type says, and logs a line for
 * each request: no query string, no variables, no headers.
 */
export function addRequestLog(app: FastifyInstance): void {
  app.decorateRequest('note', null as unknown as RequestContext['note']);
  app.addHook('onRequest', async (request, reply) => {
    request.note = {};
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, url, note } = request;
    // Somebody's address in a path is nobody's business.
    const path = url
      .split('?', 1)[0]
      ?.slice(0, 200)
      .replace(/[^/]*(@|%40)[^/]*/gi, '***');
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    request.log.info({ method, path, status: reply.statusCode, ms, ...note }, 'request');
  });
}
