/** Paths of a plan in the names of the client: its own response names, and fields that it asked for. */
import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  isObjectType,
  Kind,
  type SelectionNode,
} from 'graphql';
import { elementOf, type Item, isOfType } from './collect.ts';
import type { CompiledPlan, Part } from './compile.ts';
import { isIncluded } from './fields.ts';
import type { Key } from './locate.ts';

/** A plan, and what the variables are by which its fields are skipped and included. */
export interface Asked {
  plan: CompiledPlan;
  conditions: Readonly<Record<string, unknown>>;
  /** The answer so far: which types its objects are of. */
  root: Item;
}

/**
 * The path in the names of the client. Where it leads to a field that the plan asked for and the client did not, it is
 * what is computed of that field instead (@requires); where nothing is, the path ends before it.
 */
export function clientPaths(path: readonly Key[], { rewrites }: Part, asked: Asked): Key[][] {
  const { plan, conditions } = asked;
  const { names, operation, fragments } = plan;
  const renamed = new Map(
    rewrites.flatMap((one) =>
      one.kind === 'KeyRenamer' ? [[one.path.at(-1), one.renameKeyTo] as const] : [],
    ),
  );
  const spreads = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  let level: readonly Selected[] = [{ selections: operation.selectionSet.selections, isThere: true }];
  let value: unknown = asked.root;
  const own: Key[] = [];
  for (const [depth, key] of path.entries()) {
    const item = value as Item | null | undefined;
    if (typeof key === 'number') {
      own.push(key);
      value = item?.[key];
      continue;
    }
    const name = renamed.get(key) ?? key;
    const isOf = (type: string) => isMaybeOf(item, type, plan.schema);
    const nodes = level.flatMap(({ selections, isThere }) => [
      ...named(selections, name, { spreads, conditions, isOf }, isThere),
    ]);
    if (nodes.length === 0) {
      const computed = computedOf(name, path.slice(0, depth), asked);
      return computed.length > 0 ? computed : [own];
    }
    // What is left out of the answer has no errors there.
    if (names.get(name) === '' || !nodes.some(({ isThere }) => isThere)) return [];
    own.push(names.get(name) ?? name);
    value = typeof item === 'object' && item !== null ? item[name] : undefined;
    level = nodes.map(({ node, isThere }) => ({ selections: node.selectionSet?.selections ?? [], isThere }));
  }
  return [own];
}

/** The fields that require the field `name` of an object. */
function computedOf(name: string, path: readonly Key[], asked: Asked): Key[][] {
  const pattern = path.map((key) => (typeof key === 'number' ? '@' : key)).join('.');
  const parts = asked.plan.calls
    .flatMap(({ slots }) => slots)
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
): Generator<{ node: FieldNode; isThere: boolean }> {
  const { spreads, conditions, isOf } = naming;
  for (const selection of selections) {
    const isThere = isUnder && isIncluded(selection.directives, conditions);
    if (selection.kind === Kind.FIELD) {
      if (nameOf(selection) === name) yield { node: selection, isThere };
    } else {
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? spreads.get(selection.name.value) : selection;
      if (!fragment) continue;
      const condition = fragment.typeCondition?.name.value;
      const isMet = condition === undefined || isOf(condition);
      yield* named(fragment.selectionSet.selections, name, naming, isThere && isMet);
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
