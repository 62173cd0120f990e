/** The graph as the doors for partners ask it: as anybody, so that nobody's feed holds what only they may read. */
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerError } from '../../gateway/errors.ts';
import type { Ask } from '../../gateway/server/graphClient.ts';
import { anybodyOf } from '../../gateway/server/requestContext.ts';
import { badRequest } from './feedRequest.ts';

export interface Content<Data> {
  data: Data;
  /** Whether every part was there: where not, some are null. */
  isWhole: boolean;
}

/** Asks on behalf of one request. */
export type AskContent = <Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
) => Promise<Content<Data>>;

/**
 * A function that asks for a request. It rejects with BAD_REQUEST where the graph refuses a value, and with
 * CONTENT_UNAVAILABLE where nothing of the answer is there.
 */
export function contentFor(ask: Ask, request: FastifyRequest, reply: FastifyReply): AskContent {
  const caller = anybodyOf(request, reply);
  return async (document, variables) => {
    const { data, errors } = await ask(document, variables, caller);
    const refused = errors.find(({ extensions }) => extensions?.code === 'BAD_USER_INPUT');
    if (refused) throw badRequest(refused.message);
    const isEmpty = data === null || Object.values(data as object).every((part) => part === null);
    if (data === null || (isEmpty && errors.length > 0)) throw callerError('CONTENT_UNAVAILABLE');
    return { data, isWhole: errors.length === 0 };
  };
}
