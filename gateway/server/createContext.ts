/** Creates the context of an operation from its HTTP request. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { anonymousReader } from '../auth/readerClaims.ts';
import type { RequestContext } from '../requestContext.ts';
import { personal } from './cacheControl.ts';
import { networkOf } from './listenAddress.ts';

/** The context of a request; its signal fires when the client disconnects before the response is written. */
export function contextOf(request: FastifyRequest, reply: FastifyReply): RequestContext {
  return {
    requestId: request.id,
    headers: request.headers,
    signal: disconnectSignal(reply),
    log: request.log as Logger,
    reader: request.reader,
    // A getter, since only mutations need it.
    get client() {
      return networkOf(request.ip);
    },
    account: request.account,
    paid: undefined,
    note: request.note,
  };
}

/**
 * The context of a request without the caller's identity, for endpoints whose responses are public, such as feeds. The caller's
 * account still pays for the operation.
 */
export function anonymousContextOf(request: FastifyRequest, reply: FastifyReply): RequestContext {
  const headers = Object.entries(request.headers).filter(([name]) => !personal.includes(name));
  return {
    ...contextOf(request, reply),
    headers: Object.fromEntries(headers),
    reader: anonymousReader,
  };
}

function disconnectSignal({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort();
  });
  return controller.signal;
}
