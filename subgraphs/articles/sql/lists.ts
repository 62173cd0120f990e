/**
 * Pages of stories: all, or those of sections, tags and authors. A page costs the same in a list of any length, since
 * it is read from an index by keyset.
 */
import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { KeysetPageRequest } from '../../graph/connection.ts';
import { isId } from '../../store/contentId.ts';
import { countedAtMost } from '../../store/countLimit.ts';
import { type Database, preparedForms, type Sql } from '../../store/database.ts';
import { articles, listings } from '../tables.ts';
import {
  type ArticleCondition,
  changedAt,
  conditionsOn,
  conditionValues,
  type ListCondition,
  listConditions,
  namedLists,
} from './conditions.ts';
import { isVisible } from './visible.ts';

export type ArticleRow = typeof articles.$inferSelect;
export type ArticleOrder = 'DATE_PUBLISHED_DESC' | 'DATE_PUBLISHED_ASC' | 'DATE_MODIFIED_DESC';

export interface ListRequest {
  condition: ArticleCondition;
  order: ArticleOrder;
  page: KeysetPageRequest;
}

/** `changedAt` of a loaded row. */
export const lastChange = ({
  dateModified,
  visibleFrom,
}: Pick<ArticleRow, 'dateModified' | 'visibleFrom'>) =>
  visibleFrom && visibleFrom > dateModified ? visibleFrom : dateModified;

/** The cursor key of a story in an order. */
export function keyOf(order: ArticleOrder, row: ArticleRow): string[] {
  const date = order === 'DATE_MODIFIED_DESC' ? lastChange(row) : row.visibleFrom;
  return [date?.toISOString() ?? '', row.id];
}

/** `most` is the limit of counts. */
export function openLists(
  { sql: db, read }: Pick<Database, 'sql' | 'read'>,
  clock: () => Date,
  { most = countedAtMost } = {},
) {
  const pageBy = preparedForms((name, form: Form) => read(name, pagesOf(db, form)));
  const countBy = preparedForms((name, form: Form) => read(name, countsOf(db, form, most)));

  return {
    /** A page of all stories that match the condition, with one extra row if there are more. */
    async all(request: ListRequest): Promise<ArticleRow[]> {
      const form = formOf(request, driverOf(request.condition, request.order));
      const rows = await pageBy(`articles_${nameOf(form)}`, form)(valuesOf(request, clock()));
      return rows.map(({ article }) => article);
    },

    /** The same page for each list, in the order of the list ids. */
    async ofLists(listIds: readonly string[], request: ListRequest): Promise<ArticleRow[][]> {
      const form = formOf(request, 'lists');
      const values = { ...valuesOf(request, clock()), lists: listIds.filter(isId) };
      const rows = await pageBy(`articles_${nameOf(form)}`, form)(values);
      const pages = new Map<string, ArticleRow[]>(listIds.map((id) => [id, []]));
      for (const { list, article } of rows) if (list) pages.get(list)?.push(article);
      return listIds.map((id) => pages.get(id) ?? []);
    },

    /** The number of stories; `most` if there are more. */
    async countAll(condition: ArticleCondition): Promise<number> {
      const request = {
        condition,
        order: 'DATE_PUBLISHED_DESC',
        page: { limit: 0, isBackward: false },
      } as const;
      const form = formOf(request, driverOf(condition, request.order));
      const [row] = await countBy(`count_${most}_${nameOf(form)}`, form)(valuesOf(request, clock()));
      return row?.total ?? 0;
    },

    /** The same for each list. */
    async countOfLists(listIds: readonly string[], condition: ArticleCondition): Promise<number[]> {
      const request = {
        condition,
        order: 'DATE_PUBLISHED_DESC',
        page: { limit: 0, isBackward: false },
      } as const;
      const values = { ...valuesOf(request, clock()), lists: listIds.filter(isId) };
      const form = formOf(request, 'lists');
      const rows = await countBy(`count_${most}_${nameOf(form)}`, form)(values);
      const totals = new Map(rows.map(({ list, total }) => [list, total]));
      return listIds.map((id) => totals.get(id) ?? 0);
    },
  };
}

/** The properties that determine the text of a statement. */
interface Form {
  /** The source of the rows: all stories, the requested lists one by one, or the lists that a condition names. */
  driver: 'all' | 'lists' | ListCondition;
  order: ArticleOrder;
  isBackward: boolean;
  hasKey: boolean;
  on: Partial<Record<keyof ArticleCondition, unknown>>;
}

/**
 * The narrowest list that a condition names drives the query; other conditions are checked for each story. Listings are
 * ordered by publication time, so the order by last change scans all stories.
 */
function driverOf(condition: ArticleCondition, order: ArticleOrder): Form['driver'] {
  if (order === 'DATE_MODIFIED_DESC') return 'all';
  const names = Object.keys(listConditions) as ListCondition[];
  return names.find((name) => condition[name] != null) ?? 'all';
}

function formOf({ condition, order, page }: ListRequest, driver: Form['driver']): Form {
  const on = Object.fromEntries(Object.entries(condition).filter(([, value]) => value != null));
  return { driver, order, isBackward: page.isBackward, hasKey: page.key !== undefined, on };
}

function nameOf({ driver, order, isBackward, hasKey, on }: Form): string {
  const conditions = Object.entries(on).map(([name, value]) =>
    typeof value === 'boolean' ? `${name}${value}` : name,
  );
  return [driver, order, isBackward ? 'back' : 'on', hasKey ? 'after' : 'start', ...conditions.sort()]
    .join('_')
    .toLowerCase();
}

function valuesOf({ condition, page }: ListRequest, now: Date): Record<string, unknown> {
  const [date, id] = page.key ?? [];
  return { ...conditionValues(condition), now: now.toISOString(), limit: page.limit + 1, date, id };
}

/** The start of the page, in an order that an index has. */
function placeOf({ driver, order, isBackward, hasKey }: Form) {
  const isModified = order === 'DATE_MODIFIED_DESC';
  const fromListing = driver !== 'all' && !isModified;
  const date = isModified ? changedAt : fromListing ? listings.visibleFrom : articles.visibleFrom;
  const id = fromListing ? listings.articleId : articles.id;
  const isDescending = (order !== 'DATE_PUBLISHED_ASC') !== isBackward;
  const beyond = sql.raw(isDescending ? '<' : '>');
  return {
    where: hasKey
      ? sql`(${date}, ${id}) ${beyond} (${sql.placeholder('date')}::timestamptz, ${sql.placeholder('id')}::uuid)`
      : undefined,
    orderBy: (isDescending ? [desc(date), desc(id)] : [asc(date), asc(id)]) as [SQL, SQL],
    isDescending,
  };
}

const whereOf = (form: Form) => and(isVisible(), ...conditionsOn(form.on, form.driver));

function pagesOf(db: Sql, form: Form) {
  const { where, orderBy, isDescending } = placeOf(form);
  const list = sql<string | null>`null::uuid`.as('list');
  if (form.driver === 'all') {
    return db
      .select({ list, article: articles })
      .from(articles)
      .where(and(whereOf(form), where))
      .orderBy(...orderBy)
      .limit(sql.placeholder('limit'))
      .$dynamic();
  }
  const page = db
    .select({ id: listings.articleId })
    .from(listings)
    .innerJoin(articles, eq(articles.id, listings.articleId))
    .where(and(sql`${listings.listId} = k.id`, whereOf(form), where))
    .orderBy(...orderBy)
    .limit(sql.placeholder('limit'));
  const direction = isDescending ? desc : asc;
  const date = form.order === 'DATE_MODIFIED_DESC' ? changedAt : articles.visibleFrom;
  if (form.driver === 'lists') {
    return db
      .select({ list: sql<string | null>`k.id`.as('list'), article: articles })
      .from(sql`unnest(${sql.placeholder('lists')}::uuid[]) as k(id) cross join lateral (${page}) as page`)
      .innerJoin(articles, sql`${articles.id} = page.article_id`)
      .orderBy(direction(date), direction(articles.id))
      .$dynamic();
  }
  // A story in two of the lists is returned once.
  const merged = sql`select page.article_id from (${namedLists(form.driver)}) as k(id) cross join lateral (${page}) as page`;
  return db
    .select({ list, article: articles })
    .from(articles)
    .where(inArray(articles.id, sql`(${merged})`))
    .orderBy(direction(date), direction(articles.id))
    .limit(sql.placeholder('limit'))
    .$dynamic();
}

/** Counts up to `most`: the rows are limited before they are counted. */
function countsOf(db: Sql, form: Form, most: number) {
  const cut = sql.raw(String(most));
  const total = sql<number>`count(*)::int`.as('total');
  const none = sql<string | null>`null`.as('list');
  if (form.driver === 'all') {
    const some = sql`select 1 from ${articles} where ${whereOf(form)} limit ${cut}`;
    return db.select({ list: none, total }).from(sql`(${some}) as counted`).$dynamic();
  }
  const ofOne = sql`select ${articles.id} as id from ${listings}
    join ${articles} on ${articles.id} = ${listings.articleId}
    where ${and(sql`${listings.listId} = k.id`, whereOf(form))} limit ${cut}`;
  if (form.driver === 'lists') {
    return db
      .select({ list: sql<string | null>`k.id`.as('list'), total })
      .from(
        sql`unnest(${sql.placeholder('lists')}::uuid[]) as k(id) cross join lateral (${ofOne}) as counted`,
      )
      .groupBy(sql`k.id`)
      .$dynamic();
  }
  // A story is in one list once, but may be in several lists that a condition names.
  const distinct = sql`select distinct counted.id from (${namedLists(form.driver)}) as k(id) cross join lateral (${ofOne}) as counted`;
  return db.select({ list: none, total }).from(sql`(${distinct} limit ${cut}) as named`).$dynamic();
}
