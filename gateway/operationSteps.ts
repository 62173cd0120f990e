/**
 * The steps of an operation, in their order. Every endpoint (GraphQL over HTTP, pages, feeds, embeds) runs an operation by
 * `Pipeline.execute`, which takes it through all of them.
 */
import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { channels, type OperationMessage, secondsSince } from '../kit/channels.ts';
import { identityOf } from './auth/forwardedIdentity.ts';
import type { Scales } from './demand/enforceCost.ts';
import { callerError, codeOf } from './errors.ts';
import { toGraphQLError } from './execute/apolloExecutor.ts';
import type { GraphRequest, GraphResult } from './execute/graph.ts';
import type { Graphs } from './execute/graphLease.ts';
import { newErrorId } from './execute/maskErrors.ts';
import { maskingReporter } from './execute/reportErrors.ts';
import type { KnownOperations } from './operation/knownOperations.ts';
import type { Stored } from './operation/storedOperations.ts';
import { refuseKind } from './operation/supportedKinds.ts';
import type { RequestContext } from './requestContext.ts';
import type { Settings } from './settings.ts';
import { compileHeaders, type WriteHeaders } from './wire/headerRules.ts';
import { mapResults, type Results } from './wire/results.ts';

/** An operation that is valid against `schema`, and the request that sent it. */
export interface OperationRequest {
  schema: GraphQLSchema;
  document: DocumentNode;
  /** Undefined if `operationName` selects no operation of the document. */
  operation: OperationDefinitionNode | undefined;
  /** The value of the request. */
  operationName: string | undefined;
  variables: Record<string, unknown> | undefined;
  context: RequestContext;
  /** Whether it is a stored operation, named by its id or known to this process. */
  isStored?: boolean;
  /** Whether Apollo Server may execute the same operation once more, which is charged once. */
  mayContinue?: boolean;
  /** The text of the document, if later requests with the same text may take the fast path. */
  text?: string | undefined;
}

/** The result of an operation. Errors that are not in the register of errors.ts are logged under their reference. */
export interface PipelineResult extends Omit<GraphResult, 'errors'> {
  errors: readonly GraphQLError[];
}

/** Resolves to the result, or rejects with the registered error of the step that refuses the request. */
export type Execute = (request: OperationRequest) => Promise<Results<GraphResult>>;

/** Handles a request: passes it to `next`, possibly changed, or returns a result itself. May throw. */
type Handler = (request: OperationRequest, next: Execute) => Promise<Results<GraphResult>>;

/** The dependencies of the steps, created once at startup. */
export interface StepOptions {
  graphs: Graphs;
  stored: Stored;
  settings: Settings;
  scales: Scales;
  known: KnownOperations;
  /** Whether subgraphs receive the identity of the caller. */
  forwardsIdentity: boolean;
}

export interface OperationStep {
  name: string;
  /** Returns undefined if the settings make the step unnecessary; the pipeline then has no such step. */
  create: (options: StepOptions) => Handler | undefined;
}

/** The order of the steps. The last one executes the operation; any step before it may return a result instead. */
export const operationSteps: readonly OperationStep[] = [
  { name: 'publishOperation', create: ({ stored }) => publishOperation(stored) },
  { name: 'reportErrors', create: () => reportErrors },
  { name: 'requireOperation', create: () => check(requireOperation) },
  { name: 'noteOperation', create: () => check(noteOperation) },
  { name: 'requireStoredOperation', create: (options) => requireStoredOperation(options) },
  { name: 'refuseUnsupportedOperation', create: () => check(refuseUnsupportedOperation) },
  { name: 'chargeCost', create: (options) => chargeCost(options) },
  { name: 'rememberOperation', create: (options) => rememberOperation(options) },
  { name: 'execute', create: (options) => executeOperation(options) },
];

export interface Pipeline {
  /** Takes an operation through the steps. */
  execute: (request: OperationRequest) => Promise<Results<PipelineResult>>;
  /** Logs the errors that are not in the register, each under a reference, once. */
  report: (errors: readonly GraphQLError[], context: RequestContext) => void;
  /** Operations that have passed all steps that depend on the text only. */
  known: KnownOperations;
}

/** Composes the steps. */
export function openPipeline(options: StepOptions, steps = operationSteps): Pipeline {
  const handlers = steps.flatMap(({ create }) => create(options) ?? []);
  const end: Execute = () => Promise.reject(new Error('Expected a step to answer, but got: none.'));
  const first = handlers.reduceRight<Execute>((next, handle) => (request) => handle(request, next), end);
  return {
    // The errors of each result have passed reportErrors.
    execute: first as Pipeline['execute'],
    report: logInternalErrors,
    known: options.known,
  };
}

/** Returns a function from the context of a request to the execution options of its operation. */
export function executionContextOf(
  { headerRules }: Pick<Settings, 'headerRules'>,
  forwardsIdentity: boolean,
): (context: RequestContext) => Omit<GraphRequest, 'document' | 'operationName' | 'variables'> {
  const writers = new Map<string, WriteHeaders>();
  const writerOf = (subgraph: string): WriteHeaders => {
    const writer = writers.get(subgraph) ?? compileHeaders(headerRules, subgraph);
    writers.set(subgraph, writer);
    return writer;
  };
  return (context) => {
    const { headers, requestId, signal, log, reader } = context;
    return {
      reader: () => reader,
      identityFor: forwardsIdentity
        ? (kind) => identityOf(reader, kind, kind === 'mutation' ? context.client : undefined)
        : undefined,
      headersFor: (subgraph) => writerOf(subgraph)(headers, requestId),
      signal,
      reporter: maskingReporter(log),
    };
  };
}

/** The reference under which an error outside the register is logged. */
export function errorIdOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null ? errorIds.get(error) : undefined;
}

const errorIds = new WeakMap<object, string>();

/** A step that refuses a request by throwing, and passes on all others as they are. */
const check =
  (refuse: (request: OperationRequest) => void): Handler =>
  (request, next) => {
    refuse(request);
    return next(request);
  };

/** Publishes each operation with its duration, where something listens. */
function publishOperation(stored: Stored): Handler {
  return async (request, next) => {
    if (!channels.operation.hasSubscribers) return next(request);
    const startMs = performance.now();
    // Apollo Server runs the operation again, which is published then.
    const isRepeated = (text?: string) => request.mayContinue && text === undefined;
    const publish = (
      errors: GraphResult['errors'],
      hasData: boolean,
      calls: OperationMessage['calls'] = [],
    ) =>
      channels.operation.publish({
        ...messageOf(request, stored),
        calls,
        outcome: errors.length === 0 ? 'ok' : hasData ? 'partial' : 'failed',
        codes: errors.map((error) => codeOf(toGraphQLError(error)) ?? 'INTERNAL_SERVER_ERROR'),
        seconds: secondsSince(startMs),
      });
    try {
      const results = await next(request);
      return mapResults(results, (result) => {
        if (isRepeated(result.text)) return result;
        publish(result.errors, result.text !== undefined && result.text !== 'null', result.meta.calls);
        return result;
      });
    } catch (error) {
      if (!isRepeated()) publish([toGraphQLError(error as GraphQLError)], false);
      throw error;
    }
  };
}

function messageOf({ operation, isStored, document, schema, context }: OperationRequest, stored: Stored) {
  const { 'apollographql-client-name': client, 'apollographql-client-version': version } = context.headers;
  return {
    operation: operation?.name?.value ?? '',
    isStored: isStored || stored.holds(document),
    client: typeof client === 'string' ? client : '',
    version: typeof version === 'string' ? version : '',
    requestId: context.requestId,
    ...{ document, schema },
  };
}

/** Turns exceptions of later steps into rejections, and logs errors of results that are not in the register. */
const reportErrors: Handler = async (request, next) => {
  const results = await next(request);
  return mapResults(results, (result) => {
    if (result.errors.length === 0) return result;
    const errors = result.errors.map(toGraphQLError);
    logInternalErrors(errors, request.context);
    return { ...result, errors };
  });
};

function logInternalErrors(errors: readonly GraphQLError[], { log }: RequestContext): void {
  for (const error of errors) {
    if (codeOf(error) || errorIds.has(error)) continue;
    const id = newErrorId();
    errorIds.set(error, id);
    log.error({ id, err: error.originalError ?? error }, 'internal error');
  }
}

function requireOperation({ operation, operationName }: OperationRequest): void {
  if (!operation) throw callerError('OPERATION_RESOLUTION_FAILURE', { got: operationName ?? 'no name' });
}

function noteOperation({ operation, context }: OperationRequest): void {
  const name = operation?.name?.value;
  if (name) context.note.operation = name.slice(0, 100);
}

/** Refuses operations that are not stored; see FREE_FORM_OPERATIONS. */
function requireStoredOperation({
  stored,
  settings: { freeForm, isProduction },
}: StepOptions): Handler | undefined {
  const allowed = freeForm ?? (isProduction && stored.all.length > 0 ? 'nobody' : 'everyone');
  if (allowed === 'everyone') return undefined;
  return check(({ document, context, isStored }) => {
    if (isStored || stored.holds(document)) return;
    if (allowed === 'developers' && context.account?.mayExplore) return;
    throw callerError('QUERY_NOT_IN_SAFELIST');
  });
}

function refuseUnsupportedOperation({ operation, schema }: OperationRequest): void {
  if (operation) refuseKind(operation, schema);
}

/**
 * Estimates the cost of the operation before it is planned, refuses what is above MAX_COST, and charges the account in whole
 * points, at least one.
 */
function chargeCost({ scales }: StepOptions): Handler {
  return (request, next) => {
    const { schema, operation, document, variables = {}, context, mayContinue } = request;
    const cost = operation ? scales.weigh({ schema, document, operation, variables }) : 0;
    const { account, note } = context;
    if (account) note.account = account.name;
    const paid = context.paid ?? account?.spend(Math.max(1, Math.floor(cost)));
    if (mayContinue) context.paid = paid;
    return paid ? paid.then(() => next(request)) : next(request);
  };
}

/** Caches the text of a query, so that later requests take the fast path. */
function rememberOperation({ known }: StepOptions): Handler {
  return check(({ text, operation, operationName, document, schema }) => {
    if (text !== undefined && operation?.operation === 'query')
      known.add(text, operationName ?? '', { document, operation, schema });
  });
}

function executeOperation({ graphs, settings, forwardsIdentity }: StepOptions): Handler {
  const contextOf = executionContextOf(settings, forwardsIdentity);
  return ({ schema, document, operationName, variables, context }) =>
    graphs.execute(schema, {
      ...contextOf(context),
      ...{ document, operationName, variables: context.variables ?? variables },
    });
}
