/** Writers of an operation, one for each way in which its variables skip and include fields. */
import type { FragmentDefinitionNode } from 'graphql';
import type { Item } from './listItems.ts';
import type { WritingOptions } from './nullViolations.ts';
import { compileWrite, type Written } from './writeResponse.ts';
import type { WriteOptions } from './writeUnit.ts';

/** Writes the answer with these values of the conditions; undefined where its text is larger than it may be. */
export type WriteByConditions = (
  root: Item,
  conditions: Readonly<Record<string, unknown>>,
  options: WritingOptions,
) => Written | undefined;

/** As many writers of one operation are kept. */
const maxWriters = 32;

/** Which fields there are, and in which order, differs with the conditions: each case gets a writer when it comes. */
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
