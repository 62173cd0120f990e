/** Arguments with values from enclosing objects (`@context` and `@fromContext`). */
import type { GraphQLSchema } from 'graphql';
import type { Step } from '../plan/scheduleCalls.ts';
import { own } from './generatedCode.ts';
import { type Item, isOfType } from './listItems.ts';

/** A context argument of a fetch. */
export interface Argument {
  /** The variable in the planner's operation. */
  variable: string;
  /** Returns the value for an object with these enclosing objects, from the root down, without lists. */
  valueFor: (parents: readonly Item[]) => unknown;
}

const fragment = '... on ';

/** Compiles a fetch's context arguments. Several paths may lead to one argument; the first with a value applies. */
export function compileArguments({ fetch }: Step, schema: GraphQLSchema): readonly Argument[] {
  const paths = new Map<string, (readonly string[])[]>();
  for (const { renameKeyTo, path } of fetch.contextRewrites ?? [])
    paths.set(renameKeyTo, [...(paths.get(renameKeyTo) ?? []), path]);
  return [...paths].map(([variable, ways]) => ({
    variable,
    valueFor: (parents) => {
      for (const way of ways) {
        const value = valueAt(parents, way, schema);
        if (value !== undefined) return value;
      }
      return null;
    },
  }));
}

/** The value at a path, which goes up with "..", then down; undefined if there is none. */
function valueAt(parents: readonly Item[], path: readonly string[], schema: GraphQLSchema): unknown {
  const up = path.filter((element) => element === '..').length;
  let value: unknown = parents.at(-1 - up);
  for (const element of path.slice(up)) {
    if (typeof value !== 'object' || value === null) return undefined;
    const item = value as Item;
    if (!element.startsWith(fragment)) value = own(item, element);
    else if (
      item.__typename !== undefined &&
      !isOfType(schema, item.__typename, element.slice(fragment.length))
    )
      return undefined;
  }
  return value;
}
