/** Makes of a query plan what runs for each request: nothing of it looks at the plan or at the operation again. */
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

/** What a plan needs to know of its supergraph. */
export interface Schemas {
  /** With everything, what is @inaccessible too. */
  fullSchema: GraphQLSchema;
  /** What clients see. */
  apiSchema: GraphQLSchema;
}

export interface CompileOptions {
  /** Whether JSON.parse will read the answer, so that it may not have integers beyond 2^53. */
  isForParse?: boolean | undefined;
}

export interface CompiledPlan {
  calls: readonly CompiledCall[];
  /** Fields are skipped or included by these variables, which have these values where the client gives none. */
  conditions: ReadonlyMap<string, unknown>;
  write: WriteByConditions;
  /** Fields of introspection are answered by the schema: the operation around one of them. */
  operation: OperationDefinitionNode;
  fragments: readonly FragmentDefinitionNode[];
  /** What the client calls the response names that are not its own; '' for one that it did not ask for. */
  names: ReadonlyMap<string, string>;
  /** With what is @inaccessible too. */
  schema: GraphQLSchema;
}

export interface CompiledCall {
  subgraph: string;
  kind: 'query' | 'mutation';
  conditions: readonly PlanCondition[];
  /** How many calls must have ended before this one begins, and which wait for it. */
  waits: number;
  next: readonly number[];
  roots: readonly RootPart[];
  batches: readonly EntityBatch[];
  /** The text for what there is to ask: a bit for each of `roots`, then one for each of `batches`. */
  requestOf: (asked: number) => RequestText;
}

/** What a call asks of the root. */
export interface RootPart extends Part {
  /** The objects that get the answer, where that is not the root of the answer itself. */
  find: ((root: Item) => Item[]) | undefined;
}

/** One `_entities` of a request. */
export interface EntityBatch {
  /** What its answer is called. */
  alias: string;
  /** The variable with its representations. */
  variable: string;
  parts: readonly EntityPart[];
  collect: Collect;
  /** Where fields that are required may be left out by conditions: gathers objects without them too. */
  collectLeniently: Collect | undefined;
  /** Arguments that come from the context of each object (`@fromContext`). */
  arguments: readonly Argument[];
}

export interface EntityPart extends Part {
  /** Whether each entity has something to answer, whatever is skipped. */
  isNeverEmpty: boolean;
  /** Whether each place gets objects of its own where one entity stands at several: what comes later differs by place. */
  isCopied: boolean;
  fetch: FetchNode;
}

export interface Part {
  schema: GraphQLSchema;
  path: readonly string[];
  selections: readonly SelectionNode[];
  merge: Merge;
  rewrites: readonly FetchDataRewrite[];
  /** The text that asks for this part and nothing else. */
  textAlone: () => RequestText;
}

/** Compiles `plan`, which was made for `operation`. Throws for a plan of a subscription. */
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

/** As many texts of one call are kept: each of its parts may have something to ask or not. */
const maxTexts = 64;

/** What holds of a whole plan. */
interface Traits {
  /** What a fetch requires may be left out by variables. */
  hasConditions: boolean;
  /** Arguments come from the objects around an object. */
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
    requestOf: (asked) => {
      let text = texts.get(asked);
      if (!text) {
        if (texts.size >= maxTexts) texts.clear();
        text = requestOf(requestParts.filter((_, at) => asked & (1 << at)));
        texts.set(asked, text);
      }
      return text;
    },
  };
}

/** Whether something is selected of every type, whatever the variables are. */
function hasUnconditional(selections: readonly SelectionNode[]): boolean {
  return selections.every(
    (one) =>
      !one.directives?.length &&
      (one.kind !== Kind.INLINE_FRAGMENT || hasUnconditional(one.selectionSet.selections)),
  );
}

/**
 * The steps that can ask about their entities together: those that select the same. Only where entities have nothing
 * but leaves: objects within them are filledBatches further by what comes later, at one place and maybe not at the other.
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
