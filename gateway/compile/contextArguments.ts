/** Arguments that a field takes from the objects around it (`@context` and `@fromContext`). */
import type { GraphQLSchema } from 'graphql';
import type { Step } from '../plan/scheduleCalls.ts';
import { own } from './generatedCode.ts';
import { type Item, isOfType } from './listItems.ts';

/** One argument of a fetch, and where its value is. */
export interface Argument {
  /** The variable of the planner's text. */
  variable: string;
  /** The value for an object, whose parents are given from the root down, lists left out. */
  valueFor: (parents: readonly Item[]) => unknown;
}

const fragment = '... on ';

/** The arguments of a fetch that differ from object to object: several paths may lead to one of them. */
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

/** `path` goes up with "..", and then down; undefined where it leads nowhere. */
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
