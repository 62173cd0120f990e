/** Assigns a request id to each request, and writes the access log. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { channels } from '../../kit/channels.ts';
import type { RequestContext } from '../requestContext.ts';
import { traceIdOf } from '../wire/traceContext.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Fields of the access log line beside method, path and status. */
    note: RequestContext['note'];
    /** The account that pays for the request, set before any endpoint handles it. */
    account?: RequestContext['account'];
  }
}

/** The client's `X-Request-Id` if well-formed, so that a request can be traced across services; else a new UUID. */
export function numberOf({ headers }: IncomingMessage): string {
  const id = headers['x-request-id'];
  return typeof id === 'string' && /^[A-Za-z0-9._-]{1,128}$/.test(id) ? id : randomUUID();
}

/**
 * Sets the response headers X-Request-Id and X-Content-Type-Options, and logs one line for each request, without query string,
 * variables and headers.
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
    // Email addresses in a path are masked.
    const path = url
      .split('?', 1)[0]
      ?.slice(0, 200)
      .replace(/[^/]*(@|%40)[^/]*/gi, '***');
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    const traceId = traceIdOf(request.headers);
    const trace = traceId === undefined ? {} : { traceId };
    request.log.info({ method, path, status: reply.statusCode, ms, ...note, ...trace }, 'request');
    if (channels.httpRequest.hasSubscribers)
      channels.httpRequest.publish({
        route: request.routeOptions.url ?? '',
        method,
        status: reply.statusCode,
        seconds: reply.elapsedTime / 1000,
      });
  });
}
