/** Puts content into a store: the outcome that every store reports, and writes that happen only where a row differs. */
import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Sql } from './database.ts';
import { sqlStateOf, withoutValues } from './databaseFailure.ts';
import { type OutboxChange, type outboxTable, recordChanges } from './outbox.ts';
import { allocateSlugs } from './slug.ts';
import { insertRows } from './writeRows.ts';

/** The outcome of putting one item. Outcomes are in the order of the items. */
export interface PutOutcome {
  id: string;
  /** "unchanged" if the stored content is the same; no event is written then. */
  outcome: 'created' | 'updated' | 'unchanged';
  /** The assigned slug, which may differ from the requested one. */
  slug?: string;
  /** Notes for an editor, one sentence each. */
  notes: string[];
}

/**
 * Puts a list of items in one transaction, all or none. An invalid item rejects the call with a `ContentError` that
 * names it.
 */
export type Put<Content> = (items: readonly Content[], by: string) => Promise<PutOutcome[]>;

/** An invalid item: what was expected and the actual value. */
export class ContentError extends Error {
  override name = 'ContentError';
  readonly sourceId: string;
  /** The field of the content; undefined if the message begins with its name, or if there is none. */
  readonly field: string | undefined;
  /** Whether the field names something that does not exist. */
  readonly isUnknownReference: boolean;

  constructor(
    sourceId: string,
    message: string,
    { field, isUnknownReference = false }: { field?: string; isUnknownReference?: boolean } = {},
  ) {
    super(message);
    this.sourceId = sourceId;
    this.field = field;
    this.isUnknownReference = isUnknownReference;
  }
}

/** The columns that every content table has. */
type ContentTable = PgTable & { id: AnyPgColumn; contentHash: AnyPgColumn; slug?: AnyPgColumn };

/** A row to be written; `slug` is the requested one. */
interface ContentRow {
  id: string;
  contentHash: string;
  slug?: string;
}

/** A hash of the incoming content. An item with an unchanged hash is not written. */
export function hashOf(content: object): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}

/** Two puts of the same items collided; one of them has to start again. */
class Collision extends Error {
  override name = 'Collision';
}

/** The SQLSTATE of a unique violation, of a deadlock and of a serialisation failure. */
const collisions = new Set(['23505', '40P01', '40001']);
const attemptsAtMost = 4;

/**
 * Runs a put in one transaction, and retries it from its start after a collision with another put. A database error is
 * rethrown without the values that were to be stored.
 */
export async function inPut<Result>(db: Sql, work: (transaction: Sql) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction((transaction) => work(transaction as Sql));
    } catch (error) {
      if (error instanceof ContentError) throw error;
      const isCollision = error instanceof Collision || collisions.has(sqlStateOf(error) ?? '');
      if (!isCollision || attempt === attemptsAtMost) throw withoutValues(error);
    }
  }
}

interface Kind<Content, Row> {
  table: ContentTable;
  outbox: ReturnType<typeof outboxTable>;
  /** The GraphQL type, as events name it. */
  type: string;
  rowOf: (content: Content, at: Date) => Row;
  clock: () => Date;
}

/** The put function for items that are one row each. */
export function putOf<Content, Row extends ContentRow>(
  db: Sql,
  { table, outbox, type, rowOf, clock }: Kind<Content, Row>,
): Put<Content> {
  return (items, by) =>
    inPut(db, async (transaction) => {
      const at = clock();
      const rows = items.map((item) => rowOf(item, at));
      return (await putRows(transaction, { table, outbox, type, rows, by, at })).outcomes;
    });
}

interface Putting<Row> {
  table: ContentTable;
  outbox: ReturnType<typeof outboxTable>;
  /** The GraphQL type, as events name it. */
  type: string;
  rows: readonly Row[];
  by: string;
  at: Date;
  /** Returns the owners of slugs. Defaults to a query of the table itself. */
  slugOwners?: (slugs: string[]) => Promise<ReadonlyMap<string, string>>;
  /** Called with the ids of the existing rows before they are replaced. */
  beforeUpdate?: (ids: string[]) => Promise<void>;
  /** The kind of change that an update of this row is, if not "updated". */
  changeOf?: (row: Row) => OutboxChange['change'];
}

/**
 * Writes rows to a table within a transaction: new rows are inserted, different ones replaced, equal ones left alone,
 * and each change is written to the outbox. Takes at most five statements for any number of rows. `written` holds the
 * written rows with their assigned slugs. If an id occurs twice, the last row wins.
 */
export async function putRows<Row extends ContentRow>(
  transaction: Sql,
  { table, outbox, type, rows, by, at, slugOwners, beforeUpdate, changeOf }: Putting<Row>,
): Promise<{ outcomes: PutOutcome[]; written: Row[] }> {
  const latest = new Map(rows.map((row) => [row.id, row]));
  const stored = await storedRows(transaction, table, [...latest.keys()]);
  const changed = [...latest.values()].filter(
    ({ id, contentHash }) => stored.get(id)?.contentHash !== contentHash,
  );
  const slugs = await slugsOf(changed, slugOwners ?? ownersIn(transaction, table));
  const written = changed.map((row) => (row.slug === undefined ? row : { ...row, slug: slugs.get(row.id) }));
  if (written.length > 0) {
    await beforeUpdate?.(written.flatMap(({ id }) => (stored.has(id) ? [id] : [])));
    const inserted = await insertRows(transaction, table, written, { replacing: ['id'] });
    // Another put wrote the same row between the read and the write here, so rows that depend on the old one were not
    // updated.
    if (inserted.some(({ id, isNew }) => isNew === stored.has(id))) throw new Collision();
  }
  const outcomeOf = new Map([...latest.keys()].map((id) => [id, 'unchanged' as PutOutcome['outcome']]));
  for (const { id } of written) outcomeOf.set(id, stored.has(id) ? 'updated' : 'created');
  const changes = written.map((row) => {
    const change = stored.has(row.id) ? (changeOf?.(row as Row) ?? 'updated') : 'created';
    return { type, id: row.id, change } as const;
  });
  await recordChanges(transaction, outbox, changes, { by, at });
  const outcomes = rows.map(({ id, slug: wanted }) => {
    const slug = slugs.get(id) ?? stored.get(id)?.slug;
    const isOther = slugs.has(id) && slug !== wanted;
    const notes = isOther ? [`The slug "${wanted}" is taken, so it became "${slug}".`] : [];
    return { id, outcome: outcomeOf.get(id) ?? 'unchanged', notes, ...(slug === undefined ? {} : { slug }) };
  });
  return { outcomes, written: written as Row[] };
}

async function storedRows(transaction: Sql, table: ContentTable, ids: string[]) {
  const { id, contentHash, slug } = table;
  const rows = await transaction
    .select({
      id: sql<string>`${id}`,
      contentHash: sql<string>`${contentHash}`,
      slug: slug ? sql<string>`${slug}` : sql<null>`null`,
    })
    .from(table as PgTable)
    .where(sql`${id} = any(${sql.param(ids)}::uuid[])`)
    .for('update');
  return new Map(rows.map((row) => [row.id, { contentHash: row.contentHash, slug: row.slug ?? undefined }]));
}

function ownersIn(transaction: Sql, table: ContentTable) {
  return async (slugs: string[]) => {
    const { id, slug } = table;
    if (!slug) return new Map<string, string>();
    const rows = await transaction
      .select({ slug: sql<string>`${slug}`, id: sql<string>`${id}` })
      .from(table as PgTable)
      .where(sql`${slug} = any(${sql.param(slugs)})`);
    return new Map(rows.map((row) => [row.slug, row.id]));
  };
}

async function slugsOf(
  rows: readonly ContentRow[],
  ownersOf: (slugs: string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<Map<string, string>> {
  const applicants = rows.flatMap(({ id, slug }) => (slug === undefined ? [] : [{ id, slug }]));
  if (applicants.length === 0) return new Map();
  const slugs = await allocateSlugs(applicants, ownersOf);
  return new Map(applicants.map(({ id }, position) => [id, slugs[position] as string]));
}
