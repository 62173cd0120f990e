/** Finds the paths of objects in the data; used only to place errors, and for arguments from the context (@fromContext). */

import { elementOf } from '../compile/collectRepresentations.ts';
import type { Item } from '../compile/listItems.ts';

export type Key = string | number;

export interface Placed {
  item: Item;
  /** Response names of the plan, and indexes. */
  keys: readonly Key[];
  /** The objects along the path, from the root to the object itself, without lists. */
  parents: readonly Item[];
}

/** The objects at `path`, in the order in which a fetch gathers them. */
export function placesAt(root: Item, path: readonly string[]): Placed[] {
  let level: { value: unknown; keys: Key[]; parents: Item[] }[] = [{ value: root, keys: [], parents: [] }];
  for (const element of path) {
    const { name, types } = elementOf(element);
    level = level.flatMap(({ value, keys, parents }) => {
      if (typeof value !== 'object' || value === null) return [];
      if (name === '@')
        return Array.isArray(value)
          ? value.map((one, at) => ({ value: one, keys: [...keys, at], parents }))
          : [];
      const item = value as Item;
      return Object.hasOwn(item, name)
        ? [{ value: item[name], keys: [...keys, name], parents: [...parents, item] }]
        : [];
    });
    if (types)
      level = level.filter(({ value }) => types.includes(String((value as Item | null)?.__typename)));
  }
  return level.flatMap(({ value, keys, parents }) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? [{ item: value as Item, keys, parents: [...parents, value as Item] }]
      : [],
  );
}

/** The places of `items`, which are some of the objects at `path` in their order. */
export function placesOf(root: Item, path: readonly string[], items: readonly Item[]): Placed[] {
  let next = 0;
  return placesAt(root, path).filter(({ item }) => {
    if (item !== items[next]) return false;
    next++;
    return true;
  });
}
