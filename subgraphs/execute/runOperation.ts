/** Executes operations on a subgraph's schema. Each one is compiled on its first use. */
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
import { type CompiledOperation, type CompiledSize, compileOperation } from './compileOperation.ts';
import type { Run } from './settleValues.ts';

export interface Operation {
  document: DocumentNode;
  variables?: Readonly<Record<string, unknown>> | null | undefined;
  operationName?: string | null | undefined;
  context: unknown;
}

interface CachedDocument {
  wrongValues: readonly GraphQLError[];
  operations: Map<string | undefined, CompiledOperation>;
}

interface ExecutorOptions {
  /** The maximum number of compiled fields and objects. Beyond it, all compiled operations are dropped. */
  plannedAtMost?: number;
}

const variableErrorsAtMost = 50;

/**
 * Returns a function that executes operations as graphql-js does: the same data, the same errors at the same paths. A
 * compiled operation lives as long as its document, so callers should pass the same document again. A document must be
 * valid, except for the values of scalars, which only the subgraph can check. Results are fresh plain objects.
 */
export function executorOf(schema: GraphQLSchema, { plannedAtMost = 50_000 }: ExecutorOptions = {}) {
  const isCompilable = !Object.values(schema.getTypeMap()).some(
    (type) => isObjectType(type) && type.isTypeOf,
  );
  let documents = new WeakMap<DocumentNode, CachedDocument>();
  const kept: CompiledSize = { size: 0 };
  const cachedDocument = (document: DocumentNode): CachedDocument => {
    if (kept.size > plannedAtMost) {
      documents = new WeakMap();
      kept.size = 0;
    }
    const cached = documents.get(document);
    if (cached) return cached;
    const wrongValues = validate(schema, document, [ValuesOfCorrectTypeRule]);
    const compiled = { wrongValues, operations: new Map() };
    documents.set(document, compiled);
    return compiled;
  };
  return (request: Operation): ExecutionResult | Promise<ExecutionResult> => {
    const { document } = request;
    const { wrongValues, operations } = cachedDocument(document);
    if (wrongValues.length > 0) return { errors: wrongValues };
    const name = request.operationName ?? undefined;
    const compiled =
      operations.get(name) ?? (isCompilable ? compileOperation(schema, document, name, kept) : undefined);
    // Unknown operation names are not cached: their number is unlimited.
    if (compiled) operations.set(name, compiled);
    return (compiled && runCompiled(schema, compiled, request)) ?? runUncompiled(schema, request);
  };
}

function runCompiled(
  schema: GraphQLSchema,
  planned: CompiledOperation,
  { variables: rawVariables, context }: Operation,
): ExecutionResult | Promise<ExecutionResult> | undefined {
  const { operation, fragments } = planned;
  const { coerced: variables, errors } = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    rawVariables ?? {},
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

function runUncompiled(schema: GraphQLSchema, { document, variables, operationName, context }: Operation) {
  return execute({
    schema,
    document,
    variableValues: variables ?? {},
    operationName: operationName ?? null,
    contextValue: context,
  }) as ExecutionResult | Promise<ExecutionResult>;
}
