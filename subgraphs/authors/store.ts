/** The store of Authors, with all of its SQL. */
import { and, asc, count, desc, eq, gt, ilike, lt, type SQL, sql } from 'drizzle-orm';
import type { KeysetPageRequest } from '../graph/connection.ts';
import { failureOf, languageOf, referenceOf, textOf, urlOf } from '../graph/contentChecks.ts';
import { idOf, isId, isText } from '../store/contentId.ts';
import { countedAtMost } from '../store/countLimit.ts';
import type { Database } from '../store/database.ts';
import { editOf } from '../store/editRow.ts';
import { type MediaUse, openWriteListeners } from '../store/mediaUse.ts';
import { openChanges } from '../store/outbox.ts';
import { hashOf, putOf } from '../store/putContent.ts';
import { normalisedSlug, slugOf } from '../store/slug.ts';
import type { AuthorContent } from './content.ts';
import { authors, outbox } from './tables.ts';

/** Authors have no publication time: they are visible once stored. */
const always = new Date(0);

export type AuthorRow = typeof authors.$inferSelect;

export interface AuthorCondition {
  jobTitle?: string | null;
  desk?: string | null;
  isStaff?: boolean | null;
  name?: string | null;
}

export type AuthorsStore = ReturnType<typeof openAuthorsStore>;

/** Opens the store on a database whose migrations are applied. `clock` gives the time of writes. */
export function openAuthorsStore(database: Database, clock: () => Date = () => new Date()) {
  const { sql: db, read } = database;
  const byIds = read(
    'authors_by_ids',
    db
      .select()
      .from(authors)
      .where(sql`${authors.id} = any(${sql.placeholder('ids')}::uuid[])`),
  );
  const bySlugs = read(
    'authors_by_slugs',
    db
      .select()
      .from(authors)
      .where(sql`${authors.slug} = any(${sql.placeholder('slugs')}::text[])`),
  );

  // Each change of an author adds an outbox row while the author's row is locked, so the latest position is the
  // version.
  const portraits = read(
    'author_portraits',
    db
      .select({
        id: authors.id,
        avatarId: authors.avatarId,
        version:
          sql<number>`(select coalesce(max(position), 0) from ${outbox} where type = 'Author' and ${outbox.id} = ${authors.id})`
            .mapWith(Number)
            .as('version'),
      })
      .from(authors)
      .where(sql`${authors.id} = any(${sql.placeholder('ids')}::uuid[])`),
  );
  const listeners = openWriteListeners();

  return {
    /** In the order of the ids; null for a missing author. */
    async byIds(ids: readonly string[]): Promise<(AuthorRow | null)[]> {
      const rows = await byIds({ ids: ids.filter(isId) });
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id) ?? null);
    },

    ...openChanges(database, outbox),

    /** In the order of the slugs; null for a missing author. */
    async bySlugs(requested: readonly string[]): Promise<(AuthorRow | null)[]> {
      const slugs = requested.map(normalisedSlug);
      const rows = await bySlugs({ slugs: slugs.filter(isText) });
      const bySlug = new Map(rows.map((row) => [row.slug, row]));
      return slugs.map((slug) => bySlug.get(slug) ?? null);
    },

    /** A page ordered by name, in reading direction, with one extra row if there are more. */
    list(condition: AuthorCondition, { limit, isBackward, key }: KeysetPageRequest): Promise<AuthorRow[]> {
      const [beyond, direction] = isBackward ? [lt, desc] : [gt, asc];
      const position = sql`(${authors.name}, ${authors.id})`;
      return db
        .select()
        .from(authors)
        .where(and(...conditionsOf(condition), key && beyond(position, sql`(${key[0]}, ${key[1]}::uuid)`)))
        .orderBy(direction(authors.name), direction(authors.id))
        .limit(limit + 1);
    },

    /** Whether no author is stored. */
    isEmpty: async (): Promise<boolean> =>
      (await db.select({ id: authors.id }).from(authors).limit(1)).length === 0,

    /** The number of authors; `countedAtMost` if there are more. */
    async count(condition: AuthorCondition): Promise<number> {
      const counted = db
        .select({ id: authors.id })
        .from(authors)
        .where(and(...conditionsOf(condition)))
        .limit(countedAtMost)
        .as('counted');
      const [row] = await db.select({ total: count() }).from(counted);
      return row?.total ?? 0;
    },

    onWritten: listeners.onWritten,

    /** The portraits of these authors, which are visible to everybody. */
    async mediaUses(ids: readonly string[]): Promise<MediaUse[]> {
      const rows = await portraits({ ids });
      return rows.map(({ id: userId, avatarId, version }) => ({
        ...{ userId, version, visibleFrom: always, gatedIds: [] },
        openIds: avatarId === null ? [] : [avatarId],
      }));
    },

    editAuthor: listeners.notifying(
      editOf(db, { table: authors, outbox, type: 'Author', rowOf, clock }),
      (id) => [id],
    ),

    putAuthors: listeners.notifying(
      putOf(db, { table: authors, outbox, type: 'Author', rowOf, clock }),
      (outcomes) => outcomes.filter(({ outcome }) => outcome !== 'unchanged').map(({ id }) => id),
    ),
  };
}

function conditionsOf({ jobTitle, desk, isStaff, name }: AuthorCondition): SQL[] {
  return [
    jobTitle == null ? undefined : eq(authors.jobTitle, jobTitle),
    desk == null ? undefined : eq(authors.desk, desk),
    isStaff == null ? undefined : eq(authors.isStaff, isStaff),
    name == null ? undefined : ilike(authors.name, `%${name.replace(/[\\%_]/g, '\\$&')}%`),
  ].filter((condition) => condition !== undefined);
}

function rowOf(content: AuthorContent, updatedAt: Date): AuthorRow {
  const { sourceId } = content;
  const name = textOf(content.name) ?? failureOf(sourceId)('an author to have a name', content.name, 'name');
  return {
    id: idOf('author', content.sourceId),
    sourceId: content.sourceId,
    contentHash: hashOf(content),
    slug: slugOf(content.slug ?? name),
    name,
    givenName: content.givenName ?? null,
    familyName: content.familyName ?? null,
    jobTitle: content.jobTitle ?? null,
    desk: content.desk ?? null,
    bio: content.bio ?? null,
    longBio: content.longBio ?? null,
    avatarId: referenceOf(sourceId, 'avatarId', content.avatarId),
    location: content.location ?? null,
    knowsAbout: content.knowsAbout ?? [],
    knowsLanguage: (content.knowsLanguage ?? []).flatMap(
      (tag) => languageOf(sourceId, 'knowsLanguage', tag) ?? [],
    ),
    sameAs: (content.sameAs ?? []).map((link) => ({
      ...link,
      url: urlOf(sourceId, 'sameAs.url', link.url) ?? '',
    })),
    email: content.email ?? null,
    isStaff: content.isStaff ?? true,
    updatedAt,
  };
}
