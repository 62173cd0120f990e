/** Prepares operations: normalises, plans and compiles each once, with caches for all steps. */
import type { QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, getOperationAST } from 'graphql';
import { LRUCache } from 'lru-cache';
import { channels, secondsSince } from '../../kit/channels.ts';
import { type CheckVariables, compileVariables, conditionsIn } from '../operation/checkVariables.ts';
import { compileIds, type MapIds } from '../operation/idVariables.ts';
import { rejectInfiniteNumbers } from '../operation/literalValues.ts';
import { type NormalOperation, normaliseOperation } from '../operation/normalise.ts';
import type { SupergraphModel } from '../supergraph/supergraphModel.ts';
import { type HoldsLabel, labelsOf, rollLabel } from './overrideLabels.ts';
import { type CachedPlan, openPlanCache } from './planCache.ts';
import type { Planner } from './planner.ts';

/** A normalised operation. */
export type PlannedOperation = NormalOperation;

export interface Prepared<Compiled> {
  compiled: Compiled;
  /** Where the values of the plan's variables come from. */
  operation: PlannedOperation;
  checkVariables: CheckVariables;
  /** Converts IDs that were sent as numbers beyond 2^53 to strings. */
  withTextIds: MapIds;
}

/** A cached operation, as a client sent it. */
export interface KnownOperation {
  document: DocumentNode;
  operationName: string | undefined;
  /** How often the plan was used. */
  uses: number;
}

export interface PlansOptions<Compiled> {
  planner: Pick<Planner, 'model' | 'plan'>;
  compile: (plan: QueryPlan, operation: PlannedOperation, model: SupergraphModel) => Compiled;
  /** Converts an ID that was sent as a number to a string; by default IDs stay unchanged. */
  textOfId?: (id: unknown) => unknown;
  /** Approximate total size of the cached plans, in bytes; a quarter of it is for plans cached only as text. */
  maxBytes?: number;
}

export interface Plans<Compiled> {
  /**
   * Returns the compiled plan of a valid operation, synchronously if it is cached. Rejects like the planner. `holds`
   * is called for the labels of progressive `@override` that affect the operation.
   */
  prepare: (
    document: DocumentNode,
    operationName?: string,
    holds?: HoldsLabel,
  ) => Prepared<Compiled> | Promise<Prepared<Compiled>>;
  /** The operations with cached plans, most used first, which a new supergraph should plan before it takes over. */
  known: () => KnownOperation[];
}

/** The share of plans in the default of OPERATION_CACHE_BYTES (openGraphs.ts). */
const defaultBytes = (32 * 1024 * 1024 * 2) / 3;

/** Bytes of a compiled plan per character of its operation and its JSON; measured: 40 to 75. */
const bytesPerCharacter = 64;

/** Opens the cache of prepared operations of one supergraph. */
export function openPlans<Compiled extends object>({
  planner,
  compile,
  textOfId = (id) => id,
  maxBytes = defaultBytes,
}: PlansOptions<Compiled>): Plans<Compiled> {
  const { model } = planner;
  const entries = new WeakMap<DocumentNode, Map<string | undefined, OperationEntry>>();
  const plans = openPlanCache<Sourced<Compiled>>(Math.ceil(maxBytes * 0.75));
  // A plan's JSON takes a fiftieth of the compiled plan, so an evicted plan need not be planned again.
  const texts = new LRUCache<string, string>({
    maxSize: Math.ceil(maxBytes * 0.25),
    sizeCalculation: (text, key) => text.length + key.length,
  });

  function prepare(document: DocumentNode, operationName?: string, holds: HoldsLabel = rollLabel) {
    const entry = entries.get(document)?.get(operationName) ?? analyse(document, operationName);
    const labels = entry.labels.length === 0 ? entry.labels : entry.labels.filter((label) => holds(label));
    const key = keyOf(entry, labels);
    const plan = plans.use(key);
    if (channels.planCache.hasSubscribers) channels.planCache.publish({ isHit: plan !== undefined });
    return plan ? preparedOf(entry, plan) : make(key, entry, labels);
  }

  /** Analyses an operation, once per document. */
  function analyse(document: DocumentNode, operationName: string | undefined): OperationEntry {
    const definition = getOperationAST(document, operationName);
    if (!definition) throw new Error('Expected an operation, but got: none.');
    rejectInfiniteNumbers(document);
    const operation = normaliseOperation(model, document, operationName);
    const entry: OperationEntry = {
      document,
      operationName,
      operation,
      checkVariables: compileVariables(model.apiSchema, definition, conditionsIn(document)),
      withTextIds: compileIds(model.apiSchema, definition, textOfId),
      labels: labelsOf(operation.document, model),
      keys: new Map(),
    };
    const names = entries.get(document) ?? new Map<string | undefined, OperationEntry>();
    entries.set(document, names.set(operationName, entry));
    return entry;
  }

  async function make(
    key: string,
    entry: OperationEntry,
    labels: readonly string[],
  ): Promise<Prepared<Compiled>> {
    const plan = await plans.make(key, async () => {
      const { planned, text } = entry.operation;
      const keptText = texts.get(key);
      const plan =
        keptText !== undefined
          ? (JSON.parse(keptText) as QueryPlan)
          : planned === undefined
            ? nothing
            : await published(() => planner.plan(planned, holding(labels)));
      const planText = keptText ?? JSON.stringify(plan);
      texts.set(key, planText);
      const compiled = compile(plan, entry.operation, model);
      const { document, operationName } = entry;
      const size = (text.length + planText.length) * bytesPerCharacter;
      return { compiled: { compiled, document: new WeakRef(document), operationName }, size };
    });
    return preparedOf(entry, plan);
  }

  return {
    // Errors of normalisation reject too, and are not thrown.
    prepare: (document, operationName, holds) => {
      try {
        return prepare(document, operationName, holds);
      } catch (error) {
        return Promise.reject(error);
      }
    },
    known: () =>
      [...plans.list()]
        .flatMap(([, { compiled, uses }]) => {
          const document = compiled.document.deref();
          return document ? [{ document, operationName: compiled.operationName, uses }] : [];
        })
        .sort((one, other) => other.uses - one.uses),
  };
}

/** Publishes the making of a plan with its duration, the wait for a planner thread included. */
async function published(make: () => Promise<QueryPlan>): Promise<QueryPlan> {
  const startMs = performance.now();
  const publish = (outcome: 'made' | 'failed') =>
    channels.plan.publish({ outcome, seconds: secondsSince(startMs) });
  try {
    const plan = await make();
    publish('made');
    return plan;
  } catch (error) {
    publish('failed');
    throw error;
  }
}

/** The plan of an operation without any authorized field. */
const nothing: QueryPlan = { kind: 'QueryPlan' };

const holding = (labels: readonly string[]) => new Map(labels.map((label) => [label, true]));

interface OperationEntry {
  document: DocumentNode;
  operationName: string | undefined;
  operation: PlannedOperation;
  checkVariables: CheckVariables;
  withTextIds: MapIds;
  /** Override labels that affect the operation. */
  labels: readonly string[];
  /** Plan cache keys by active labels, built once so that they need not be hashed per request. */
  keys: Map<string, string>;
}

/** A compiled plan, and the client operation it was first made for while that is in memory. */
interface Sourced<Compiled> {
  compiled: Compiled;
  document: WeakRef<DocumentNode>;
  operationName: string | undefined;
}

function keyOf({ operation, keys }: OperationEntry, labels: readonly string[]): string {
  if (labels.length === 0) return operation.text;
  const active = labels.join();
  const cached = keys.get(active);
  if (cached !== undefined) return cached;
  const key = `${operation.text}\n${active}`;
  keys.set(active, key);
  return key;
}

function preparedOf<Compiled>(
  { operation, checkVariables, withTextIds }: OperationEntry,
  { compiled }: CachedPlan<Sourced<Compiled>>,
): Prepared<Compiled> {
  return { compiled: compiled.compiled, operation, checkVariables, withTextIds };
}
