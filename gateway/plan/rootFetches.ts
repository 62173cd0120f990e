/** Separates fetches of root fields whose response names would conflict in one request. */
import type { FetchNode } from '@apollo/query-planner';
import { Kind, type SelectionNode } from 'graphql';
import { operationOf } from './fetchDocument.ts';

/** A fetch at `path`. Fetches with different `group` numbers cannot share a request. */
export interface Grouped {
  fetch: FetchNode;
  path: readonly string[];
  group: number;
}

/** Response names of one group → what each stands for. */
type Group = Map<string, Meaning>;

interface Meaning {
  path: string;
  operation: string;
}

/**
 * Numbers the fetches of root fields. A field that returns the root type (`query: Query` in a payload) needs root
 * fields at several places of the response, where one name may stand for different fields or arguments (GraphQL
 * section 5.3.2). Two fetches get the same number only if they have the same path or operation, or no response name
 * in common. Fetches with equal `mergeKeyOf` would otherwise share a request.
 */
export function separateRootFetches<Fetch extends Grouped>(
  fetches: readonly Fetch[],
  mergeKeyOf: (fetch: Fetch) => string | undefined,
): Fetch[] {
  const isRoot = ({ fetch }: Fetch) => !fetch.requires && fetch.operationKind === 'query';
  // The response's root alone cannot conflict with itself.
  if (!fetches.some((one) => isRoot(one) && one.path.length > 0)) return [...fetches];
  const groupsByKey = new Map<string, Group[]>();
  return fetches.map((one) => {
    const mergeKey = isRoot(one) ? mergeKeyOf(one) : undefined;
    if (mergeKey === undefined) return one;
    const groups = groupsByKey.get(mergeKey) ?? [];
    groupsByKey.set(mergeKey, groups);
    const names = responseNames(operationOf(one.fetch).selectionSet.selections);
    const meaning = { path: JSON.stringify(one.path), operation: textOf(one.fetch) };
    const existing = groups.findIndex((group) =>
      names.every((name) => isCompatible(group.get(name), meaning)),
    );
    const at = existing >= 0 ? existing : groups.push(new Map()) - 1;
    for (const name of names) (groups[at] as Group).set(name, meaning);
    return { ...one, group: at };
  });
}

function isCompatible(current: Meaning | undefined, { path, operation }: Meaning): boolean {
  return !current || current.path === path || current.operation === operation;
}

const textOf = ({ operation }: FetchNode) => operation.slice(operation.search(/[({]/));

/** The response names, except `__typename`, which is the same everywhere. */
function responseNames(selections: readonly SelectionNode[]): string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return responseNames(selection.selectionSet.selections);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    const { alias, name } = selection;
    const responseName = (alias ?? name).value;
    return responseName === '__typename' ? [] : [responseName];
  });
}
