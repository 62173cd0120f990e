/** How normalised caches combine two responses: objects without an id, lists, and pages of a connection. No imports. */

/** A value as Apollo Client's cache holds it: entities are references. */
type Stored = unknown;
type StoredObject = Readonly<Record<string, Stored>>;
type Arguments = Readonly<Record<string, unknown>> | null;

const conflict = Symbol('conflict');

/**
 * Policy of what lies in another object: types without an id, and lists of them. Fields of both responses are kept. The
 * later response replaces the earlier one where they refer to different entities, since a caption must not stay below
 * another image, and where items of a list differ in what both have.
 */
export const embedded = {
  merge: (existing: Stored, incoming: Stored): Stored => mergeOrReplace(existing, incoming),
};

/** Policy of a list of entities: the later list replaces the earlier one, and the entities stay. */
export const replace = { merge: false } as const;

function mergeOrReplace(existing: Stored, incoming: Stored): Stored {
  const merged = merge(existing, incoming, false);
  return merged === conflict ? incoming : merged;
}

/** Both values in one, or `conflict`. With `isStrict`, scalars have to be equal: items of lists have no other identity. */
function merge(existing: Stored, incoming: Stored, isStrict: boolean): Stored {
  if (Array.isArray(existing) && Array.isArray(incoming)) {
    if (existing.length !== incoming.length) return conflict;
    const items = incoming.map((item, place) => merge(existing[place], item, true));
    return items.includes(conflict) ? conflict : items;
  }
  if (isObject(existing) && isObject(incoming)) return mergeObjects(existing, incoming, isStrict);
  return isStrict && existing !== incoming ? conflict : incoming;
}

function mergeObjects(existing: StoredObject, incoming: StoredObject, isStrict: boolean): Stored {
  if (existing.__ref !== incoming.__ref || existing.__typename !== incoming.__typename) return conflict;
  const merged: Record<string, Stored> = { ...existing };
  for (const [name, value] of Object.entries(incoming)) {
    const field = name in existing ? merge(existing[name], value, isStrict) : value;
    if (field === conflict) return conflict;
    merged[name] = field;
  }
  return merged;
}

const isObject = (value: Stored): value is StoredObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The pages of a connection by the cursor at which they begin; the first one has the key "". */
export interface Pages {
  pages: Readonly<Record<string, StoredObject>>;
}

/**
 * Policy of a connection. Pages of one size with equal `keyArgs` are one list, whether they have `edges` or `nodes`:
 * `fetchMore({ variables: { after } })` appends, and a query with another `first` neither cuts nor extends the list. A
 * query that names a cursor reads the page at that cursor only.
 */
export function connection(keyArgs: readonly string[]) {
  return {
    keyArgs: (args: Arguments, { field }: { field: FieldNode | null }): string =>
      JSON.stringify([selectedLists(field), keyArgs.map((name) => args?.[name] ?? null)]),

    merge(existing: Pages | undefined, incoming: StoredObject, { args }: { args: Arguments }): Pages {
      const cursor = cursorIn(args);
      const page = mergeOrReplace(existing?.pages[cursor], incoming) as StoredObject;
      return { pages: { ...existing?.pages, [cursor]: page } };
    },

    read(existing: Pages | undefined, { args }: { args: Arguments }): StoredObject | undefined {
      const cursor = cursorIn(args);
      const start = existing?.pages[cursor];
      if (!existing || !start || cursor !== '') return start;
      return joined(chain(existing.pages, start, args?.last != null));
    },
  };
}

const cursorIn = (args: Arguments): string => String(args?.after ?? args?.before ?? '');

/** The part of graphql-js' FieldNode that is read here. */
export interface FieldNode {
  readonly selectionSet?: { readonly selections: readonly { readonly kind: string }[] } | undefined;
}

/** Which lists of the connection a field selects; pages with different ones are kept apart. */
function selectedLists(field: FieldNode | null): string {
  const selections = field?.selectionSet?.selections ?? [];
  const names = selections.map((it) =>
    'name' in it && it.kind === 'Field' ? (it.name as { value: string }).value : '*',
  );
  return ['edges', 'nodes', '*'].filter((name) => names.includes(name)).join('+');
}

/** The first page and those that follow it; with `isBackward`, those that precede it. */
function chain(pages: Pages['pages'], start: StoredObject, isBackward: boolean): StoredObject[] {
  const found = new Set([start]);
  for (let page: StoredObject | undefined = start; page; ) {
    const { pageInfo } = page as { pageInfo?: StoredObject };
    const cursor: unknown = isBackward ? pageInfo?.startCursor : pageInfo?.endCursor;
    page = typeof cursor === 'string' ? pages[cursor] : undefined;
    if (!page || found.has(page)) break;
    found.add(page);
  }
  return isBackward ? [...found].reverse() : [...found];
}

/** Several pages as one. */
function joined(pages: readonly StoredObject[]): StoredObject {
  const [first, last] = [pages[0], pages.at(-1)];
  if (!first || !last || first === last) return first ?? {};
  const result: Record<string, Stored> = { ...first, ...last };
  for (const name of ['edges', 'nodes'])
    if (name in first) result[name] = pages.flatMap((page) => (page[name] as Stored[] | undefined) ?? []);
  const { startCursor, hasPreviousPage } = (first.pageInfo ?? {}) as StoredObject;
  result.pageInfo = {
    ...(last.pageInfo as StoredObject),
    ...(startCursor === undefined ? {} : { startCursor }),
    ...(hasPreviousPage === undefined ? {} : { hasPreviousPage }),
  };
  return result;
}
