/** Filter conditions as SQL over `articles`, with placeholders for their values. */
import { type SQL, sql } from 'drizzle-orm';
import { isId } from '../../store/contentId.ts';
import { normalisedSlug } from '../../store/slug.ts';
import type { Genre } from '../content.ts';
import { articles, type ListKind, lists } from '../tables.ts';

/** A filter of stories: all conditions must hold, and the values of one condition are alternatives. */
export interface ArticleCondition {
  sectionSlugs?: string[] | null;
  tagSlugs?: string[] | null;
  authorIds?: string[] | null;
  authorSlugs?: string[] | null;
  genres?: Genre[] | null;
  inLanguage?: string | null;
  publishedAfter?: Date | null;
  publishedBefore?: Date | null;
  modifiedAfter?: Date | null;
  breaking?: boolean | null;
  isAccessibleForFree?: boolean | null;
  excludeIds?: string[] | null;
}

/** The last change for readers: a story's publication counts as a change. */
export const changedAt = sql`greatest(${articles.dateModified}, ${articles.visibleFrom})`;

/** The SQL of each condition; the placeholder with its name holds its value. */
const conditions: Record<Exclude<keyof ArticleCondition, ListCondition>, (on: unknown) => SQL> = {
  genres: () => sql`${articles.genre} = any(${sql.placeholder('genres')}::text[])`,
  inLanguage: () => sql`(${articles.inLanguage} = ${sql.placeholder('inLanguage')}::text
    or starts_with(${articles.inLanguage}, ${sql.placeholder('inLanguage')}::text || '-'))`,
  publishedAfter: () => sql`${articles.visibleFrom} > ${sql.placeholder('publishedAfter')}::timestamptz`,
  publishedBefore: () => sql`${articles.visibleFrom} < ${sql.placeholder('publishedBefore')}::timestamptz`,
  modifiedAfter: () => sql`${changedAt} > ${sql.placeholder('modifiedAfter')}::timestamptz`,
  // Written as a constant, so that the partial index of breaking stories applies.
  breaking: (on) => (on ? sql`${articles.breaking}` : sql`not ${articles.breaking}`),
  isAccessibleForFree: (on) =>
    on ? sql`${articles.visibility} = 'PUBLIC'` : sql`${articles.visibility} <> 'PUBLIC'`,
  excludeIds: () => sql`not ${articles.id} = any(${sql.placeholder('excludeIds')}::uuid[])`,
};

/** The kinds of list that conditions name: by id for `authorIds`, by slug for the others. */
export const listConditions = {
  authorIds: 'AUTHOR',
  authorSlugs: 'AUTHOR',
  tagSlugs: 'TAG',
  sectionSlugs: 'SECTION',
} as const satisfies Record<string, ListKind>;
export type ListCondition = keyof typeof listConditions;

export const namedLists = (name: ListCondition): SQL =>
  name === 'authorIds'
    ? sql`select unnest(${sql.placeholder(name)}::uuid[])`
    : sql`select ${lists.id} from ${lists} where ${lists.kind} = ${sql.raw(`'${listConditions[name]}'`)} and ${lists.slug} = any(${sql.placeholder(name)}::text[])`;

const columnOf = {
  authorIds: articles.authorIds,
  authorSlugs: articles.authorIds,
  tagSlugs: articles.tagIds,
  sectionSlugs: articles.sectionId,
};

/** Whether a story is in one of the lists that a condition names. */
function isInList(name: ListCondition): SQL {
  return name === 'sectionSlugs'
    ? sql`${articles.sectionId} in (${namedLists(name)})`
    : sql`${columnOf[name]} && array(${namedLists(name)})`;
}

/** The placeholder values for `conditionsOn`. */
export function conditionValues(condition: ArticleCondition): Record<string, unknown> {
  return {
    ...condition,
    sectionSlugs: condition.sectionSlugs?.map(normalisedSlug),
    tagSlugs: condition.tagSlugs?.map(normalisedSlug),
    excludeIds: condition.excludeIds?.filter(isId),
    authorIds: condition.authorIds?.filter(isId),
    publishedAfter: condition.publishedAfter?.toISOString(),
    publishedBefore: condition.publishedBefore?.toISOString(),
    modifiedAfter: condition.modifiedAfter?.toISOString(),
  };
}

/** The conditions that are set, as SQL over `articles`; `except` is handled by the caller. */
export function conditionsOn(
  condition: Partial<Record<keyof ArticleCondition, unknown>>,
  except?: string,
): SQL[] {
  return Object.entries(condition).flatMap(([name, value]) => {
    if (value == null || name === except) return [];
    if (name in listConditions) return [isInList(name as ListCondition)];
    return [conditions[name as keyof typeof conditions](value)];
  });
}
