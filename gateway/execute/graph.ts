/** Executes operations on one supergraph: its schema, its planner, its compiled plans and the calls of its subgraphs. */
import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql';
import { type CompiledCall, type CompiledPlan, compilePlan } from '../compile/compilePlan.ts';
import type { HoldsLabel } from '../plan/overrideLabels.ts';
import { openPlanner, type Planner, type PlannerOptions } from '../plan/planner.ts';
import { type KnownOperation, openPlans, type PlannedOperation } from '../plan/prepareOperation.ts';
import { Decimal, wholeDigitsOf } from '../wire/losslessJson.ts';
import type { Results } from '../wire/results.ts';
import type { SubgraphCall } from '../wire/subgraphCall.ts';
import { compileIntrospect } from './introspection.ts';
import type { PlacedError, Reporter } from './placeErrors.ts';
import { runPlan } from './runPlan.ts';
import { runKeyOf, shareRuns } from './shareRuns.ts';
import type { CallMeta, Values } from './subgraphRequest.ts';

export interface GraphOptions {
  supergraphSdl: string;
  /** Called once for each subgraph, when the graph is opened. */
  callOf: (name: string, url: string) => SubgraphCall;
  /** The limits of planning; defaults to those of the planner. */
  planner?: PlannerOptions;
  /** A planner for this supergraph that is opening already, in parallel with the loading of modules. */
  opened?: Promise<Planner>;
  /** Approximate size limit of the plan cache; defaults to that of openPlans. */
  maxPlanBytes?: number;
  /**
   * Creates the authorization of operations; returns undefined if the supergraph has no authorization directives. Without this
   * option, a supergraph with authorization directives is refused.
   */
  authorize?: ((model: Planner['model']) => Authorize | undefined) | undefined;
  /** Maximum size of a response; defaults to 64 MB. */
  maxResponseBytes?: number | undefined;
  /** Whether JSON.parse reads the results: integers beyond 2^53, other than IDs, are then errors instead of being rounded. */
  isForParse?: boolean | undefined;
}

/** Removes the unauthorized selections of a valid operation for a reader (auth/authorize.ts). */
export type Authorize = (
  document: DocumentNode,
  operationName: string | undefined,
  reader: GraphRequest['reader'],
) => AuthorizedDocument | Promise<AuthorizedDocument>;

interface AuthorizedDocument {
  document: DocumentNode;
  /** Whether the result may be different for another reader. */
  dependsOnReader: boolean;
  /** The original document, and a reader with the same authorization; undefined if nothing was removed. */
  origin?: Pick<GraphRequest, 'document' | 'reader'> | undefined;
}

/** An operation that is valid against the `apiSchema` of the graph, and the parts of its request that the execution needs. */
export interface GraphRequest {
  document: DocumentNode;
  operationName: string | undefined;
  variables: Readonly<Record<string, unknown>> | undefined;
  /** The headers for a subgraph. */
  headersFor: (subgraph: string) => Readonly<Record<string, string>>;
  /** The identity of the caller that subgraphs receive, as JSON text (auth/forwardedIdentity.ts); defaults to none. */
  identityFor?: ((kind: 'query' | 'mutation') => string | undefined) | undefined;
  /** Returns the reader; called only if the plan depends on the reader. Defaults to an anonymous reader. */
  reader?: (() => unknown) | undefined;
  /** Fires when the client disconnects. */
  signal?: AbortSignal | undefined;
  /** Whether a label of progressive `@override` is active; by default `percent(N)` is with that probability, and others are not. */
  holdsLabel?: HoldsLabel | undefined;
  reporter: Reporter;
}

/** The result of an operation (GraphQL section 7), with metadata for caches, logs and metrics. */
export interface GraphResult {
  /** The value of "data" as JSON; undefined if the operation was not executed. */
  text: string | undefined;
  errors: readonly (PlacedError | GraphQLError)[];
  /** The value of "extensions". */
  extensions?: Readonly<Record<string, unknown>> | undefined;
  meta: ResultMeta;
}

export interface ResultMeta {
  /** Inputs of the result beside the operation and its variables. */
  dependsOn: {
    /** Whether the authorization of the operation differs between readers. */
    reader: boolean;
    /** The identity that subgraphs received, as JSON text; undefined for an anonymous reader. */
    identity: string | undefined;
    /** The headers that each subgraph received. */
    headers: ReadonlyMap<string, Readonly<Record<string, string>>>;
  };
  /** The subgraph calls with a response, in the order of their responses. */
  calls: readonly CallMeta[];
}

export interface Explained {
  plan: QueryPlan;
  calls: readonly CompiledCall[];
  /** The source of each variable of the plan: a variable of the client, or a literal of its operation. */
  variables: PlannedOperation['variables'];
}

export interface Graph {
  supergraphSdl: string;
  /** The schema that clients see. */
  apiSchema: GraphQLSchema;
  /** The full schema, with the directives of the supergraph. */
  fullSchema: GraphQLSchema;
  /** Resolves to the result, or to a stream of results; rejects with a registered error when the operation cannot be planned. */
  execute: (request: GraphRequest) => Promise<Results<GraphResult>>;
  /** The plan of a valid operation; with a reader, of its authorized selections only. */
  explain: (request: Pick<GraphRequest, 'document' | 'operationName' | 'reader'>) => Promise<Explained>;
  /** The operations in the plan cache, the most used first, each with a reader for whom it was planned. */
  known: () => readonly (KnownOperation & Pick<GraphRequest, 'reader'>)[];
  /** Closes the planner. Operations in flight that have been planned continue. */
  close: () => Promise<void>;
}

interface Runnable extends CompiledPlan {
  introspect: ReturnType<typeof compileIntrospect>;
  /** The query plan that it was compiled from. */
  source: QueryPlan;
  id: number;
  /** The subgraphs that the plan calls. */
  subgraphs: readonly string[];
}

/** Opens a graph; rejects when its supergraph cannot be run. */
export async function openGraph({
  supergraphSdl,
  callOf,
  planner: bounds,
  opened,
  maxPlanBytes,
  authorize: openAuthorization,
  maxResponseBytes,
  isForParse,
}: GraphOptions): Promise<Graph> {
  const enforces = openAuthorization !== undefined;
  const planner = await (opened ?? openPlanner(supergraphSdl, { ...bounds, enforces }));
  const { model } = planner;
  let calls: ReadonlyMap<string, SubgraphCall>;
  let authorize: Authorize | undefined;
  try {
    authorize = openAuthorization?.(model);
    calls = new Map(model.subgraphs.map(({ name, url }) => [name, callOf(name, url)]));
  } catch (error) {
    await planner.close();
    throw error;
  }
  let nextId = 0;
  const runs = shareRuns();
  const plans = openPlans<Runnable>({
    planner,
    ...(maxPlanBytes !== undefined && { maxBytes: maxPlanBytes }),
    textOfId: textOfLongId,
    compile: (plan, operation) => {
      const compiled = compilePlan(plan, operation, model, { isForParse });
      const introspect = compileIntrospect({ ...compiled, schema: model.apiSchema });
      const subgraphs = [...new Set(compiled.calls.map(({ subgraph }) => subgraph))];
      return { ...compiled, introspect, source: plan, id: nextId++, subgraphs };
    },
  });
  const origins = new WeakMap<DocumentNode, AuthorizedDocument['origin'] & object>();
  const rememberOrigin = (result: AuthorizedDocument): AuthorizedDocument => {
    const { document, origin } = result;
    if (origin && !origins.has(document)) origins.set(document, origin);
    return result;
  };
  const authorizeDocument: Authorize = (document, operationName, reader) => {
    const result = authorize?.(document, operationName, reader) ?? { document, dependsOnReader: false };
    return result instanceof Promise ? result.then(rememberOrigin) : rememberOrigin(result);
  };
  return {
    supergraphSdl,
    apiSchema: model.apiSchema,
    fullSchema: model.fullSchema,
    execute: async (request) => {
      const { operationName, variables, headersFor, identityFor, signal, holdsLabel, reporter, reader } =
        request;
      const authorized = authorizeDocument(request.document, operationName, reader);
      const { document, dependsOnReader } = authorized instanceof Promise ? await authorized : authorized;
      const prepared = await plans.prepare(document, operationName, holdsLabel);
      const errors = prepared.checkVariables(variables ?? {});
      if (errors) {
        const dependsOn = { reader: dependsOnReader, identity: undefined, headers: new Map() };
        return { text: undefined, errors, meta: { dependsOn, calls: [] } };
      }
      const { compiled, operation } = prepared;
      const values = valuesOf(operation, prepared.withTextIds(variables ?? {}));
      if (operation.kind !== 'query') runs.forget();
      const headers = new Map(compiled.subgraphs.map((name) => [name, headersFor(name)]));
      const identity = identityFor?.(operation.kind === 'query' ? 'query' : 'mutation');
      const run = () =>
        runPlan(compiled, {
          values,
          callOf: (subgraph) => calls.get(subgraph) as SubgraphCall,
          headersFor: (subgraph) => headers.get(subgraph) ?? {},
          identity,
          signal,
          introspect: (field, { given }) => compiled.introspect(field, given),
          reporter,
          maxResponseBytes,
        });
      const {
        text,
        errors: placed,
        calls: callMetas,
      } = operation.kind === 'query'
        ? await runs.share(runKeyOf(compiled.id, values, headers, identity), signal, run)
        : await run().finally(runs.forget);
      const dependsOn = { reader: dependsOnReader, identity, headers };
      return {
        text,
        errors: placed.length > 0 ? withClientNames(placed, operation) : placed,
        meta: { dependsOn, calls: callMetas },
      };
    },
    explain: async ({ document, operationName, reader }) => {
      const authorized = reader ? await authorizeDocument(document, operationName, reader) : { document };
      const { compiled, operation } = await plans.prepare(authorized.document, operationName);
      return { plan: compiled.source, calls: compiled.calls, variables: operation.variables };
    },
    known: () => plans.known().map((one) => ({ ...one, ...origins.get(one.document) })),
    close: () => planner.close(),
  };
}

/** Converts an ID that is a long integer to a string, since most servers would round it. */
const textOfLongId = (id: unknown) =>
  typeof id === 'bigint' || id instanceof Decimal ? (wholeDigitsOf(id) ?? id) : id;

/** The values of the plan's variables, from the client's variables and the literals of its operation. */
function valuesOf(
  { variables }: PlannedOperation,
  clientVariables: Readonly<Record<string, unknown>>,
): Values {
  const values: Record<string, unknown> = {};
  const json: Record<string, string> = {};
  for (const variable of variables) {
    if ('from' in variable) {
      const value = Object.hasOwn(clientVariables, variable.from)
        ? clientVariables[variable.from]
        : undefined;
      if (value !== undefined) values[variable.name] = value;
    } else {
      values[variable.name] = variable.value;
      json[variable.name] = variable.json;
    }
  }
  return { given: values, json };
}

/** Replaces names of the plan's variables in error messages by the client's: the plan renames variables and extracts literals. */
function withClientNames(errors: readonly PlacedError[], { variables }: PlannedOperation): PlacedError[] {
  const clientNames = new Map(variables.map((one) => [one.name, 'from' in one ? one.from : undefined]));
  return errors.map((error) => ({
    ...error,
    message: error.message.replace(/Variable "\$(\w+)"/g, (text, name) => {
      if (!clientNames.has(name)) return text;
      const clientName = clientNames.get(name);
      return clientName === undefined ? 'Argument' : `Variable "$${clientName}"`;
    }),
  }));
}
