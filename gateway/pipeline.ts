/**
 * The journey of a request: the order of its steps, written here and nowhere else.
 *
 *  1. A number. The caller's x-request-id when it is well formed, else a new one (server/requestId.ts).
 *  2. Which pages may call: CORS and its preflight (server/cors.ts). Who asks and pays: a partner by their key, or an
 *     address (whoever opens the gateway, server/requestAccount.ts). Who reads, by their token (server/authenticate.ts).
 *  3. The body: its size, its media type, its JSON (server/graphqlEndpoint.ts).
 *  4. The operation's size, before anything reads it: nesting of text and variables, directives at one place
 *     (`boundOperation`).
 *  5. Whether the caller meant it: CSRF prevention (Apollo Server).
 *  6. Which text: the stored one for its hash, or the one sent (Apollo Server, operation/documentCache.ts).
 *  7. Parse, with a bound on tokens; validate, with a bound on fields (Apollo Server).
 *  8. The steps of `operationSteps`, in their order; then the operation is weighed (demand/enforceCost.ts), before anything is
 *     planned, and whoever pays is charged (`charge`).
 *  9. Plan and fetch what the reader may see (auth/, execute/), each call to a subgraph through the layers of `layers`.
 * 10. The steps of `errorSteps`, if there were errors; each error in the wording of errors.ts (server/formatErrors.ts).
 * 11. One line in the log (server/requestId.ts).
 *
 * An operation that has come through step 8 before does not go through 5 to 7 again: it goes by server/fastPath.ts from
 * step 3 to step 8 at once, with the same answer. So does a stored operation that is named by its id. The other doors
 * ask by server/graphClient.ts, which begins with step 8.
 *
 * Apollo Server runs the hooks of all plugins at once, so that their order means nothing. There is one plugin of
 * ours, and the order is that of these lists.
 */
import type {
  ApolloServerPlugin,
  GraphQLRequest,
  GraphQLRequestContext,
  GraphQLRequestListener,
} from '@apollo/server';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { identityOf } from './auth/forwardedIdentity.ts';
import type { Reader } from './auth/readerClaims.ts';
import type { Account } from './demand/account.ts';
import { openScales, type Scales } from './demand/enforceCost.ts';
import { callerError, codeOf } from './errors.ts';
import type { ExecutorOptions, ResultText } from './execute/apolloExecutor.ts';
import { newErrorId } from './execute/maskErrors.ts';
import { maskingReporter } from './execute/reportErrors.ts';
import { type Known, openKnownOperations } from './operation/knownOperations.ts';
import type { Stored } from './operation/storedOperations.ts';
import { refuseKind } from './operation/supportedKinds.ts';
import { depthOf, directivesOf, nestingOf } from './operation/textBounds.ts';
import { overLimit } from './operationLimits.ts';
import type { Settings } from './settings.ts';
import { withDeadline } from './wire/deadline.ts';
import { compileHeaders, type IncomingHeaders, type WriteHeaders } from './wire/headerRules.ts';
import type { Layer } from './wire/subgraphCall.ts';

/** By this header a developer asks to be told the cost of an operation. */
export const costHeader = 'graphql-cost';

/** What travels with a request from the door to the last fetch. */
export interface RequestContext {
  requestId: string;
  /** The caller's own. */
  headers: IncomingHeaders;
  /** Fires when the caller has gone. */
  signal: AbortSignal;
  /** Writes lines that bear the number of the request. */
  log: Logger;
  /** Who reads; nobody in particular where no door says so. */
  reader?: Reader | undefined;
  /** The address of the caller, of IPv6 its network, by which those who change something are told apart. */
  client?: string | undefined;
  /** The variables, where Apollo Server has rounded numbers of them. */
  variables?: Record<string, unknown> | undefined;
  /** Who pays; nobody does where no door says so. */
  account?: Account | undefined;
  /** What was paid already by a request that goes the whole way after the short one. */
  paid?: Promise<void> | undefined;
  /** What the log line of the request will say beside method, path and status. */
  note: { operation?: string; account?: string; reader?: string; token?: string };
}

/** As much of a request as the steps look at. */
export type Asked = Pick<GraphQLRequestContext<RequestContext>, 'schema' | 'contextValue'> &
  Partial<Pick<GraphQLRequestContext<RequestContext>, 'operation' | 'document' | 'operationName'>> & {
    request: Pick<GraphQLRequest, 'operationName' | 'variables'>;
    /** Whether it is known to be a stored operation, by its id. */
    isStored?: boolean;
  };

type Step<Request = Asked> = (request: Request) => void;

/** Once the operation is parsed and valid. A step that throws a registered error ends the journey with it. */
const operationSteps = (stored: Stored, settings: Settings): readonly Step[] => [
  requireOperation,
  noteOperation,
  requireStoredOperation(stored, settings),
  refuseUnsupportedOperation,
];

/** Once there are errors, before they are put into words. */
const errorSteps: readonly Step<Parameters<Pipeline['fail']>[0]>[] = [logInternalErrors];

/** The layers around each call to a subgraph, the outermost first. */
export function layers({ subgraphTimeoutMs }: Pick<Settings, 'subgraphTimeoutMs'>): readonly Layer[] {
  return [withDeadline(subgraphTimeoutMs)];
}

/**
 * What a question to the graph takes from the request around it. Where no subgraph is told who asks (`tells`), readers of whom the
 * same holds share their answers.
 */
export function executionContextOf(
  { headerRules }: Settings,
  tells: boolean,
): ExecutorOptions['executionContextOf'] {
  const writers = new Map<string, WriteHeaders>();
  const writerOf = (subgraph: string): WriteHeaders => {
    const known = writers.get(subgraph) ?? compileHeaders(headerRules, subgraph);
    writers.set(subgraph, known);
    return known;
  };
  return (context) => {
    const asking = context as RequestContext;
    const { headers, requestId, signal, log, reader, variables } = asking;
    return {
      reader: () => reader,
      identityFor: tells
        ? (kind) => identityOf(reader, kind, kind === 'mutation' ? asking.client : undefined)
        : undefined,
      headersFor: (subgraph) => writerOf(subgraph)(headers, requestId),
      signal,
      reporter: maskingReporter(log),
      ...(variables && { variables }),
    };
  };
}

export interface Pipeline {
  /** The one plugin. */
  plugin: ApolloServerPlugin<RequestContext>;
  /** Operations that have come through `operationSteps` before. */
  known: Known;
  /**
   * Takes a request through the steps of `operationSteps`, then charges whoever pays. Throws the registered error of the step
   * that ends it; what it gives is a promise only where somebody pays, and rejects where that is too much for them.
   */
  check: (request: Asked) => Promise<void> | undefined;
  /** Takes errors through the steps of `errorSteps`. */
  fail: (request: Pick<Asked, 'contextValue'> & { errors: readonly GraphQLError[] }) => void;
}

/** A journey; `supergraphOf` gives the whole of what a schema is the public part of. */
export function openPipeline(
  supergraphOf: (schema: GraphQLSchema) => GraphQLSchema,
  stored: Stored,
  settings: Settings,
): Pipeline {
  const scales = openScales(supergraphOf, settings);
  const steps = operationSteps(stored, settings);
  const known = openKnownOperations(Math.ceil(settings.operationCacheBytes / 6));
  const check: Pipeline['check'] = (request) => {
    runAll(steps, request);
    return charge(request, weigh(request, scales));
  };
  const fail: Pipeline['fail'] = (request) => runAll(errorSteps, request);
  return {
    plugin: {
      async requestDidStart() {
        return {
          async didResolveOperation(request) {
            await check(request);
            const { source, document, operation, schema } = request;
            // What is read may come again by a shorter way.
            if (source && document && operation?.operation === 'query')
              known.add(source, request.request.operationName ?? '', { document, operation, schema });
          },
          didEncounterErrors: async ({ errors, contextValue }) => fail({ errors, contextValue }),
          willSendResponse: async (request) => addCostExtension(request, scales, settings),
        };
      },
    },
    known,
    check,
    fail,
  };
}

/**
 * Throws when an operation is nested deeper than is safe for code that calls itself for each level, or has more directives
 * at one place than anybody needs: validation would tell an error for each.
 */
export function boundOperation(query: unknown, variables: unknown, settings: Settings): void {
  // By GET the variables are text.
  const texts = [query, variables].filter((sent) => typeof sent === 'string');
  if (texts.some((text) => nestingOf(text) > settings.maxNesting)) throw overLimit('maxNesting', settings);
  if (typeof query === 'string' && directivesOf(query, settings.maxDirectives) > settings.maxDirectives)
    throw overLimit('maxDirectives', settings);
  boundVariables(variables, settings);
}

/** The same, of the values alone. */
export function boundVariables(variables: unknown, settings: Settings): void {
  if (depthOf(variables, settings.maxNesting) > settings.maxNesting) throw overLimit('maxNesting', settings);
}

/** The number under which the log tells about an error that is not in the register, if there is one. */
export function errorIdOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null ? errorIds.get(error) : undefined;
}

const errorIds = new WeakMap<object, string>();

function runAll<Request>(steps: readonly Step<Request>[], request: Request): void {
  for (const step of steps) step(request);
}

function requireOperation({ operation, request }: Asked): void {
  if (operation) return;
  const got = request.operationName ?? 'no name';
  throw callerError('OPERATION_RESOLUTION_FAILURE', { got });
}

function noteOperation({ operationName, contextValue }: Asked): void {
  if (operationName) contextValue.note.operation = operationName.slice(0, 100);
}

/** Who may send what is not stored; see FREE_FORM_OPERATIONS. */
function requireStoredOperation(stored: Stored, { freeForm, isProduction }: Settings): Step {
  const allowed = freeForm ?? (isProduction && stored.all.length > 0 ? 'nobody' : 'everyone');
  return ({ document, contextValue, isStored }) => {
    if (allowed === 'everyone' || isStored || (document && stored.holds(document))) return;
    if (allowed === 'developers' && contextValue.account?.mayExplore) return;
    throw callerError('QUERY_NOT_IN_SAFELIST');
  };
}

function refuseUnsupportedOperation({ operation, schema }: Asked): void {
  if (operation) refuseKind(operation, schema);
}

/** Tells a developer who asks for it what the operation was to cost at most, and what its answer did cost. */
function addCostExtension(
  { schema, operation, document, request, contextValue, response: { body } }: Answered,
  { report }: Scales,
  { isProduction }: Settings,
): void {
  if (contextValue.headers[costHeader] !== 'report' || body.kind !== 'single') return;
  if (!operation || !document || (isProduction && !contextValue.account?.mayExplore)) return;
  const { data, extensions } = body.singleResult;
  const asked = { schema, document, operation, variables: request.variables ?? {} };
  const plain = data && 'toJSON' in data ? (data as unknown as ResultText).toJSON() : data;
  body.singleResult.extensions = { ...extensions, cost: report(asked, plain) };
}

type Answered = Parameters<NonNullable<GraphQLRequestListener<RequestContext>['willSendResponse']>>[0];

/** What the operation costs at most; throws where it is more than an operation may be. */
function weigh({ schema, operation, document, request }: Asked, scales: Scales): number {
  if (!operation || !document) return 0;
  return scales.weigh({ schema, document, operation, variables: request.variables ?? {} });
}

/** Whoever pays is charged in whole points, and at least one. */
function charge({ contextValue }: Asked, cost: number): Promise<void> | undefined {
  const { account, note, paid } = contextValue;
  if (paid) return paid;
  if (!account) return undefined;
  note.account = account.name;
  return account.spend(Math.max(1, Math.floor(cost)));
}

/** Faults of ours are logged here, where the request is known, and masked by server/formatErrors.ts under the same number. */
function logInternalErrors({ errors, contextValue }: Parameters<Pipeline['fail']>[0]): void {
  for (const error of errors) {
    if (codeOf(error)) continue;
    const id = newErrorId();
    errorIds.set(error, id);
    contextValue.log.error({ id, err: error.originalError ?? error }, 'fault while answering');
  }
}
