/**
 * Pagination after the Relay Cursor Connections specification: keyset cursors, which stay valid while items are added,
 * and a clear error for every invalid argument.
 * https://relay.dev/graphql/connections.htm
 */
import { ArgsType, Directive, Field, Int, ObjectType } from 'type-graphql';
import { badInput, quoted } from '../errors.ts';
import { isId, isText } from '../store/contentId.ts';

const pageSize = 20;
/** The most items of one page. */
export const largestPage = 100;

@ArgsType()
export class PageArguments {
  @Field(() => Int, { nullable: true, description: 'Maximum number of items from the start, at most 100.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Cursor after which the page starts.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'Maximum number of items from the end, at most 100.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Cursor before which the page ends.' })
  before?: string | null;
}

@ObjectType({ description: 'Where a page lies in its list: Relay PageInfo.' })
@Directive('@shareable')
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there are items after this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether there are items before this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the first item; null if the page is empty.',
  })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last item; null if the page is empty.' })
  endCursor!: string | null;
}

/** The `@listSize` directive of every connection: the requested page size, or 20 by default. */
export const listSize = (...sizedFields: string[]) =>
  `@listSize(slicingArguments: ["first", "last"], sizedFields: ${JSON.stringify(sizedFields)}, requireOneSlicingArgument: false, assumedSize: ${pageSize})`;

/**
 * A page request in the form that stores take. `key` holds the sort values at the cursor; it is undefined without a
 * cursor.
 */
export interface KeysetPageRequest {
  limit: number;
  isBackward: boolean;
  key?: readonly string[];
}

/** Checks of the values in a cursor key, so that no invalid value reaches the database. */
const keyForms = {
  text: isText,
  number: (part: string) => /^\d{1,15}(\.\d{1,15})?$/.test(part),
  time: (part: string) => isTimestamp(part),
  id: isId,
};
/** Whether a text is a timestamp exactly as cursors write it. */
function isTimestamp(part: string): boolean {
  const time = new Date(part);
  return (
    !Number.isNaN(time.getTime()) && /^\d{4}-/.test(part) && part > '0001' && time.toISOString() === part
  );
}
export type KeyForm = keyof typeof keyForms;

/**
 * Reads the four pagination arguments. `order` names the sort order and `forms` the types of the key's values, so that
 * a cursor of another list is rejected instead of misread.
 */
export function readPage(args: PageArguments, order: string, forms: readonly KeyForm[]): KeysetPageRequest {
  const { first, after, last, before } = args;
  if (first != null && last != null) {
    throw badInput(`Expected either "first" or "last", but got both: ${first} and ${last}.`);
  }
  const isBackward = last != null || (first == null && before != null);
  const [stray, strayName, partner] = isBackward ? [after, 'after', 'first'] : [before, 'before', 'last'];
  if (stray != null)
    throw badInput(`Expected "${strayName}" together with "${partner}", but got: "${strayName}" alone.`);
  const limit = boundedCount(isBackward ? 'last' : 'first', isBackward ? last : first);
  const cursor = isBackward ? before : after;
  if (cursor == null) return { limit, isBackward };
  return { limit, isBackward, key: readCursor(isBackward ? 'before' : 'after', cursor, order, forms) };
}

/** A requested number of items: 0 to 100, 20 by default. */
export function boundedCount(name: string, count: number | null | undefined): number {
  if (count == null) return pageSize;
  if (count < 0) throw badInput(`Expected "${name}" to be at least 0, but got: ${count}.`);
  if (count > largestPage)
    throw badInput(`Expected "${name}" to be at most ${largestPage}, but got: ${count}.`);
  return count;
}

/** Encodes an opaque cursor. */
export function writeCursor(order: string, key: readonly string[]): string {
  return Buffer.from(JSON.stringify([order, ...key])).toString('base64url');
}

/** Decodes the key of a cursor. Throws an error that names the argument if the cursor is not one of this list. */
export function readCursor(
  name: string,
  cursor: string,
  order: string,
  forms: readonly KeyForm[],
): readonly string[] {
  const [cursorOrder, ...key] = parseCursor(cursor);
  const isValid = (part: unknown, place: number) => {
    const form = forms[place];
    return typeof part === 'string' && form !== undefined && keyForms[form](part);
  };
  const isOurs = cursorOrder === order && key.length === forms.length && key.every(isValid);
  if (isOurs) return key as string[];
  throw badInput(`Expected "${name}" to be a cursor of this list, but got: ${quoted(cursor)}.`);
}

function parseCursor(cursor: string): unknown[] {
  if (cursor.length > 1000) return [];
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/** One page: its items in list order, and the flags of `PageInfo`. */
export interface ConnectionPage<Item> {
  items: Item[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/**
 * Makes a page of the rows from a store, which reads one row more than requested, from the end backwards if the request
 * is backward.
 */
export function pageOf<Item>(rows: readonly Item[], request: KeysetPageRequest): ConnectionPage<Item> {
  const { limit, isBackward, key } = request;
  const hasMore = rows.length > limit;
  const items = rows.slice(0, limit);
  if (isBackward) return { items: items.reverse(), hasNextPage: key !== undefined, hasPreviousPage: hasMore };
  return { items, hasNextPage: hasMore, hasPreviousPage: key !== undefined };
}

/** A connection with edges, nodes and page info, from a page and a function for the key of each item. */
export function connectionOf<Item>(
  page: ConnectionPage<Item>,
  order: string,
  keyOf: (item: Item) => readonly string[],
) {
  const edges = page.items.map((node) => ({ cursor: writeCursor(order, keyOf(node)), node }));
  return { edges, nodes: page.items, pageInfo: pageInfoOf(edges, page) };
}

/** The page info for existing edges. */
export function pageInfoOf(
  edges: readonly { cursor: string }[],
  { hasNextPage, hasPreviousPage }: Pick<PageInfo, 'hasNextPage' | 'hasPreviousPage'>,
): PageInfo {
  return {
    hasNextPage,
    hasPreviousPage,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
}
