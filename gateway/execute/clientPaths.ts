/** Translates paths of the query plan to paths of the client's response: its response names, and the fields it selected. */
import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionNode,
} from 'graphql';
import { isIncluded } from '../compile/collectFields.ts';
import { elementOf } from '../compile/collectRepresentations.ts';
import type { CompiledPlan, Part } from '../compile/compilePlan.ts';
import { own as ownOf } from '../compile/generatedCode.ts';
import { type Item, isOfType } from '../compile/listItems.ts';
import type { Key } from './locateObjects.ts';

/** A plan in execution: the plan, the variables of its @skip and @include conditions, and the data so far. */
export interface Asked {
  plan: CompiledPlan;
  conditions: Readonly<Record<string, unknown>>;
  /** The root of the data so far, which tells the types of objects. */
  root: Item;
}

/** Maps the field names of a fetch to their names in the data, where a rewrite of the plan renames them. */
export function renamedIn(rewrites: Part['rewrites']): ReadonlyMap<string, string> {
  if (rewrites.length === 0) return noNames;
  return new Map(
    rewrites.flatMap((one) =>
      one.kind === 'KeyRenamer' ? [[one.path.at(-1) ?? '', one.renameKeyTo] as const] : [],
    ),
  );
}

const noNames: ReadonlyMap<string, string> = new Map();

/**
 * Translates a path of the plan to paths of the response. For a field that the plan selects and the client does not, these are the
 * paths of the fields that require it (@requires). For a path that leads to no data, it is the path of the null above it. An empty
 * path means that no place in the response corresponds.
 */
export function clientPaths(path: readonly Key[], { rewrites }: Part, execution: Asked): Key[][] {
  const { plan, conditions } = execution;
  const { names, operation, fragments, schema } = plan;
  const renamed = renamedIn(rewrites);
  const spreads = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  let level: readonly Selected[] = [{ selections: operation.selectionSet.selections, isThere: true }];
  let value: unknown = execution.root;
  let type: GraphQLOutputType | undefined = schema.getRootType(operation.operation) ?? undefined;
  const clientPath: Key[] = [];
  const cut = () => [isNothing(value) ? clientPath : []];
  for (const [depth, key] of path.entries()) {
    const nullable: GraphQLOutputType | undefined = isNonNullType(type) ? type.ofType : type;
    if (typeof key === 'number') {
      const isItem = Array.isArray(value) ? key < value.length : isNothing(value);
      if (!isItem || !Number.isInteger(key) || key < 0 || (nullable && !isListType(nullable))) return cut();
      clientPath.push(key);
      value = Array.isArray(value) ? value[key] : undefined;
      type = isListType(nullable) ? nullable.ofType : undefined;
      continue;
    }
    if (isListType(nullable) || isLeafType(nullable) || !isObjectLike(value)) return cut();
    const item = value as Item | null | undefined;
    const name = renamed.get(key) ?? key;
    const isOf = (condition: string) => isMaybeOf(item, condition, schema);
    const nodes = level.flatMap(({ selections, isThere }) => [
      ...fieldsNamed(selections, name, { spreads, conditions, isOf }, isThere),
    ]);
    if (nodes.length === 0) {
      const dependents = dependentPaths(name, path.slice(0, depth), execution);
      return dependents.length > 0 ? dependents : cut();
    }
    // Fields left out of the response have no errors there.
    if (names.get(name) === '' || !nodes.some(({ isThere }) => isThere)) return [];
    clientPath.push(names.get(name) ?? name);
    value = item ? ownOf(item, name) : undefined;
    type = typeOfField(schema, [item?.__typename, nullable?.name, ...nodes.map(({ on }) => on)], nodes);
    level = nodes.map(({ node, isThere }) => ({ selections: node.selectionSet?.selections ?? [], isThere }));
  }
  return [clientPath];
}

const isNothing = (value: unknown) => value === null || value === undefined;

const isObjectLike = (value: unknown) =>
  isNothing(value) || (typeof value === 'object' && !Array.isArray(value));

/** The type of a field on the first of these types that defines it. */
function typeOfField(
  schema: GraphQLSchema,
  names: readonly unknown[],
  [first]: readonly { node: FieldNode }[],
): GraphQLOutputType | undefined {
  for (const name of names) {
    const type = schema.getType(String(name));
    const field =
      isObjectType(type) || isInterfaceType(type)
        ? type.getFields()[first?.node.name.value ?? '']
        : undefined;
    if (field) return field.type;
  }
  return undefined;
}

/** The paths of the fields that require the field `name` of an object. */
function dependentPaths(name: string, path: readonly Key[], execution: Asked): Key[][] {
  const pattern = path.map((key) => (typeof key === 'number' ? '@' : key)).join('.');
  const parts = execution.plan.calls
    .flatMap(({ batches }) => batches)
    .flatMap(({ parts: batchParts }) => batchParts)
    .filter(({ path: at, fetch }) => namesOf(at) === pattern && requiresField(fetch.requires ?? [], name));
  return parts.flatMap((part) =>
    fieldsOf(part.selections).flatMap((field) =>
      // Prevents infinite recursion.
      nameOf(field) === name ? [] : clientPaths([...path, nameOf(field)], part, execution),
    ),
  );
}

/** A path without its type conditions: the type conditions of the client's own fragments apply instead. */
const namesOf = (path: readonly string[]) => path.map((element) => elementOf(element).name).join('.');

function requiresField(selections: readonly QueryPlanSelectionNode[], name: string): boolean {
  return selections.some((one) =>
    one.kind === 'Field' ? (one.alias ?? one.name) === name : requiresField(one.selections, name),
  );
}

/** The selections on an object, and whether the conditions above them include them. */
interface Selected {
  selections: readonly SelectionNode[];
  isThere: boolean;
}

interface Naming {
  spreads: ReadonlyMap<string, FragmentDefinitionNode>;
  conditions: Asked['conditions'];
  /** Whether the object may be of this type. */
  isOf: (type: string) => boolean;
}

/** Yields the fields with this response name, and whether each is included. */
function* fieldsNamed(
  selections: readonly SelectionNode[],
  name: string,
  naming: Naming,
  isUnder: boolean,
  on?: string,
): Generator<{ node: FieldNode; isThere: boolean; on: string | undefined }> {
  const { spreads, conditions, isOf } = naming;
  for (const selection of selections) {
    const isThere = isUnder && isIncluded(selection.directives, conditions);
    if (selection.kind === Kind.FIELD) {
      if (nameOf(selection) === name) yield { node: selection, isThere, on };
    } else {
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? spreads.get(selection.name.value) : selection;
      if (!fragment) continue;
      const condition = fragment.typeCondition?.name.value;
      const isMet = condition === undefined || isOf(condition);
      yield* fieldsNamed(fragment.selectionSet.selections, name, naming, isThere && isMet, condition ?? on);
    }
  }
}

/** Whether an object may be of a type; an object without a known `__typename` may be of any type. */
function isMaybeOf(item: Item | null | undefined, type: string, schema: GraphQLSchema): boolean {
  const typename = item?.__typename;
  return !isObjectType(schema.getType(String(typename))) || isOfType(schema, typename, type);
}

/** The fields of a selection without `__typename`, including those of inline fragments whose type condition `applies`. */
export function fieldsOf(
  selections: readonly SelectionNode[],
  applies: (type: string) => boolean = () => true,
): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value === '__typename' ? [] : [selection];
    if (selection.kind !== Kind.INLINE_FRAGMENT) return [];
    const { typeCondition, selectionSet } = selection;
    return !typeCondition || applies(typeCondition.name.value)
      ? fieldsOf(selectionSet.selections, applies)
      : [];
  });
}

export const nameOf = ({ alias, name }: FieldNode) => alias?.value ?? name.value;
