/** Queries of the graph for feeds. The caller must be anonymous, so that a feed never holds what one reader alone may read. */

import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { RequestContext } from '../../gateway/requestContext.ts';
import type { Ask } from '../../gateway/server/graphClient.ts';
import { partnerError } from '../errors.ts';
import { badRequest } from './feedRequest.ts';

export interface Content<Data> {
  data: Data;
  /** False when the result has errors; some fields are null then. */
  isWhole: boolean;
}

/** Runs a stored operation for one caller. */
export type AskContent = <Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
) => Promise<Content<Data>>;

/**
 * Returns a function that runs operations for `caller`. It rejects with BAD_REQUEST when the graph rejects a value, and
 * with CONTENT_UNAVAILABLE when the result holds errors and no data.
 */
export function contentFor(ask: Ask, caller: RequestContext): AskContent {
  return async (document, variables) => {
    const { data, errors } = await ask(document, variables, caller);
    const badInput = errors.find(({ extensions }) => extensions?.code === 'BAD_USER_INPUT');
    if (badInput) throw badRequest(badInput.message);
    const isEmpty = data === null || Object.values(data as object).every((part) => part === null);
    if (data === null || (isEmpty && errors.length > 0)) throw partnerError('CONTENT_UNAVAILABLE');
    return { data, isWhole: errors.length === 0 };
  };
}
