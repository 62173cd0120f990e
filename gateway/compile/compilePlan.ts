/** Compiles a query plan into functions that run per request without examining the plan or the operation again. */
import type { FetchDataRewrite, FetchNode, QueryPlan } from '@apollo/query-planner';
import {
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  valueFromASTUntyped,
} from 'graphql';
import type { CasePlan } from '../plan/conditionCases.ts';
import {
  entitiesField,
  freeName,
  type RequestPart,
  type RequestText,
  representationsVariable,
  requestOf,
  selectionsOf,
} from '../plan/fetchDocument.ts';
import type { PlannedOperation } from '../plan/prepareOperation.ts';
import { type PlanCondition, type ScheduledCall, type Step, schedulePlan } from '../plan/scheduleCalls.ts';
import { type Collect, compileCollect, compileFind } from './collectRepresentations.ts';
import { compileWrites, type WriteByConditions } from './conditionalWriters.ts';
import { type Argument, compileArguments } from './contextArguments.ts';
import type { Item } from './listItems.ts';
import { compileMerge, isFlat, type Merge } from './mergeResponse.ts';

/** The schemas of a supergraph. */
export interface Schemas {
  /** The full schema, including `@inaccessible` elements. */
  fullSchema: GraphQLSchema;
  /** The API schema. */
  apiSchema: GraphQLSchema;
}

export interface CompileOptions {
  /** Whether the response will be read by JSON.parse, so that it must not have integers beyond 2^53. */
  isForParse?: boolean | undefined;
}

export interface CompiledPlan {
  calls: readonly CompiledCall[];
  /** The variables in `@skip` and `@include`, with their default values. */
  conditions: ReadonlyMap<string, unknown>;
  write: WriteByConditions;
  /** The operation; introspection fields are executed against the schema with it. */
  operation: OperationDefinitionNode;
  fragments: readonly FragmentDefinitionNode[];
  /** Renamed response names → the client's; '' for a field that the client did not select. */
  names: ReadonlyMap<string, string>;
  /** The full schema, including `@inaccessible` elements. */
  schema: GraphQLSchema;
}

export interface CompiledCall {
  subgraph: string;
  kind: 'query' | 'mutation';
  conditions: readonly PlanCondition[];
  /** The number of calls that must end before this one begins, and the indexes of the calls that depend on it. */
  waits: number;
  next: readonly number[];
  roots: readonly RootPart[];
  batches: readonly EntityBatch[];
  /** Returns the request for a bit mask of parts: one bit for each of `roots`, then one for each of `batches`. */
  requestOf: (mask: number) => RequestText;
}

/** The root fields of a call. */
export interface RootPart extends Part {
  /** Finds the objects to merge the response into; undefined for the response's root. */
  find: ((root: Item) => Item[]) | undefined;
}

/** One `_entities` field of a request. */
export interface EntityBatch {
  /** The alias of its response field. */
  alias: string;
  /** The variable with the representations. */
  variable: string;
  parts: readonly EntityPart[];
  collect: Collect;
  /** Collects objects without conditional required fields too; undefined if the operation has no conditions. */
  collectLeniently: Collect | undefined;
  /** Arguments from the context of each object (`@fromContext`). */
  arguments: readonly Argument[];
}

export interface EntityPart extends Part {
  /** Whether something is selected on each entity for any values of the conditions. */
  isNeverEmpty: boolean;
  /** Whether an entity that occurs at several places is copied for each, because later fetches differ by place. */
  isCopied: boolean;
  fetch: FetchNode;
}

export interface Part {
  schema: GraphQLSchema;
  path: readonly string[];
  selections: readonly SelectionNode[];
  merge: Merge;
  rewrites: readonly FetchDataRewrite[];
  /** The request for this part alone. */
  textAlone: () => RequestText;
}

/** Compiles `plan`, which was made for `operation`. Throws for a subscription plan. */
export function compilePlan(
  plan: QueryPlan,
  operation: PlannedOperation,
  schemas: Schemas,
  options: CompileOptions = {},
): CompiledPlan {
  const scheduled = schedulePlan(plan);
  const { definition, fragments } = definitionsOf(operation);
  const conditions = conditionsOf(definition, operation.text);
  const traits: Traits = {
    hasConditions: conditions.size > 0 && !(plan as CasePlan).isByCases,
    hasContexts: scheduled.some(({ steps }) => steps.some(({ fetch }) => fetch.contextRewrites?.length)),
  };
  const calls = scheduled.map((call, at) => compileCall(call, nextOf(scheduled, at), traits, schemas));
  return {
    calls,
    conditions,
    write: compileWrites([...conditions.keys()], fragments, {
      ...{ operation: definition, names: operation.names, isForParse: options.isForParse },
      ...{ schema: schemas.apiSchema, fullSchema: schemas.fullSchema },
      ...(operation.unauthorized && { unauthorized: operation.unauthorized }),
    }),
    operation: definition,
    fragments,
    names: operation.names,
    schema: schemas.fullSchema,
  };
}

function nextOf(calls: readonly ScheduledCall[], at: number): number[] {
  return calls.flatMap(({ after }, other) => (after.includes(at) ? [other] : []));
}

function definitionsOf({ document }: PlannedOperation) {
  const fragments: FragmentDefinitionNode[] = [];
  let definition: OperationDefinitionNode | undefined;
  for (const node of document.definitions) {
    if (node.kind === Kind.OPERATION_DEFINITION) definition = node;
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.push(node);
  }
  if (!definition) throw new Error('Expected an operation, but got: none.');
  return { definition, fragments };
}

function conditionsOf(
  { variableDefinitions = [] }: OperationDefinitionNode,
  text: string,
): Map<string, unknown> {
  const used = new Set(
    [...text.matchAll(/@(?:skip|include)\s*\(\s*if\s*:\s*\$(\w+)/g)].map(([, name]) => name),
  );
  return new Map(
    variableDefinitions
      .filter(({ variable }) => used.has(variable.name.value))
      .map(({ variable, defaultValue }) => [
        variable.name.value,
        defaultValue && valueFromASTUntyped(defaultValue),
      ]),
  );
}

/** Maximum cached requests per call: each combination of its parts is another request. */
const maxTexts = 64;

/** Properties of the whole plan. */
interface Traits {
  /** Whether conditions may exclude fields that a fetch requires. */
  hasConditions: boolean;
  /** Whether arguments come from enclosing objects. */
  hasContexts: boolean;
}

function compileCall(
  call: ScheduledCall,
  next: readonly number[],
  { hasConditions, hasContexts }: Traits,
  { fullSchema }: Schemas,
): CompiledCall {
  const { subgraph, kind, conditions, after, steps } = call;
  const partOf = ({ fetch, path }: Step): Part => {
    const selections = selectionsOf(fetch);
    const rewrites = fetch.outputRewrites ?? [];
    let textAlone: RequestText | undefined;
    return {
      schema: fullSchema,
      path,
      selections,
      merge: compileMerge(selections, rewrites, fullSchema),
      rewrites,
      textAlone: () => {
        textAlone ??= requestOf([{ fetch }]);
        return textAlone;
      },
    };
  };
  const rootSteps = steps.filter(({ fetch }) => !fetch.requires);
  const groups = groupSteps(steps.filter(({ fetch }) => fetch.requires));
  const isAlone = steps.length === 1;
  const prefix = freeName(
    steps.map(({ fetch }) => fetch),
    '_r',
  );
  const batches = groups.map(
    (group, at): EntityBatch => ({
      alias: isAlone ? entitiesField : `${prefix}${at}`,
      variable: isAlone ? representationsVariable : `${prefix}${at}`,
      parts: group.map((step) => {
        const part = partOf(step);
        return {
          ...part,
          fetch: step.fetch,
          isNeverEmpty: hasUnconditional(part.selections),
          isCopied: hasContexts && !isFlat(part.selections),
        };
      }),
      collect: compileCollect(group, fullSchema),
      collectLeniently: hasConditions ? compileCollect(group, fullSchema, { isLenient: true }) : undefined,
      arguments: compileArguments(group[0] as Step, fullSchema),
    }),
  );
  const partOfBatch = ({ alias, variable }: EntityBatch, at: number): RequestPart => ({
    fetch: ((groups[at] as Step[])[0] as Step).fetch,
    ...(!isAlone && { alias, renamed: new Map([[representationsVariable, variable]]) }),
  });
  const roots = rootSteps.map(
    (step): RootPart => ({
      ...partOf(step),
      find: step.path.length > 0 ? compileFind(step.path) : undefined,
    }),
  );
  const requestParts = [
    ...rootSteps.map(({ fetch }): RequestPart => ({ fetch })),
    ...batches.map(partOfBatch),
  ];
  const texts = new Map<number, RequestText>();
  return {
    subgraph,
    kind,
    conditions,
    waits: after.length,
    next,
    roots,
    batches,
    requestOf: (mask) => {
      let text = texts.get(mask);
      if (!text) {
        if (texts.size >= maxTexts) texts.clear();
        text = requestOf(requestParts.filter((_, at) => mask & (1 << at)));
        texts.set(mask, text);
      }
      return text;
    },
  };
}

/** Whether something is selected on every type for any values of the variables. */
function hasUnconditional(selections: readonly SelectionNode[]): boolean {
  return selections.every(
    (one) =>
      !one.directives?.length &&
      (one.kind !== Kind.INLINE_FRAGMENT || hasUnconditional(one.selectionSet.selections)),
  );
}

/**
 * Groups the steps whose entities can share a batch: steps with equal selections of leaf fields only. Nested objects
 * may be extended by later fetches at one place and not at another.
 */
function groupSteps(steps: readonly Step[]): Step[][] {
  const groups = new Map<string, Step[]>();
  for (const [at, step] of steps.entries()) {
    const { fetch } = step;
    const isShared = !fetch.contextRewrites?.length && isFlat(selectionsOf(fetch));
    const key = isShared ? JSON.stringify([withoutName(fetch.operation), fetch.outputRewrites]) : `${at}`;
    groups.set(key, [...(groups.get(key) ?? []), step]);
  }
  return [...groups.values()];
}

const withoutName = (operation: string) => operation.slice(operation.search(/[({]/));
