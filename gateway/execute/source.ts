/** Carries a fetch of the stock gateway over the wire, and shows callers only what they may know of its errors. */
import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { parse } from 'graphql';
import type { Logger } from 'pino';
import {
  type SubgraphAnswer,
  type SubgraphCall,
  type SubgraphError,
  SubgraphFailure,
  type SubgraphRequest,
} from '../wire/call.ts';
import { isCallersFault, newErrorId, type ShownError, showSubgraphError } from './mask.ts';
import { placesOf } from './places.ts';

/** What a fetch takes from the request that it serves. */
export interface FetchContext {
  requestId: string;
  /** Fires when the caller has gone. */
  signal: AbortSignal;
  /** Writes lines that bear the number of the request. */
  log: Logger;
}

/** One call that fails for a long list tells so at a hundred places, not at thousands. */
const maxErrorsPerCall = 100;

/** The data source of the subgraph `name`. It never rejects: a call that fails is an answer without data. */
export function sourceOf(name: string, call: SubgraphCall): GraphQLDataSource {
  return {
    async process(options) {
      const context = options.context as FetchContext;
      const request = requestOf(options, context);
      const id = newErrorId();
      let answer: SubgraphAnswer;
      try {
        answer = await call(request);
      } catch (error) {
        reportFailure(name, id, context.log, error);
        answer = { data: null, errors: [{}] };
      }
      const { data = null, errors } = answer;
      if (!errors) return { data };
      reportErrors(name, id, context.log, errors);
      // The stock gateway asks for GraphQLErrors but reads no more of them than the plain form has.
      return { data, errors: shownErrors(request, errors, id) } as Awaited<
        ReturnType<GraphQLDataSource['process']>
      >;
    },
  };
}

function requestOf(
  { request, ...options }: GraphQLDataSourceProcessOptions,
  { requestId, signal }: FetchContext,
): SubgraphRequest {
  return {
    query: request.query ?? '',
    document: 'document' in options ? options.document : undefined,
    variables: request.variables,
    operationName: request.operationName,
    headers: { 'x-request-id': requestId },
    signal,
  };
}

/** Errors that name no place in the answer stand at every place that the call would have filled. */
function shownErrors(request: SubgraphRequest, errors: readonly SubgraphError[], id: string): ShownError[] {
  const shown = errors.slice(0, maxErrorsPerCall).flatMap((error) => {
    const masked = showSubgraphError(error, id);
    if (hasPlace(masked) || masked.extensions.code === 'BAD_USER_INPUT') return [masked];
    const places = placesOf(request.document ?? parse(request.query), request.variables, maxErrorsPerCall);
    return places.map((path) => ({ ...masked, path }));
  });
  return shown.slice(0, maxErrorsPerCall);
}

function hasPlace({ path }: ShownError): boolean {
  if (!path || path.length === 0) return false;
  return path[0] !== '_entities' || typeof path[1] === 'number';
}

function reportFailure(subgraph: string, id: string, log: Logger, error: unknown): void {
  if (error instanceof SubgraphFailure) {
    // A caller who has gone is no error of anybody.
    const level = error.kind === 'aborted' ? 'debug' : 'error';
    log[level]({ subgraph, id, kind: error.kind, reason: error.message }, 'subgraph failed');
  } else {
    log.error({ subgraph, id, err: error }, 'subgraph failed');
  }
}

/** The original goes into the log, but never what the caller did wrong: its message may repeat what was sent. */
function reportErrors(subgraph: string, id: string, log: Logger, errors: readonly SubgraphError[]): void {
  const faults = errors.filter((error) => error.message !== undefined && !isCallersFault(error));
  if (faults.length === 0) return;
  const reasons = faults
    .slice(0, 10)
    .map(({ message, path }) => ({ message: String(message).slice(0, 500), path }));
  log.error({ subgraph, id, errors: reasons, count: faults.length }, 'subgraph answered with errors');
}
