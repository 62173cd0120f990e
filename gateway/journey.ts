/**
 * The journey of a request: the order of its steps, written here and nowhere else.
 *
 *  1. A number. The caller's x-request-id when it is well formed, else a new one (server/number.ts).
 *  2. Which pages may call: CORS and its preflight (server/cors.ts).
 *  3. The body: its size, its media type, its JSON (server/graphql.ts).
 *  4. The operation's size, before anything reads it: nesting of text and variables (`boundOperation`).
 *  5. Whether the caller meant it: CSRF prevention (Apollo Server).
 *  6. Which text: the stored one for its hash, or the one sent (Apollo Server, operation/keep.ts).
 *  7. Parse, with a bound on tokens; validate, with a bound on fields (Apollo Server).
 *  8. The steps of `onceKnown`, in their order.
 *  9. Plan and fetch (execute/), each call to a subgraph through the layers of `layers`.
 * 10. The steps of `onceFailed`, if there were errors; each error in the wording of errors.ts (server/answer.ts).
 * 11. One line in the log (server/number.ts).
 *
 * Apollo Server runs the hooks of all plugins at once, so that their order means nothing. There is one plugin of
 * ours, and the order is that of these lists.
 */
import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import { openEstimate } from './demand/estimate.ts';
import { callerError, codeOf } from './errors.ts';
import { newErrorId } from './execute/mask.ts';
import type { FetchContext } from './execute/source.ts';
import { depthOf, nestingOf, rootFieldsOf } from './operation/bounds.ts';
import type { Settings } from './settings.ts';
import type { Layer } from './wire/call.ts';
import { withDeadline } from './wire/deadline.ts';

/** What travels with a request from the door to the last fetch. */
export interface JourneyContext extends FetchContext {
  /** What the log line of the request will say beside method, path and status. */
  note: { operation?: string };
}

type Estimate = ReturnType<typeof openEstimate>;

type Step = (request: GraphQLRequestContext<JourneyContext>) => void;

/** Once the operation is parsed and valid. A step that throws a registered error ends the journey with it. */
const onceKnown = (estimate: Estimate, settings: Settings): readonly Step[] => [
  requireOperation,
  noteOperation,
  refuseSubscription,
  refuseWhatHasNoRoot,
  boundRoots(settings),
  boundObjects(estimate, settings),
];

/** Once there are errors, before they are put into words. */
const onceFailed: readonly Step[] = [numberFaults];

/** The layers around each call to a subgraph, the outermost first. */
export function layers(settings: Settings): readonly Layer[] {
  return [withDeadline(settings.subgraphTimeoutMs)];
}

/** The one plugin. */
export function journey(supergraphSdl: string, settings: Settings): ApolloServerPlugin<JourneyContext> {
  const steps = onceKnown(openEstimate(supergraphSdl), settings);
  return {
    async requestDidStart() {
      return {
        didResolveOperation: async (request) => runAll(steps, request),
        didEncounterErrors: async (request) => runAll(onceFailed, request),
      };
    },
  };
}

/** Throws when an operation is nested deeper than is safe for code that calls itself for each level. */
export function boundOperation(query: unknown, variables: unknown, { maxNesting }: Settings): void {
  // By GET the variables are text.
  const texts = [query, variables].filter((sent) => typeof sent === 'string');
  const isDeep =
    texts.some((text) => nestingOf(text) > maxNesting) || depthOf(variables, maxNesting) > maxNesting;
  if (isDeep)
    throw callerError('OPERATION_TOO_LARGE', { limit: `${maxNesting} brackets inside one another` });
}

/** The number under which the log tells about an error that is not in the register, if there is one. */
export function faultIdOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null ? faultIds.get(error) : undefined;
}

const faultIds = new WeakMap<object, string>();

function runAll(steps: readonly Step[], request: GraphQLRequestContext<JourneyContext>): void {
  for (const step of steps) step(request);
}

function requireOperation({ operation, request }: GraphQLRequestContext<JourneyContext>): void {
  if (operation) return;
  const got = request.operationName ?? 'no name';
  throw callerError('OPERATION_RESOLUTION_FAILURE', { got });
}

function noteOperation({ operationName, contextValue }: GraphQLRequestContext<JourneyContext>): void {
  if (operationName) contextValue.note.operation = operationName.slice(0, 100);
}

function refuseSubscription({ operation }: GraphQLRequestContext<JourneyContext>): void {
  if (operation?.operation === 'subscription') throw callerError('SUBSCRIPTIONS_NOT_SUPPORTED');
}

/** Each root field may be a question to a database of its own: aliases would make one request a thousand of them. */
function boundRoots({ maxRootFields }: Settings): Step {
  return ({ operation, document }) => {
    if (operation && document && rootFieldsOf(operation, document) > maxRootFields)
      throw callerError('OPERATION_TOO_LARGE', { limit: `${maxRootFields} fields at its root` });
  };
}

/** A list within a list within a list is a short text and an answer of millions. */
function boundObjects(estimate: Estimate, { maxObjects }: Settings): Step {
  return ({ operation, document, schema, request }) => {
    if (!operation || !document) return;
    const demand = { schema, document, operation, variables: request.variables ?? {} };
    if (estimate(demand, maxObjects) > maxObjects)
      throw callerError('OPERATION_TOO_LARGE', {
        limit: `${maxObjects} objects in its lists, each taken as long as it is asked for`,
      });
  };
}

function refuseWhatHasNoRoot({ operation, schema }: GraphQLRequestContext<JourneyContext>): void {
  if (!operation || schema.getRootType(operation.operation)) return;
  throw callerError('OPERATION_TYPE_NOT_SUPPORTED', { type: operation.operation });
}

/** Faults of ours are logged here, where the request is known, and masked by server/answer.ts under the same number. */
function numberFaults({ errors = [], contextValue }: GraphQLRequestContext<JourneyContext>): void {
  for (const error of errors) {
    if (codeOf(error)) continue;
    const id = newErrorId();
    faultIds.set(error, id);
    contextValue.log.error({ id, err: error.originalError ?? error }, 'fault while answering');
  }
}
