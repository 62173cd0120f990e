/** One supergraph, frozen, with its planner, its compiled plans and its calls: what answers operations. */
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
import { type CallMeta, runPlan } from './runPlan.ts';
import { runKeyOf, shareRuns } from './shareRuns.ts';
import type { Values } from './subgraphRequest.ts';

export interface GraphOptions {
  supergraphSdl: string;
  /** Called once for each subgraph, when the graph is opened. */
  callOf: (name: string, url: string) => SubgraphCall;
  /** The bounds of planning; usual ones unless given. */
  planner?: PlannerOptions;
  /** A planner for this supergraph that is being opened already: it may begin before all else is loaded. */
  opened?: Promise<Planner>;
  /** How many bytes its plans take that are kept, about; a usual bound unless given. */
  maxPlanBytes?: number;
  /**
   * Makes what narrows operations to what those who ask may see; undefined where the supergraph asks nothing of them. A
   * supergraph that says who may see what is refused unless this is given.
   */
  authorize?: ((model: Planner['model']) => Authorize | undefined) | undefined;
  /** The largest answer; 64 MB unless given. */
  maxResponseBytes?: number | undefined;
  /** Whether JSON.parse will read the answers: integers beyond 2^53 that are no IDs are errors then, not rounded. */
  isForParse?: boolean | undefined;
}

/** Narrows a valid operation for whoever `reader` says is asking (auth/authorize.ts). */
export type Authorize = (
  document: DocumentNode,
  operationName: string | undefined,
  reader: GraphRequest['reader'],
) => AuthorizedDocument | Promise<AuthorizedDocument>;

interface AuthorizedDocument {
  document: DocumentNode;
  /** Whether another reader might see more of it, or less. */
  dependsOnReader: boolean;
  /** Of what it was made, and somebody for whom it would be made again; undefined for what is whole. */
  origin?: Pick<GraphRequest, 'document' | 'reader'> | undefined;
}

/** An operation that is valid against the `apiSchema` of the graph, and what its execution needs of the request around it. */
export interface GraphRequest {
  document: DocumentNode;
  operationName: string | undefined;
  variables: Readonly<Record<string, unknown>> | undefined;
  /** The headers for a subgraph. */
  headersFor: (subgraph: string) => Readonly<Record<string, string>>;
  /** What the subgraphs are told of whoever asks, as JSON text (auth/identity.ts); nothing unless given. */
  identityFor?: ((kind: 'query' | 'mutation') => string | undefined) | undefined;
  /** Who reads, told where it matters; nobody in particular unless given. */
  reader?: (() => unknown) | undefined;
  /** Fires when the caller has gone. */
  signal?: AbortSignal | undefined;
  /** Which labels of progressive `@override` hold; unless given, `percent(N)` does by chance and others do not. */
  holdsLabel?: HoldsLabel | undefined;
  reporter: Reporter;
}

/** A result of an operation (GraphQL section 7), and what a cache, a log or a metric needs to know of it. */
export interface GraphResult {
  /** The value of "data" as JSON; undefined where the operation was not executed. */
  text: string | undefined;
  errors: readonly (PlacedError | GraphQLError)[];
  /** The value of "extensions"; none unless given. */
  extensions?: Readonly<Record<string, unknown>> | undefined;
  meta: ResultMeta;
}

export interface ResultMeta {
  /** What the result depends on, beside the operation and its variables. */
  dependsOn: {
    /** Whether the operation selects what another reader may see and this one may not, or the other way round. */
    reader: boolean;
    /** The identity that subgraphs received, as JSON text; undefined for an anonymous reader. */
    identity: string | undefined;
    /** The headers that each subgraph received. */
    headers: ReadonlyMap<string, Readonly<Record<string, string>>>;
  };
  /** The calls of subgraphs that were answered, in the order of their responses. */
  calls: readonly CallMeta[];
}

export interface Explained {
  plan: QueryPlan;
  calls: readonly CompiledCall[];
  /** What the variables of the plan stand for: those of the client, and values in the text of its operation. */
  variables: PlannedOperation['variables'];
}

export interface Graph {
  supergraphSdl: string;
  /** What clients see. */
  apiSchema: GraphQLSchema;
  /** All of it, with what the supergraph's directives say. */
  fullSchema: GraphQLSchema;
  /** Resolves to the result, or to a stream of results; rejects with a registered error when the operation cannot be planned. */
  execute: (request: GraphRequest) => Promise<Results<GraphResult>>;
  /** The plan of an operation that is valid: of all of it, unless a reader is given. */
  explain: (request: Pick<GraphRequest, 'document' | 'operationName' | 'reader'>) => Promise<Explained>;
  /** The operations whose plans are kept, the most used first, each with a reader for whom its plan was made. */
  known: () => readonly (KnownOperation & Pick<GraphRequest, 'reader'>)[];
  /** Ends the planner. Answers under way that have their plan already go on. */
  close: () => Promise<void>;
}

interface Runnable extends CompiledPlan {
  introspect: ReturnType<typeof compileIntrospect>;
  /** What it was compiled from, for whoever wants to see it. */
  source: QueryPlan;
  /** Its own number. */
  id: number;
  /** Those that it calls. */
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
  const answers = shareRuns();
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
  const rememberOrigin = (authorized: AuthorizedDocument): AuthorizedDocument => {
    const { document, origin } = authorized;
    if (origin && !origins.has(document)) origins.set(document, origin);
    return authorized;
  };
  const authorized: Authorize = (document, operationName, reader) => {
    const made = authorize?.(document, operationName, reader) ?? { document, dependsOnReader: false };
    return made instanceof Promise ? made.then(rememberOrigin) : rememberOrigin(made);
  };
  return {
    supergraphSdl,
    apiSchema: model.apiSchema,
    fullSchema: model.fullSchema,
    execute: async (request) => {
      const { operationName, variables, headersFor, identityFor, signal, holdsLabel, reporter, reader } =
        request;
      const seen = authorized(request.document, operationName, reader);
      const { document, dependsOnReader } = seen instanceof Promise ? await seen : seen;
      const prepared = await plans.prepare(document, operationName, holdsLabel);
      const errors = prepared.checkVariables(variables ?? {});
      if (errors) {
        const dependsOn = { reader: dependsOnReader, identity: undefined, headers: new Map() };
        return { text: undefined, errors, meta: { dependsOn, calls: [] } };
      }
      const { compiled, operation } = prepared;
      const values = valuesOf(operation, prepared.withTextIds(variables ?? {}));
      if (operation.kind !== 'query') answers.forget();
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
        calls: made,
      } = operation.kind === 'query'
        ? await answers.share(runKeyOf(compiled.id, values, headers, identity), signal, run)
        : await run().finally(answers.forget);
      const dependsOn = { reader: dependsOnReader, identity, headers };
      return {
        text,
        errors: placed.length > 0 ? inClientsWords(placed, operation) : placed,
        meta: { dependsOn, calls: made },
      };
    },
    explain: async ({ document, operationName, reader }) => {
      const seen = reader ? await authorized(document, operationName, reader) : { document };
      const { compiled, operation } = await plans.prepare(seen.document, operationName);
      return { plan: compiled.source, calls: compiled.calls, variables: operation.variables };
    },
    known: () => plans.known().map((one) => ({ ...one, ...origins.get(one.document) })),
    close: () => planner.close(),
  };
}

/** An ID is text, and a whole number is taken for one: most servers would round a long one. */
const textOfLongId = (id: unknown) =>
  typeof id === 'bigint' || id instanceof Decimal ? (wholeDigitsOf(id) ?? id) : id;

/** The values of the plan's variables: what the client gave, and what stood in the text of its operation. */
function valuesOf({ variables }: PlannedOperation, sent: Readonly<Record<string, unknown>>): Values {
  const given: Record<string, unknown> = {};
  const json: Record<string, string> = {};
  for (const variable of variables) {
    if ('from' in variable) {
      const value = Object.hasOwn(sent, variable.from) ? sent[variable.from] : undefined;
      if (value !== undefined) given[variable.name] = value;
    } else {
      given[variable.name] = variable.value;
      json[variable.name] = variable.json;
    }
  }
  return { given, json };
}

/** Subgraphs know the variables by the names that they have in the plan, and literals as variables. */
function inClientsWords(errors: readonly PlacedError[], { variables }: PlannedOperation): PlacedError[] {
  const known = new Map(variables.map((one) => [one.name, 'from' in one ? one.from : undefined]));
  return errors.map((error) => ({
    ...error,
    message: error.message.replace(/Variable "\$(\w+)"/g, (text, name) => {
      if (!known.has(name)) return text;
      const own = known.get(name);
      return own === undefined ? 'Argument' : `Variable "$${own}"`;
    }),
  }));
}
