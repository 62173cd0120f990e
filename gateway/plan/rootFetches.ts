/** Keeps fetches of root fields apart whose response names would conflict in one request. */
import type { FetchNode } from '@apollo/query-planner';
import { Kind, type SelectionNode } from 'graphql';
import { operationOf } from './fetchDocument.ts';

/** A fetch at `path`; `group` tells apart those that cannot share a request. */
export interface Grouped {
  fetch: FetchNode;
  path: readonly string[];
  group: number;
}

/** Fetches of one group, which share a request: what each response name stands for there. */
type Group = Map<string, Meaning>;

interface Meaning {
  path: string;
  operation: string;
}

/**
 * The same fetches, those of root fields numbered: a field whose type is the root (`query: Query` in a payload) has root
 * fields fetched for several places of one answer, where one name may stand for fields or arguments that differ
 * (GraphQL section 5.3.2). Two fetches get the same number only if they are for the same place, ask for the same, or have
 * no response name in common. `mergeKeyOf` names those that would share a request otherwise.
 */
export function separateRootFetches<Fetch extends Grouped>(
  fetches: readonly Fetch[],
  mergeKeyOf: (fetch: Fetch) => string | undefined,
): Fetch[] {
  const isRoot = ({ fetch }: Fetch) => !fetch.requires && fetch.operationKind === 'query';
  // The root of the answer alone cannot conflict with itself.
  if (!fetches.some((one) => isRoot(one) && one.path.length > 0)) return [...fetches];
  const groupsByKey = new Map<string, Group[]>();
  return fetches.map((one) => {
    const mergeKey = isRoot(one) ? mergeKeyOf(one) : undefined;
    if (mergeKey === undefined) return one;
    const groups = groupsByKey.get(mergeKey) ?? [];
    groupsByKey.set(mergeKey, groups);
    const names = responseNames(operationOf(one.fetch).selectionSet.selections);
    const meaning = { path: JSON.stringify(one.path), operation: textOf(one.fetch) };
    const found = groups.findIndex((group) => names.every((name) => isCompatible(group.get(name), meaning)));
    const at = found >= 0 ? found : groups.push(new Map()) - 1;
    for (const name of names) (groups[at] as Group).set(name, meaning);
    return { ...one, group: at };
  });
}

function isCompatible(there: Meaning | undefined, { path, operation }: Meaning): boolean {
  return !there || there.path === path || there.operation === operation;
}

const textOf = ({ operation }: FetchNode) => operation.slice(operation.search(/[({]/));

/** The names that are in the answer, but for the name of the type, which means the same everywhere. */
function responseNames(selections: readonly SelectionNode[]): string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return responseNames(selection.selectionSet.selections);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    const { alias, name } = selection;
    const shown = (alias ?? name).value;
    return shown === '__typename' ? [] : [shown];
  });
}
