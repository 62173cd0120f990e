/** Filter conditions as SQL over `articles`, with placeholders for their values. */
import { type SQL, sql } from 'drizzle-orm';
import { isId } from '../../store/contentId.ts';
import { normalisedSlug } from '../../store/slug.ts';
import type { Genre } from '../content.ts';
import { articles, type ListKind, lists } from '../tables.ts';

/** A filter of stories: all conditions must hold, and the values of one condition are alternatives. */
export interface ArticleCondition {
  section?: string[] | null;
  tag?: string[] | null;
  authorId?: string[] | null;
  author?: string[] | null;
  genre?: Genre[] | null;
  language?: string | null;
  publishedAfter?: Date | null;
  publishedBefore?: Date | null;
  breaking?: boolean | null;
  isAccessibleForFree?: boolean | null;
  exclude?: string[] | null;
}

/** The SQL of each condition; the placeholder with its name holds its value. */
const conditions: Record<
  Exclude<keyof ArticleCondition, 'section' | 'tag' | 'author' | 'authorId'>,
  (on: unknown) => SQL
> = {
  genre: () => sql`${articles.genre} = any(${sql.placeholder('genre')}::text[])`,
  language: () => sql`(${articles.inLanguage} = ${sql.placeholder('language')}::text
    or starts_with(${articles.inLanguage}, ${sql.placeholder('language')}::text || '-'))`,
  publishedAfter: () => sql`${articles.visibleFrom} > ${sql.placeholder('publishedAfter')}::timestamptz`,
  publishedBefore: () => sql`${articles.visibleFrom} < ${sql.placeholder('publishedBefore')}::timestamptz`,
  // Written as a constant, so that the partial index of breaking stories applies.
  breaking: (on) => (on ? sql`${articles.breaking}` : sql`not ${articles.breaking}`),
  isAccessibleForFree: (on) =>
    on ? sql`${articles.visibility} = 'PUBLIC'` : sql`${articles.visibility} <> 'PUBLIC'`,
  exclude: () => sql`not ${articles.id} = any(${sql.placeholder('exclude')}::uuid[])`,
};

/** The kinds of list that conditions name: by id for `authorId`, by slug for the others. */
export const listConditions = {
  authorId: 'AUTHOR',
  author: 'AUTHOR',
  tag: 'TAG',
  section: 'SECTION',
} as const satisfies Record<string, ListKind>;
export type ListCondition = keyof typeof listConditions;

export const namedLists = (name: ListCondition): SQL =>
  name === 'authorId'
    ? sql`select unnest(${sql.placeholder(name)}::uuid[])`
    : sql`select ${lists.id} from ${lists} where ${lists.kind} = ${sql.raw(`'${listConditions[name]}'`)} and ${lists.slug} = any(${sql.placeholder(name)}::text[])`;

const columnOf = {
  authorId: articles.authorIds,
  author: articles.authorIds,
  tag: articles.tagIds,
  section: articles.sectionId,
};

/** Whether a story is in one of the lists that a condition names. */
function isInList(name: ListCondition): SQL {
  return name === 'section'
    ? sql`${articles.sectionId} in (${namedLists(name)})`
    : sql`${columnOf[name]} && array(${namedLists(name)})`;
}

/** The placeholder values for `conditionsOn`. */
export function conditionValues(condition: ArticleCondition): Record<string, unknown> {
  return {
    ...condition,
    section: condition.section?.map(normalisedSlug),
    tag: condition.tag?.map(normalisedSlug),
    exclude: condition.exclude?.filter(isId),
    authorId: condition.authorId?.filter(isId),
    publishedAfter: condition.publishedAfter?.toISOString(),
    publishedBefore: condition.publishedBefore?.toISOString(),
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
