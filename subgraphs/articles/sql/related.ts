/**
 * The stories related to a story: those the editors chose, those that its text links to, then those that share
 * its tags and words, the newer the better. Each list of candidates has a fixed length, so that the question
 * costs the same in a newsroom of a thousand stories and of a million.
 */
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Database } from '../../database.ts';
import { articles, keywords, links, listings, lists, slugs } from '../tables.ts';
import type { ArticleRow } from './lists.ts';
import { isVisible } from './visible.ts';

export type RelatedSource = 'CURATED' | 'INLINE' | 'AUTOMATIC';

export interface RelatedRow {
  article: ArticleRow;
  source: RelatedSource;
  /** 0 to 1, of automatic ones only. */
  score: number | null;
  reason: string;
}

/** A story has no more related stories than this. */
export const relatedAtMost = 40;

/** How many of each tag's and each keyword's newest stories are looked at. */
const candidates = 30;

const sources: readonly RelatedSource[] = ['CURATED', 'INLINE', 'AUTOMATIC'];

export function openRelated({ sql: db, read }: Pick<Database, 'sql' | 'read'>, clock: () => Date) {
  const now = sql`${sql.placeholder('now')}::timestamptz`;
  const asked = sql`
    select a.id, a.tag_ids, a.keywords, a.related_slugs
    from ${articles} a where a.id = any(${sql.placeholder('ids')}::uuid[])`;
  const curated = sql`
    select asked.id as story, s.article_id as id, 0 as source, min(r.position)::float8 as place,
      null::text[] as tags, null::text[] as words
    from asked cross join lateral unnest(asked.related_slugs) with ordinality as r(slug, position)
    join ${slugs} s on s.slug = r.slug group by 1, 2`;
  const inline = sql`
    select l.article_id as story, s.article_id as id, 1 as source, min(l.position)::float8 as place,
      null::text[] as tags, null::text[] as words
    from ${links} l join ${slugs} s on s.slug = l.slug
    where l.article_id = any(${sql.placeholder('ids')}::uuid[]) group by 1, 2`;
  const shared = sql`
    select asked.id as story, c.article_id as id, c.visible_from, c.tag, c.word,
      cardinality(asked.tag_ids) as tags_asked, cardinality(asked.keywords) as words_asked
    from asked cross join lateral (
      select recent.article_id, recent.visible_from, list.name as tag, null::text as word
      from unnest(asked.tag_ids) as t(id) join ${lists} list on list.id = t.id cross join lateral (
        select l.article_id, l.visible_from from ${listings} l
        where l.list_id = t.id and l.visible_from <= ${now}
        order by l.visible_from desc, l.article_id desc limit ${sql.raw(String(candidates))}
      ) as recent
      union all
      select recent.article_id, recent.visible_from, null, w.word
      from unnest(asked.keywords) as w(word) cross join lateral (
        select k.article_id, k.visible_from from ${keywords} k
        where k.keyword = w.word and k.visible_from <= ${now}
        order by k.visible_from desc, k.article_id desc limit ${sql.raw(String(candidates))}
      ) as recent
    ) as c`;
  // Tags weigh as much as words; a story a year old counts about half as much as one of today.
  const automatic = sql`
    select story, id, 2 as source,
      - round(((
        count(tag)::numeric / greatest(tags_asked, 1) + count(word)::numeric / greatest(words_asked, 1)) / 2
        * (0.25 + 0.75 * exp(- extract(epoch from ${now} - visible_from)::numeric / 31557600)))::numeric, 4)::float8 as place,
      array_agg(tag order by tag) filter (where tag is not null) as tags,
      array_agg(word order by word) filter (where word is not null) as words
    from shared group by story, id, visible_from, tags_asked, words_asked
    having count(tag) > 0 or count(word) > 1`;
  const ranked = sql`
    with asked as materialized (${asked}), shared as (${shared}),
    found as (${curated} union all ${inline} union all ${automatic}),
    once as (select distinct on (story, id) * from found where id <> story order by story, id, source),
    placed as (
      select once.*, row_number() over (partition by once.story order by once.source, once.place, once.id) as rank
      from once join ${articles} seen on seen.id = once.id
      where seen.pub_status = 'USABLE' and seen.visible_from <= ${now})
    select * from placed where rank <= ${sql.placeholder('depth')}`;
  const statement = read(
    'articles_related',
    db
      .select({
        story: sql<string>`r.story`,
        source: sql<number>`r.source`,
        place: sql<number>`r.place`,
        tags: sql<string[] | null>`r.tags`,
        words: sql<string[] | null>`r.words`,
        article: articles,
      })
      .from(sql`(${ranked}) as r`)
      .innerJoin(articles, and(eq(articles.id, sql`r.id`), isVisible()))
      .orderBy(asc(sql`r.story`), asc(sql`r.rank`)),
  );

  /** The related stories of each story, `depth` at most, in the order of the ids. */
  return async (ids: readonly string[], depth: number): Promise<RelatedRow[][]> => {
    const rows = await statement({
      ids,
      depth: Math.min(depth, relatedAtMost),
      now: clock().toISOString(),
    });
    const found = new Map<string, RelatedRow[]>(ids.map((id) => [id, []]));
    for (const { story, source, place, tags, words, article } of rows) {
      const isAutomatic = source === 2;
      found.get(story)?.push({
        article,
        source: sources[source] ?? 'AUTOMATIC',
        score: isAutomatic ? -place : null,
        reason: isAutomatic
          ? reasonOf(tags ?? [], words ?? [])
          : source === 0
            ? 'Chosen by the editors'
            : 'Linked in the story',
      });
    }
    return ids.map((id) => found.get(id) ?? []);
  };
}

function reasonOf(tags: readonly string[], words: readonly string[]): string {
  if (tags.length === 0) return `Also about ${listed(words.slice(0, 3))}`;
  return `Shares the ${tags.length === 1 ? 'tag' : 'tags'} ${listed(tags.slice(0, 3))}`;
}

const listed = (names: readonly string[]) => new Intl.ListFormat('en').format(names);
