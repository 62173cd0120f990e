/** Paths of a plan in the names of the client: its own response names, and fields that it asked for. */
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

/** A plan, and what the variables are by which its fields are skipped and included. */
export interface Asked {
  plan: CompiledPlan;
  conditions: Readonly<Record<string, unknown>>;
  /** The answer so far: which types its objects are of. */
  root: Item;
}

/** What the fields of a fetch are called in the answer, where that is another name. */
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
 * The path in the names of the client. Where it leads to a field that the plan asked for and the client did not, it is
 * what is computed of that field instead (@requires). Where it leads to what is not there it ends before that, if null
 * stands there; an empty path says that no place of the answer is meant.
 */
export function clientPaths(path: readonly Key[], { rewrites }: Part, asked: Asked): Key[][] {
  const { plan, conditions } = asked;
  const { names, operation, fragments, schema } = plan;
  const renamed = renamedIn(rewrites);
  const spreads = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  let level: readonly Selected[] = [{ selections: operation.selectionSet.selections, isThere: true }];
  let value: unknown = asked.root;
  let type: GraphQLOutputType | undefined = schema.getRootType(operation.operation) ?? undefined;
  const own: Key[] = [];
  const cut = () => [isNothing(value) ? own : []];
  for (const [depth, key] of path.entries()) {
    const nullable: GraphQLOutputType | undefined = isNonNullType(type) ? type.ofType : type;
    if (typeof key === 'number') {
      const isItem = Array.isArray(value) ? key < value.length : isNothing(value);
      if (!isItem || !Number.isInteger(key) || key < 0 || (nullable && !isListType(nullable))) return cut();
      own.push(key);
      value = Array.isArray(value) ? value[key] : undefined;
      type = isListType(nullable) ? nullable.ofType : undefined;
      continue;
    }
    if (isListType(nullable) || isLeafType(nullable) || !isObjectLike(value)) return cut();
    const item = value as Item | null | undefined;
    const name = renamed.get(key) ?? key;
    const isOf = (condition: string) => isMaybeOf(item, condition, schema);
    const nodes = level.flatMap(({ selections, isThere }) => [
      ...named(selections, name, { spreads, conditions, isOf }, isThere),
    ]);
    if (nodes.length === 0) {
      const computed = computedOf(name, path.slice(0, depth), asked);
      return computed.length > 0 ? computed : cut();
    }
    // What is left out of the answer has no errors there.
    if (names.get(name) === '' || !nodes.some(({ isThere }) => isThere)) return [];
    own.push(names.get(name) ?? name);
    value = item ? ownOf(item, name) : undefined;
    type = typeOfField(schema, [item?.__typename, nullable?.name, ...nodes.map(({ on }) => on)], nodes);
    level = nodes.map(({ node, isThere }) => ({ selections: node.selectionSet?.selections ?? [], isThere }));
  }
  return [own];
}

const isNothing = (value: unknown) => value === null || value === undefined;

const isObjectLike = (value: unknown) =>
  isNothing(value) || (typeof value === 'object' && !Array.isArray(value));

/** The type of a field, which the first of these types has that knows it. */
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

/** The fields that require the field `name` of an object. */
function computedOf(name: string, path: readonly Key[], asked: Asked): Key[][] {
  const pattern = path.map((key) => (typeof key === 'number' ? '@' : key)).join('.');
  const parts = asked.plan.calls
    .flatMap(({ batches }) => batches)
    .flatMap(({ parts: some }) => some)
    .filter(({ path: at, fetch }) => namesOf(at) === pattern && requiresField(fetch.requires ?? [], name));
  return parts.flatMap((part) =>
    fieldsOf(part.selections).flatMap((field) =>
      // A field that requires itself would be a circle in the plan.
      nameOf(field) === name ? [] : clientPaths([...path, nameOf(field)], part, asked),
    ),
  );
}

/** A path without its type conditions: whose field the computed one is, the client's own fragments say. */
const namesOf = (path: readonly string[]) => path.map((element) => elementOf(element).name).join('.');

function requiresField(selections: readonly QueryPlanSelectionNode[], name: string): boolean {
  return selections.some((one) =>
    one.kind === 'Field' ? (one.alias ?? one.name) === name : requiresField(one.selections, name),
  );
}

/** What is selected of an object, and whether the conditions above it let it be there. */
interface Selected {
  selections: readonly SelectionNode[];
  isThere: boolean;
}

interface Naming {
  spreads: ReadonlyMap<string, FragmentDefinitionNode>;
  conditions: Asked['conditions'];
  /** Whether the object may be of a type. */
  isOf: (type: string) => boolean;
}

/** The fields of this name, and whether each is there. */
function* named(
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
      yield* named(fragment.selectionSet.selections, name, naming, isThere && isMet, condition ?? on);
    }
  }
}

/** An object of which nobody told the type may be of any. */
function isMaybeOf(item: Item | null | undefined, type: string, schema: GraphQLSchema): boolean {
  const typename = item?.__typename;
  return !isObjectType(schema.getType(String(typename))) || isOfType(schema, typename, type);
}

/** The fields of a selection but the names of types, those of fragments for which `applies`. */
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
