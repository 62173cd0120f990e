/** Which stories are asked for: conditions as callers give them, as SQL over `articles`, with placeholders for their values. */
import { type SQL, sql } from 'drizzle-orm';
import { isId } from '../../store/contentId.ts';
import { normalisedSlug } from '../../store/slug.ts';
import type { Genre } from '../content.ts';
import { articles, type ListKind, lists } from '../tables.ts';

/** Which stories; all conditions hold together, and the values of one are alternatives. */
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

/** How each condition is written; a placeholder of its own name holds its value. */
const conditions: Record<
  Exclude<keyof ArticleCondition, 'section' | 'tag' | 'author' | 'authorId'>,
  (on: unknown) => SQL
> = {
  genre: () => sql`${articles.genre} = any(${sql.placeholder('genre')}::text[])`,
  language: () => sql`(${articles.inLanguage} = ${sql.placeholder('language')}::text
    or starts_with(${articles.inLanguage}, ${sql.placeholder('language')}::text || '-'))`,
  publishedAfter: () => sql`${articles.visibleFrom} > ${sql.placeholder('publishedAfter')}::timestamptz`,
  publishedBefore: () => sql`${articles.visibleFrom} < ${sql.placeholder('publishedBefore')}::timestamptz`,
  // Written out, so that the index of breaking stories serves it.
  breaking: (on) => (on ? sql`${articles.breaking}` : sql`not ${articles.breaking}`),
  isAccessibleForFree: (on) =>
    on ? sql`${articles.visibility} = 'PUBLIC'` : sql`${articles.visibility} <> 'PUBLIC'`,
  exclude: () => sql`not ${articles.id} = any(${sql.placeholder('exclude')}::uuid[])`,
};

/** The lists that a condition names: ids for authors, slugs for the others. */
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

/** A story stands in one of the lists that a condition names. */
function standsIn(name: ListCondition): SQL {
  return name === 'section'
    ? sql`${articles.sectionId} in (${namedLists(name)})`
    : sql`${columnOf[name]} && array(${namedLists(name)})`;
}

/** What fills the placeholders of `conditionsOn`. */
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

/** The conditions that are set, as SQL over `articles`; `except` is seen to elsewhere. */
export function conditionsOn(
  condition: Partial<Record<keyof ArticleCondition, unknown>>,
  except?: string,
): SQL[] {
  return Object.entries(condition).flatMap(([name, value]) => {
    if (value == null || name === except) return [];
    if (name in listConditions) return [standsIn(name as ListCondition)];
    return [conditions[name as keyof typeof conditions](value)];
  });
}
