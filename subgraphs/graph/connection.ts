/**
 * Pages of a list by the Relay Cursor Connections specification: keyset cursors that stay true while things
 * are added, and clear errors for every wrong argument.
 * https://relay.dev/graphql/connections.htm
 */
import { ArgsType, Directive, Field, Int, ObjectType } from 'type-graphql';
import { badInput, quoted } from '../errors.ts';
import { isId, isText } from '../store/contentId.ts';

const pageSize = 20;
const largestPage = 100;

@ArgsType()
export class PageArguments {
  @Field(() => Int, { nullable: true, description: 'How many from the start, at most 100.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor after which the page starts.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many from the end, at most 100.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor before which the page ends.' })
  before?: string | null;
}

@ObjectType({ description: 'Where a page stands in its list.' })
@Directive('@shareable')
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more follow this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether more stand before this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the first item; null in an empty page.',
  })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the last item; null in an empty page.' })
  endCursor!: string | null;
}

/** What every list of the graph costs to a planner of demand: the items of a page, 20 where nobody says. */
export const listSize = (...sizedFields: string[]) =>
  `@listSize(slicingArguments: ["first", "last"], sizedFields: ${JSON.stringify(sizedFields)}, requireOneSlicingArgument: false, assumedSize: ${pageSize})`;

/** A page as a store understands it. `key` holds the values of the order at the cursor, none at an end. */
export interface PageRequest {
  limit: number;
  isBackward: boolean;
  key?: readonly string[];
}

/** The forms of the values in a key, so that what a database cannot read never reaches it. */
const keyForms = {
  text: isText,
  number: (part: string) => /^\d{1,15}(\.\d{1,15})?$/.test(part),
  time: (part: string) => isMoment(part),
  id: isId,
};
/** A moment as our cursors write it, and no other spelling of one. */
function isMoment(part: string): boolean {
  const time = new Date(part);
  return (
    !Number.isNaN(time.getTime()) && /^\d{4}-/.test(part) && part > '0001' && time.toISOString() === part
  );
}
export type KeyForm = keyof typeof keyForms;

/**
 * Reads the four arguments of a connection. `order` names the list's order and `forms` the values in its
 * key, so that a cursor of another list is refused rather than misread.
 */
export function readPage(args: PageArguments, order: string, forms: readonly KeyForm[]): PageRequest {
  const { first, after, last, before } = args;
  if (first != null && last != null) {
    throw badInput(`Expected "first" or "last", but got both: ${first} and ${last}.`);
  }
  const isBackward = last != null || (first == null && before != null);
  const [stray, strayName, partner] = isBackward ? [after, 'after', 'first'] : [before, 'before', 'last'];
  if (stray != null)
    throw badInput(`Expected "${strayName}" together with "${partner}", but got it without.`);
  const limit = boundedCount(isBackward ? 'last' : 'first', isBackward ? last : first);
  const cursor = isBackward ? before : after;
  if (cursor == null) return { limit, isBackward };
  return { limit, isBackward, key: readCursor(isBackward ? 'before' : 'after', cursor, order, forms) };
}

/** A count of items that a caller asks for: 0 to 100, 20 where nobody says. */
export function boundedCount(name: string, count: number | null | undefined): number {
  if (count == null) return pageSize;
  if (count < 0) throw badInput(`Expected "${name}" to be at least 0, but got: ${count}.`);
  if (count > largestPage)
    throw badInput(`Expected "${name}" to be at most ${largestPage}, but got: ${count}.`);
  return count;
}

/** A cursor that tells nothing to a reader and everything to the list that made it. */
export function writeCursor(order: string, key: readonly string[]): string {
  return Buffer.from(JSON.stringify([order, ...key])).toString('base64url');
}

/** The key inside a cursor; an error that names the argument where it is none of this list's. */
export function readCursor(
  name: string,
  cursor: string,
  order: string,
  forms: readonly KeyForm[],
): readonly string[] {
  const [cursorOrder, ...key] = parsed(cursor);
  const hasForm = (part: unknown, place: number) => {
    const form = forms[place];
    return typeof part === 'string' && form !== undefined && keyForms[form](part);
  };
  const isOurs = cursorOrder === order && key.length === forms.length && key.every(hasForm);
  if (isOurs) return key as string[];
  throw badInput(`Expected "${name}" to be a cursor that this list gave, but got: ${quoted(cursor)}.`);
}

function parsed(cursor: string): unknown[] {
  if (cursor.length > 1000) return [];
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/** One page: the items in the list's order, and what `PageInfo` says of them. */
export interface Page<Item> {
  items: Item[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/**
 * Makes a page of the rows that a store read: one more than asked for, in reading direction (from the end
 * backwards when the request is backward).
 */
export function pageOf<Item>(rows: readonly Item[], request: PageRequest): Page<Item> {
  const { limit, isBackward, key } = request;
  const hasMore = rows.length > limit;
  const items = rows.slice(0, limit);
  if (isBackward) return { items: items.reverse(), hasNextPage: key !== undefined, hasPreviousPage: hasMore };
  return { items, hasNextPage: hasMore, hasPreviousPage: key !== undefined };
}

/** Answers a connection: edges with cursors, nodes and page info, from a page and the key of each item. */
export function connectionOf<Item>(
  page: Page<Item>,
  order: string,
  keyOf: (item: Item) => readonly string[],
) {
  const edges = page.items.map((node) => ({ cursor: writeCursor(order, keyOf(node)), node }));
  return { edges, nodes: page.items, pageInfo: pageInfoOf(edges, page) };
}

/** Page info over edges that are already made. */
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
