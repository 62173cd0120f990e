/** What callers and the log are told of subgraphs that fail. */
import type { Logger } from 'pino';
import { wordingOf } from '../errors.ts';
import { withoutLong } from '../wire/losslessJson.ts';
import { type SubgraphError, SubgraphFailure } from '../wire/subgraphCall.ts';
import { isCallersFault, newErrorId, showSubgraphError } from './maskErrors.ts';
import type { Failed, Reporter } from './placeErrors.ts';

/**
 * The originals go into the log, under a number; callers get that number and the place, and a message only where the
 * fault is their own.
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
 * Callers get the errors as the subgraphs sent them, with the name of the subgraph and the code DOWNSTREAM_SERVICE_ERROR
 * where they have none: for graphs whose subgraphs say nothing that is not meant for callers. What a subgraph says about
 * our own HTTP answer is left out; why one did not answer goes into the log, since it names hosts.
 */
export function showingReporter(log: Logger): Reporter {
  return {
    ofCall: ({ subgraph, failure, errors }) => {
      if (failure !== undefined) logCall(log, newErrorId(), { subgraph, failure, errors });
      const usual = reasonOf(subgraph, failure);
      return ({ message, extensions }) => {
        const { http: _http, ...said } = isRecord(extensions) ? extensions : {};
        return {
          message: typeof message === 'string' && message !== '' ? message : usual,
          extensions: { code: codeOf(failure), ...inJson(said), serviceName: subgraph },
        };
      };
    },
    ofHoles:
      () =>
      ({ message }) => ({ message, extensions: { code: 'DOWNSTREAM_SERVICE_ERROR' } }),
  };
}

/** Why there is no answer: what the wire tells without its hosts, the words of a call that is not ours as they are. */
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

/** What a subgraph said, as JSON can have it: long numbers as text; nothing of what is nested too deep to be written. */
function inJson(said: Record<string, unknown>): object {
  try {
    JSON.stringify(said);
    return said;
  } catch (error) {
    return error instanceof RangeError ? {} : (withoutLong(said) as object);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function logCall(log: Logger, id: string, { subgraph, failure, errors }: Failed): void {
  if (failure instanceof SubgraphFailure) {
    // A caller who has gone is no error of anybody.
    const level = failure.kind === 'aborted' ? 'debug' : 'error';
    log[level]({ subgraph, id, kind: failure.kind, reason: failure.message }, 'subgraph request failed');
  } else if (failure !== undefined) {
    log.error({ subgraph, id, err: failure }, 'subgraph request failed');
  } else {
    logErrors(log, id, subgraph, errors);
  }
}

/** Never what the caller did wrong: its message may repeat what was sent. */
function logErrors(log: Logger, id: string, subgraph: string, errors: readonly SubgraphError[]): void {
  const faults = errors.filter((error) => error.message !== undefined && !isCallersFault(error));
  if (faults.length === 0) return;
  const reasons = faults
    .slice(0, 10)
    .map(({ message, path }) => ({ message: String(message).slice(0, 500), path }));
  log.error({ subgraph, id, errors: reasons, count: faults.length }, 'subgraph responded with errors');
}
