/** Response writers of an operation, one per combination of condition values. */
import type { FragmentDefinitionNode } from 'graphql';
import type { Item } from './listItems.ts';
import type { WritingOptions } from './nullViolations.ts';
import { compileWrite, type Written } from './writeResponse.ts';
import type { WriteOptions } from './writeUnit.ts';

/** Writes the response with these condition values; undefined if it exceeds the size limit. */
export type WriteByConditions = (
  root: Item,
  conditions: Readonly<Record<string, unknown>>,
  options: WritingOptions,
) => Written | undefined;

/** Maximum cached writers of one operation. */
const maxWriters = 32;

/**
 * Returns a function that compiles a writer for each combination of condition values at first use: fields and their
 * order depend on them.
 */
export function compileWrites(
  conditionNames: readonly string[],
  fragmentList: readonly FragmentDefinitionNode[],
  given: Omit<WriteOptions, 'conditions' | 'fragments'>,
): WriteByConditions {
  const fragments = new Map(fragmentList.map((fragment) => [fragment.name.value, fragment]));
  const writers = new Map<string, ReturnType<typeof compileWrite>>();
  return (root, conditions, options) => {
    let key = '';
    for (const name of conditionNames) key += conditions[name] === true ? '1' : '0';
    let write = writers.get(key);
    if (!write) {
      if (writers.size >= maxWriters) writers.clear();
      write = compileWrite({ ...given, fragments, conditions });
      writers.set(key, write);
    }
    return write(root, options);
  };
}
