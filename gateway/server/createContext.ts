/** Who asks, as the journey knows them: made of the request at whichever door. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { anonymousReader } from '../auth/readerClaims.ts';
import type { RequestContext } from '../requestContext.ts';
import { personal } from './cacheControl.ts';
import { networkOf } from './listenAddress.ts';

/** The caller of a request; its signal fires when the caller has gone before the answer was written. */
export function contextOf(request: FastifyRequest, reply: FastifyReply): RequestContext {
  return {
    requestId: request.id,
    headers: request.headers,
    signal: callerLeaves(reply),
    log: request.log as Logger,
    reader: request.reader,
    // Only changes are told it.
    get client() {
      return networkOf(request.ip);
    },
    account: request.account,
    paid: undefined,
    note: request.note,
  };
}

/**
 * The same request as anybody would send it, for doors whose answers are passed on: whoever asks, nobody is given there what
 * only they may read. What it costs is theirs all the same.
 */
export function anonymousContextOf(request: FastifyRequest, reply: FastifyReply): RequestContext {
  const headers = Object.entries(request.headers).filter(([name]) => !personal.includes(name));
  return {
    ...contextOf(request, reply),
    headers: Object.fromEntries(headers),
    reader: anonymousReader,
  };
}

function callerLeaves({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort();
  });
  return controller.signal;
}
