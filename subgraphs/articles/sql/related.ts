/**
 * The stories related to a story: those the editors chose, those its text links to, then similar ones. Rare terms weigh
 * most, by their current counts. Relations are not stored.
 */
import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../store/database.ts';
import { reasonOf } from '../story/reason.ts';
import {
  articles,
  bodies,
  keywords,
  links,
  listings,
  lists,
  profiles,
  slugs,
  vocabulary,
} from '../tables.ts';
import type { ArticleRow } from './lists.ts';
import { isVisible } from './visible.ts';

export type RelatedSource = 'CURATED' | 'INLINE' | 'AUTOMATIC';

export interface RelatedRow {
  article: ArticleRow;
  source: RelatedSource;
  /** 0 to 1, for automatic relations only. */
  score: number | null;
  reason: string;
}

/** The maximum number of related stories. */
export const relatedAtMost = 40;

/** Limits that bound the cost of a query, with a thousand stories or a million. */
const bounds = {
  /** Candidates for each term, those with the highest weight. */
  ofTerm: 60,
  /** Tags considered, and candidates of each, before and after the story. */
  tags: 20,
  ofTag: 8,
  /** Stories that are compared in full. */
  compared: 60,
};

/** The factors of each kind of similarity; docs/decisions/0048 has the measurements. */
const weights = {
  title: 0.5,
  named: 2,
  tags: 0.5,
  newsTime: 2,
  otherTime: 1,
  later: 0.75,
  otherLanguage: 0.2,
};
/** The value of shared tags alone, and the share of terms below which two stories are not similar. */
const tagsAlone = 0.02;
const shareAtLeast = 0.01;

const sources: readonly RelatedSource[] = ['CURATED', 'INLINE', 'AUTOMATIC'];
const number = (value: number): SQL => sql.raw(String(value));

export function openRelated({ sql: db, read }: Pick<Database, 'sql' | 'read'>, clock: () => Date) {
  const statement = read(
    'articles_related',
    db
      .select({
        story: sql<string>`r.story`,
        source: sql<number>`r.source`,
        score: sql<number | null>`r.score`,
        terms: sql<string[] | null>`r.terms`,
        tags: sql<
          string[] | null
        >`(select array_agg(l.name order by l.name) from ${lists} l where l.id = any(r.tags))`,
        headline: sql<string>`r.headline`,
        article: articles,
      })
      .from(sql`(${ranked()}) as r`)
      .innerJoin(articles, and(eq(articles.id, sql`r.id`), isVisible()))
      .orderBy(asc(sql`r.story`), asc(sql`r.rank`)),
  );

  /** The related stories of each story, at most `depth`, in the order of the ids. */
  return async (ids: readonly string[], depth: number): Promise<RelatedRow[][]> => {
    const rows = await statement({
      ids,
      depth: Math.min(depth, relatedAtMost),
      now: clock().toISOString(),
    });
    const byStory = new Map<string, RelatedRow[]>(ids.map((id) => [id, []]));
    for (const { story, source: sourceIndex, score, terms, tags, headline, article } of rows) {
      const source = sources[sourceIndex] ?? 'AUTOMATIC';
      const shared = { terms: terms ?? [], tags: tags ?? [], headlines: [article.headline, headline] };
      const reason =
        source === 'CURATED'
          ? 'Chosen by the editors'
          : source === 'INLINE'
            ? 'Linked in the story'
            : reasonOf(shared, article);
      byStory.get(story)?.push({ article, source, score: source === 'AUTOMATIC' ? score : null, reason });
    }
    return ids.map((id) => byStory.get(id) ?? []);
  };
}

const now = sql`${sql.placeholder('now')}::timestamptz`;

/** The related stories of all requested stories, with their ranks. */
function ranked(): SQL {
  const none = sql`null::float8 as score, null::uuid[] as tags, null::int[] as prints`;
  const curated = sql`
    select requested.id as story, s.article_id as id, 0 as source, min(r.position)::float8 as place, ${none}
    from requested cross join lateral unnest(requested.related_slugs) with ordinality as r(slug, position)
    join ${slugs} s on s.slug = r.slug group by 1, 2`;
  const inline = sql`
    select l.article_id as story, s.article_id as id, 1 as source, min(l.position)::float8 as place, ${none}
    from ${links} l join ${slugs} s on s.slug = l.slug
    where l.article_id = any(${sql.placeholder('ids')}::uuid[]) group by 1, 2`;
  // Of near-duplicate stories only the closest is shown.
  return sql`
    with requested as materialized (${requestedStories()}), term_values as materialized (${termValues()}),
    self as (select story, sum(value * weight) as most from term_values group by story),
    candidates as (${candidateStories()}), alike as materialized (${comparedStories()}),
    relations as (${curated} union all ${inline} union all
      select story, id, 2, - score, score, tags, prints from alike),
    deduplicated as (select distinct on (story, id) * from relations where id <> story order by story, id, source),
    numbered as (
      select deduplicated.*, row_number() over (partition by story, coalesce(prints::text, id::text) order by source, place, id) as occurrence
      from deduplicated),
    ranked_stories as (
      select numbered.*, row_number() over (partition by numbered.story order by numbered.source, numbered.place, numbered.id) as rank
      from numbered join ${articles} candidate on candidate.id = numbered.id
      where numbered.occurrence = 1 and candidate.pub_status = 'USABLE' and candidate.visible_from <= ${now})
    select ranked_stories.*, requested.headline, array(
        select term_values.term from ${profiles} p cross join lateral unnest(p.terms) as t(term)
        join term_values on term_values.story = ranked_stories.story and term_values.term = t.term
        where p.article_id = ranked_stories.id and ranked_stories.source = 2 order by term_values.value * term_values.weight desc limit 12
      ) as terms
    from ranked_stories join requested on requested.id = ranked_stories.story where rank <= ${sql.placeholder('depth')}`;
}

const requestedStories = (): SQL => sql`
  select a.id, a.headline, a.tag_ids, a.related_slugs, coalesce(a.visible_from, ${now}) as time, a.in_language, a.genre,
    p.terms, p.weights, p.title, p.title_weights, p.prints,
    array(select lexeme from ${bodies} b cross join lateral unnest(tsvector_to_array(b.search)) as t(lexeme)
      where b.article_id = a.id) as words
  from ${articles} a left join ${profiles} p on p.article_id = a.id where a.id = any(${sql.placeholder('ids')}::uuid[])`;

/** The rarity of a term by its number of stories; 0 if half of all stories contain it. */
const rarityOf = (stories: SQL): SQL =>
  sql`greatest(0, ln((total.stories - least(${stories}, total.stories) + 0.5) / (least(${stories}, total.stories) + 0.5)))`;
const total = sql`(select greatest(coalesce(max(stories), 1), 1)::float8 as stories from ${vocabulary} where word = '') as total`;

/** The terms of the requested stories, with their rarity. */
const termValues = (): SQL => sql`
  select * from (
    select requested.id as story, t.term, t.weight::float8 / 1000 as weight,
      t.weight::float8 / 1000 * ${rarityOf(sql`coalesce(v.stories, 1)`)} as value
    from requested cross join ${total} cross join lateral unnest(requested.terms, requested.weights) as t(term, weight)
    left join ${vocabulary} v on v.word = t.term
  ) as terms where value > 0`;

/** Candidates: stories with the same terms, and stories with the same tags from about the same time. */
function candidateStories(): SQL {
  const near = (beyond: SQL, order: SQL) => sql`
    (select l.article_id from ${listings} l where l.list_id = t.id and l.visible_from ${beyond}
      order by l.visible_from ${order} limit ${number(bounds.ofTag)})`;
  return sql`
    select story, id, max(shared) as shared from (
      select story, id, shared, row_number() over (partition by story order by shared desc, id) as rank from (
        select term_values.story, k.article_id as id, sum(term_values.value * k.weight / 1000) as shared
        from term_values cross join lateral (
          select ${keywords.articleId}, ${keywords.weight} from ${keywords} where ${keywords.keyword} = term_values.term
          order by ${keywords.weight} desc, ${keywords.articleId} desc limit ${number(bounds.ofTerm)}
        ) as k
        where k.article_id <> term_values.story group by 1, 2 having count(*) > 1) as sums
      union all
      select requested.id, near.article_id, 0, 0 from requested
      cross join lateral unnest(requested.tag_ids[1:${number(bounds.tags)}]) as t(id)
      cross join lateral (${near(sql`<= least(requested.time, ${now})`, sql`desc`)} union all
        ${near(sql`> requested.time and l.visible_from <= ${now}`, sql`asc`)}) as near
    ) as either where rank <= ${number(bounds.compared)} and id <> story group by 1, 2`;
}

/** The similarity of candidates: the shared terms, multiplied by a factor for each other similarity. */
function comparedStories(): SQL {
  const share = (part: SQL, whole: SQL) => sql`coalesce(${part} / nullif(${whole}, 0), 0)`;
  return sql`
    select story, id, tags, prints, round((closeness / (1 + closeness))::numeric, 4)::float8 as score from (
      select c.story, c.id, tagged.ids as tags, case when cardinality(p.prints) > 0 then p.prints end as prints,
        (${share(sql`c.shared`, sql`self.most`)} + ${number(tagsAlone)} * tagged.share)
        * (1 + ${number(weights.title)} * ${share(sql`titles.both`, sql`greatest(titles.own, titles.requested_total)`)})
        * (1 + ${number(weights.named)} * power(${share(sql`titles.named`, sql`titles.own`)}, 2))
        * (1 + ${number(weights.tags)} * tagged.share)
        * (1 + case when requested.genre = 'NEWS' then ${number(weights.newsTime)} else ${number(weights.otherTime)} end
            * exp(- abs(extract(epoch from a.visible_from - requested.time)::float8) / 31557600))
        * case when a.visible_from > requested.time then ${number(weights.later)} else 1 end
        * case when split_part(lower(a.in_language), '-', 1) = split_part(lower(requested.in_language), '-', 1)
            then 1 else ${number(weights.otherLanguage)} end as closeness
      from candidates c join requested on requested.id = c.story left join self on self.story = c.story
      join ${articles} a on a.id = c.id and a.pub_status = 'USABLE' and a.visible_from <= ${now}
      left join ${profiles} p on p.article_id = c.id
      cross join lateral (
        select sum(t.weight)::float8 as own,
          (select sum(weight)::float8 from unnest(requested.title_weights) as q(weight)) as requested_total,
          (sum(t.weight) filter (where t.term = any(requested.title)))::float8 as both,
          (sum(t.weight) filter (where t.term = any(requested.words)))::float8 as named
        from unnest(p.title, p.title_weights) as t(term, weight)) as titles
      cross join lateral (
        select coalesce(sum(rare) filter (where tag = any(a.tag_ids)) / nullif(sum(rare), 0), 0) as share,
          array_agg(tag) filter (where tag = any(a.tag_ids)) as ids
        from (
          select t.tag, 0.1 + ${rarityOf(sql`coalesce(v.stories, 1)`)} as rare
          from ${total} cross join unnest(requested.tag_ids[1:${number(bounds.tags)}]) as t(tag)
          left join ${vocabulary} v on v.word = '#' || substr(replace(t.tag::text, '-', ''), 1, 16)
        ) as rarity) as tagged
      where (${share(sql`c.shared`, sql`self.most`)} >= ${number(shareAtLeast)} or tagged.share > 0)
        and (p.prints is null or cardinality(p.prints) = 0 or requested.prints is null
          or (select count(*) from unnest(p.prints, requested.prints) as t(one, other) where one = other) < 7)
    ) as compared`;
}
