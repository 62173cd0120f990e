/** Reports subgraph failures to callers and to the log. */
import type { Logger } from 'pino';
import { wordingOf } from '../errors.ts';
import { withoutLong } from '../wire/losslessJson.ts';
import { type SubgraphError, SubgraphFailure } from '../wire/subgraphCall.ts';
import { isCallersFault, newErrorId, showSubgraphError } from './maskErrors.ts';
import type { Failed, Reporter } from './placeErrors.ts';

/**
 * Logs the original errors under a reference. Callers receive the reference and the path; they receive the message only of errors
 * about their own request.
 */
export function maskingReporter(log: Logger): Reporter {
  return {
    ofCall: (failed) => {
      const id = newErrorId();
      logCall(log, id, failed);
      return (error) => showSubgraphError(error, id);
    },
    ofHoles: (violations) => {
      const id = newErrorId();
      log.error(
        { id, errors: violations.slice(0, 10).map(({ message }) => message), count: violations.length },
        'non-null field resolved to null',
      );
      const message = wordingOf('SUBGRAPH_FAILED', { id });
      return () => ({ message, extensions: { code: 'SUBGRAPH_FAILED', id } });
    },
  };
}

/**
 * Passes errors to callers as the subgraphs sent them, with the name of the subgraph, and with the code DOWNSTREAM_SERVICE_ERROR
 * if they have none: for graphs whose subgraph errors contain nothing confidential. `extensions.http` is left out; the reasons of
 * failed requests go to the log, since they name hosts.
 */
export function showingReporter(log: Logger): Reporter {
  return {
    ofCall: ({ subgraph, failure, errors }) => {
      if (failure !== undefined) logCall(log, newErrorId(), { subgraph, failure, errors });
      const fallback = reasonOf(subgraph, failure);
      return ({ message, extensions }) => {
        const { http: _http, ...rest } = isRecord(extensions) ? extensions : {};
        return {
          message: typeof message === 'string' && message !== '' ? message : fallback,
          extensions: { code: codeOf(failure), ...inJson(rest), serviceName: subgraph },
        };
      };
    },
    ofHoles:
      () =>
      ({ message }) => ({ message, extensions: { code: 'DOWNSTREAM_SERVICE_ERROR' } }),
  };
}

/** The reason of a failed request: the kind of a SubgraphFailure, without hosts; the message of any other error. */
function reasonOf(subgraph: string, failure: unknown): string {
  if (failure instanceof Error && !(failure instanceof SubgraphFailure) && failure.message !== '')
    return failure.message;
  const { kind, status } =
    failure instanceof SubgraphFailure ? failure : { kind: 'an error', status: undefined };
  return `Expected subgraph "${subgraph}" to answer, but got: ${status === undefined ? kind : `status ${status}`}.`;
}

function codeOf(failure: unknown): string {
  const status = failure instanceof SubgraphFailure ? failure.status : undefined;
  if (status === 401) return 'UNAUTHENTICATED';
  return status === 403 ? 'FORBIDDEN' : 'DOWNSTREAM_SERVICE_ERROR';
}

/** The extensions in a form that JSON can represent: long numbers as strings; empty if nested too deep. */
function inJson(extensions: Record<string, unknown>): object {
  try {
    JSON.stringify(extensions);
    return extensions;
  } catch (error) {
    return error instanceof RangeError ? {} : (withoutLong(extensions) as object);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function logCall(log: Logger, id: string, { subgraph, failure, errors }: Failed): void {
  if (failure instanceof SubgraphFailure) {
    // A client that disconnects is no error.
    const level = failure.kind === 'aborted' ? 'debug' : 'error';
    log[level]({ subgraph, id, kind: failure.kind, reason: failure.message }, 'subgraph request failed');
  } else if (failure !== undefined) {
    log.error({ subgraph, id, err: failure }, 'subgraph request failed');
  } else {
    logErrors(log, id, subgraph, errors);
  }
}

/** Logs errors except those about the caller's own request, whose messages may repeat values of the caller. */
function logErrors(log: Logger, id: string, subgraph: string, errors: readonly SubgraphError[]): void {
  const faults = errors.filter((error) => error.message !== undefined && !isCallersFault(error));
  if (faults.length === 0) return;
  const reasons = faults
    .slice(0, 10)
    .map(({ message, path }) => ({ message: String(message).slice(0, 500), path }));
  log.error({ subgraph, id, errors: reasons, count: faults.length }, 'subgraph responded with errors');
}
