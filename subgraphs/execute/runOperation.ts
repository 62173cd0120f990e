/** Runs operations on a subgraph's schema, each planned when it is first asked. */
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  isObjectType,
  ValuesOfCorrectTypeRule,
  validate,
} from 'graphql';
import { type PlannedOperation, type PlannedSize, planOperation } from './compileOperation.ts';
import type { Run } from './settleValues.ts';

export interface Operation {
  document: DocumentNode;
  variables?: Readonly<Record<string, unknown>> | null | undefined;
  operationName?: string | null | undefined;
  context: unknown;
}

interface KnownDocument {
  wrongValues: readonly GraphQLError[];
  operations: Map<string | undefined, PlannedOperation>;
}

interface ExecutorOptions {
  /** So many fields and objects are kept planned; past that all are forgotten, and planned anew when asked. */
  plannedAtMost?: number;
}

const variableErrorsAtMost = 50;

/**
 * A function that runs operations as graphql-js does: the same data, the same errors at the same paths. Plans live as
 * long as their document does, so whoever asks again hands in the same one. A document is taken to be valid, but for
 * the values of scalars: only the subgraph knows what its own take. Answers are fresh plain objects.
 */
export function executorOf(schema: GraphQLSchema, { plannedAtMost = 50_000 }: ExecutorOptions = {}) {
  const isPlannable = !Object.values(schema.getTypeMap()).some((type) => isObjectType(type) && type.isTypeOf);
  let documents = new WeakMap<DocumentNode, KnownDocument>();
  const kept: PlannedSize = { size: 0 };
  const known = (document: DocumentNode): KnownDocument => {
    if (kept.size > plannedAtMost) {
      documents = new WeakMap();
      kept.size = 0;
    }
    const there = documents.get(document);
    if (there) return there;
    const wrongValues = validate(schema, document, [ValuesOfCorrectTypeRule]);
    const made = { wrongValues, operations: new Map() };
    documents.set(document, made);
    return made;
  };
  return (asked: Operation): ExecutionResult | Promise<ExecutionResult> => {
    const { document } = asked;
    const { wrongValues, operations } = known(document);
    if (wrongValues.length > 0) return { errors: wrongValues };
    const name = asked.operationName ?? undefined;
    const planned =
      operations.get(name) ?? (isPlannable ? planOperation(schema, document, name, kept) : undefined);
    // Names that the document does not hold are not kept: there is no end to them.
    if (planned) operations.set(name, planned);
    return (planned && runPlanned(schema, planned, asked)) ?? runUnplanned(schema, asked);
  };
}

function runPlanned(
  schema: GraphQLSchema,
  planned: PlannedOperation,
  { variables: given, context }: Operation,
): ExecutionResult | Promise<ExecutionResult> | undefined {
  const { operation, fragments } = planned;
  const { coerced: variables, errors } = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    given ?? {},
    { maxErrors: variableErrorsAtMost },
  );
  if (errors) return { errors };
  const makeData = planned.planFor(variables);
  if (!makeData) return undefined;
  const answer: { data: Record<string, unknown> | null } = { data: null };
  const run: Run = {
    schema,
    operation,
    fragments,
    variables,
    context,
    errors: [],
    args: [],
    pending: 0,
    finish: undefined,
  };
  makeData(run, undefined, null, answer, 'data', true);
  const result = () => (run.errors.length > 0 ? { errors: run.errors, data: answer.data } : answer);
  if (run.pending === 0) return result();
  return new Promise((done) => {
    run.finish = () => done(result());
  });
}

function runUnplanned(schema: GraphQLSchema, { document, variables, operationName, context }: Operation) {
  return execute({
    schema,
    document,
    variableValues: variables ?? {},
    operationName: operationName ?? null,
    contextValue: context,
  }) as ExecutionResult | Promise<ExecutionResult>;
}
