/** Who asks, as the journey knows them: made of the request at whichever door. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { JourneyContext } from '../journey.ts';
import { networkOf } from './address.ts';

/** The caller of a request; its signal fires when the caller has gone before the answer was written. */
export function callerOf(request: FastifyRequest, reply: FastifyReply): JourneyContext {
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

function callerLeaves({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort();
  });
  return controller.signal;
}
