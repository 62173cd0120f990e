/** From a document to its compiled plan: planned once, compiled once, found again at once. */
import type { QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, getOperationAST } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type CheckVariables, compileVariables, conditionsIn } from '../operation/checkVariables.ts';
import { compileIds, type MapIds } from '../operation/idVariables.ts';
import { refuseEndless } from '../operation/literalValues.ts';
import { type NormalOperation, normaliseOperation } from '../operation/normalise.ts';
import type { SupergraphModel } from '../supergraph/supergraphModel.ts';
import { type HoldsLabel, labelsOf, rollLabel } from './overrideLabels.ts';
import { type KeptPlan, keepPlans } from './planCache.ts';
import type { Planner } from './planner.ts';

/** An operation in the form in which it is planned. */
export type PlannedOperation = NormalOperation;

export interface Prepared<Compiled> {
  compiled: Compiled;
  /** The client's own variables and values. */
  operation: PlannedOperation;
  checkVariables: CheckVariables;
  /** The variables with IDs as text that were sent as numbers beyond 2^53. */
  withTextIds: MapIds;
}

/** An operation that has been asked for, as a client wrote it. */
export interface KnownOperation {
  document: DocumentNode;
  operationName: string | undefined;
  /** How often its plan was used. */
  uses: number;
}

export interface PlansOptions<Compiled> {
  planner: Pick<Planner, 'model' | 'plan'>;
  compile: (plan: QueryPlan, operation: PlannedOperation, model: SupergraphModel) => Compiled;
  /** The text of an ID that was sent as a number; IDs are left as they came unless given. */
  textOfId?: (id: unknown) => unknown;
  /** How many bytes the plans that are kept take together, about; a quarter of it for plans that are only kept as text. */
  maxBytes?: number;
}

export interface Plans<Compiled> {
  /**
   * The compiled plan of an operation that is valid; what is known already is given at once. Rejects as the planner
   * does. `holds` is asked for the labels of progressive `@override` that matter to the operation.
   */
  prepare: (
    document: DocumentNode,
    operationName?: string,
    holds?: HoldsLabel,
  ) => Prepared<Compiled> | Promise<Prepared<Compiled>>;
  /** The operations whose plans are kept, the most used first: what another supergraph should plan before it takes over. */
  known: () => KnownOperation[];
}

/** As the setting OPERATION_CACHE_BYTES shares its default out (open.ts). */
const usualBytes = (32 * 1024 * 1024 * 2) / 3;

/** Bytes of a compiled plan for each character of its operation and of the plan as JSON, as measured: 40 to 75. */
const bytesPerCharacter = 64;

/** The plans of one supergraph. */
export function openPlans<Compiled extends object>({
  planner,
  compile,
  textOfId = (id) => id,
  maxBytes = usualBytes,
}: PlansOptions<Compiled>): Plans<Compiled> {
  const { model } = planner;
  const asked = new WeakMap<DocumentNode, Map<string | undefined, Asked>>();
  const plans = keepPlans<Sourced<Compiled>>(Math.ceil(maxBytes * 0.75));
  // A plan as JSON takes a fiftieth of what is compiled of it: what was dropped need not be planned again.
  const texts = new LRUCache<string, string>({
    maxSize: Math.ceil(maxBytes * 0.25),
    sizeCalculation: (text, key) => text.length + key.length,
  });

  function prepare(document: DocumentNode, operationName?: string, holds: HoldsLabel = rollLabel) {
    const one = asked.get(document)?.get(operationName) ?? ask(document, operationName);
    const labels = one.labels.length === 0 ? one.labels : one.labels.filter((label) => holds(label));
    const key = keyOf(one, labels);
    const plan = plans.use(key);
    return plan ? preparedOf(one, plan) : make(key, one, labels);
  }

  /** What an operation is to be prepared with, worked out when it is first asked for. */
  function ask(document: DocumentNode, operationName: string | undefined): Asked {
    const definition = getOperationAST(document, operationName);
    if (!definition) throw new Error('Expected an operation, but got: none.');
    refuseEndless(document);
    const operation = normaliseOperation(model, document, operationName);
    const one: Asked = {
      document,
      operationName,
      operation,
      checkVariables: compileVariables(model.apiSchema, definition, conditionsIn(document)),
      withTextIds: compileIds(model.apiSchema, definition, textOfId),
      labels: labelsOf(operation.document, model),
      keys: new Map(),
    };
    const names = asked.get(document) ?? new Map<string | undefined, Asked>();
    asked.set(document, names.set(operationName, one));
    return one;
  }

  async function make(key: string, one: Asked, labels: readonly string[]): Promise<Prepared<Compiled>> {
    const plan = await plans.make(key, async () => {
      const { planned, text } = one.operation;
      const keptText = texts.get(key);
      const made =
        keptText !== undefined
          ? (JSON.parse(keptText) as QueryPlan)
          : planned === undefined
            ? nothing
            : await planner.plan(planned, holding(labels));
      const planText = keptText ?? JSON.stringify(made);
      texts.set(key, planText);
      const compiled = compile(made, one.operation, model);
      const { document, operationName } = one;
      const size = (text.length + planText.length) * bytesPerCharacter;
      return { compiled: { compiled, document: new WeakRef(document), operationName }, size };
    });
    return preparedOf(one, plan);
  }

  return {
    // What cannot even be normalised is rejected too, not thrown.
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

/** The plan of an operation of which nothing may be seen. */
const nothing: QueryPlan = { kind: 'QueryPlan' };

const holding = (labels: readonly string[]) => new Map(labels.map((label) => [label, true]));

interface Asked {
  document: DocumentNode;
  operationName: string | undefined;
  operation: PlannedOperation;
  checkVariables: CheckVariables;
  withTextIds: MapIds;
  /** The labels that matter. */
  labels: readonly string[];
  /** Keys of its plans by the labels that hold: put together once, so that they are not hashed for each request. */
  keys: Map<string, string>;
}

/** A compiled plan, and the client's operation that it was first made for, as long as anything else keeps that. */
interface Sourced<Compiled> {
  compiled: Compiled;
  document: WeakRef<DocumentNode>;
  operationName: string | undefined;
}

function keyOf({ operation, keys }: Asked, labels: readonly string[]): string {
  if (labels.length === 0) return operation.text;
  const held = labels.join();
  const known = keys.get(held);
  if (known !== undefined) return known;
  const key = `${operation.text}\n${held}`;
  keys.set(held, key);
  return key;
}

function preparedOf<Compiled>(
  { operation, checkVariables, withTextIds }: Asked,
  { compiled }: KeptPlan<Sourced<Compiled>>,
): Prepared<Compiled> {
  return { compiled: compiled.compiled, operation, checkVariables, withTextIds };
}
