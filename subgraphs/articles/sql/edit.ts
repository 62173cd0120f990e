/** What editors do to a story: each in one transaction that holds it, so that of two who saw the same one only one wins. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { and, desc, eq, sql } from 'drizzle-orm';
import { badInput, conflict, quoted } from '../../errors.ts';
import { idOf } from '../../store/contentId.ts';
import type { Sql } from '../../store/database.ts';
import { recordChanges } from '../../store/outbox.ts';
import { hashOf, inPut } from '../../store/putContent.ts';
import { slugOf } from '../../store/slug.ts';
import type { CorrectionType } from '../content.ts';
import { firstPublished, visibleFrom } from '../story/dates.ts';
import { type CurrentStory, type EditedArticle, type EditedByline, mergeStory } from '../story/merge.ts';
import { type PreparedArticle, prepareArticle } from '../story/prepare.ts';
import { articles, bodies, lists, outbox } from '../tables.ts';
import { forgetListed, forgetWithdrawn, rememberListed } from './derived.ts';
import type { ArticleRow } from './lists.ts';
import { holdStory } from './lockStories.ts';
import { contributorOf, knownLists, putListRows, putPrepared, type Signed } from './write.ts';

/** Who edits, and what they saw. */
export interface Edit {
  by: string;
  /** The revision that they saw; where it is another by now, nothing is stored. Left out: whoever comes last wins. */
  expectedRevision?: string | null | undefined;
}

/** A publication may lie so far back: clocks differ, and a request takes its time. */
const graceMs = 60_000;
const correctionsAtMost = 100;

export function openEditing(db: Sql, clock: () => Date) {
  /** Changes a story that there is. What `change` answers is written; nothing where it answers nothing. */
  const editStory = (
    id: string,
    { by, expectedRevision }: Edit,
    change: (row: ArticleRow, at: Date, transaction: Sql) => Promise<Partial<ArticleRow> | null>,
  ): Promise<void> =>
    inPut(db, async (transaction) => {
      const at = clock();
      const row = await holdStory(transaction, id);
      if (!row) throw noSuchStory('id', id);
      await checkRevision(transaction, row, { by, expectedRevision });
      const changed = await change(row, at, transaction);
      if (!changed) return;
      const next: ArticleRow = { ...row, ...changed, revision: row.revision + 1 };
      const isMoved = !isSame(next.visibleFrom, row.visibleFrom);
      if (next.pubStatus === 'CANCELED') await forgetWithdrawn(transaction, [row.id]);
      else if (isMoved) await forgetListed(transaction, [row.id]);
      await transaction
        .update(articles)
        .set({ ...changed, revision: next.revision })
        .where(eq(articles.id, row.id));
      if (isMoved) await rememberListed(transaction, next);
      const kind = next.pubStatus === 'CANCELED' && row.pubStatus !== 'CANCELED' ? 'withdrawn' : 'updated';
      await recordChanges(transaction, outbox, [{ type: 'Article', id: row.id, change: kind }], { by, at });
    });

  return {
    /** Stores a story as an editor sends it; answers its id. `mayPublish`: whether they may change when it appears. */
    editArticle: (
      said: EditedArticle,
      { mayPublish, ...edit }: Edit & { mayPublish: boolean },
    ): Promise<string> =>
      inPut(db, async (transaction) => {
        const at = clock();
        const id = idOf('article', said.sourceId);
        const row = await holdStory(transaction, id);
        await checkRevision(transaction, row, edit);
        await putContributors(transaction, said.bylines ?? [], { by: edit.by, at });
        const standing = row ? await standingOf(transaction, row) : undefined;
        const content = mergeStory(said, standing, at);
        if (content.sectionSlug === '')
          throw badInput('Expected a new story to have a "sectionSlug", but got none.');
        if (content.visibility === 'TIERS' && !content.requiredTierIds?.length)
          throw badInput(
            'Expected "requiredTierIds" to name a tier where visibility is TIERS, but got none.',
          );
        const known = await knownLists(transaction, [content]);
        const prepared = prepareArticle(content, { known, stored: row ?? undefined, now: at });
        if (!mayPublish && !isSame(appearsAt(row), appearsAt(prepared.article)))
          throw badInput(
            'Expected a reader with the scope "articles:publish" to change when a story appears, but got: one without.',
          );
        if (row && (await isStored(transaction, row, prepared))) return id;
        // Never that of an import, so that the next import is looked at; never that of an earlier edit either.
        const contentHash = hashOf({ ...content, revision: prepared.article.revision });
        await putPrepared(transaction, [{ ...prepared, article: { ...prepared.article, contentHash } }], {
          by: edit.by,
          at,
        });
        return id;
      }),

    /** Has a story appear: now, or at its time. What has appeared already stays as it is. */
    publish: (id: string, time: Date | null, edit: Edit): Promise<void> =>
      editStory(id, edit, async (row, at) => {
        if (time && time.getTime() < at.getTime() - graceMs)
          throw badInput(`Expected "at" to be now or later, but got: ${quoted(time)}.`);
        if (row.pubStatus === 'CANCELED')
          throw badInput('Expected a story that was not withdrawn, but got: one that was.');
        const datePublished = time ?? at;
        const isUsable = row.pubStatus === 'USABLE';
        const isSettled = isUsable && row.datePublished !== null && row.datePublished <= at;
        const hasAppeared = isSettled && row.visibleFrom !== null && row.visibleFrom <= at;
        if (hasAppeared || (isSettled && !time)) return null;
        if (isUsable && isSame(datePublished, row.datePublished)) return null;
        return {
          pubStatus: 'USABLE',
          datePublished,
          dateFirstPublished: firstPublished({}, row, { datePublished, now: at }),
          dateModified: new Date(Math.max(row.dateModified.getTime(), datePublished.getTime())),
          visibleFrom: visibleFrom(datePublished, row.embargoedUntil),
        };
      }),

    /** Takes a story back for good, with its reason; one that was taken back stays as it is. */
    withdrawStory: (id: string, reason: string, edit: Edit): Promise<void> =>
      editStory(id, edit, async (row, at) => (row.pubStatus === 'CANCELED' ? null : withdrawn(reason, at))),

    /** The same for whoever does not mind; false where there is none to take back. */
    withdraw: (id: string, reason: string, by: string): Promise<boolean> =>
      inPut(db, async (transaction) => {
        const at = clock();
        const row = await holdStory(transaction, id);
        if (!row || row.pubStatus === 'CANCELED') return false;
        await forgetWithdrawn(transaction, [id]);
        await transaction
          .update(articles)
          .set({ ...withdrawn(reason, at), revision: row.revision + 1 })
          .where(eq(articles.id, id));
        await recordChanges(transaction, outbox, [{ type: 'Article', id, change: 'withdrawn' }], { by, at });
        return true;
      }),

    /** Adds a note to a story. */
    correct: (
      id: string,
      note: { correctionType: CorrectionType; text: string },
      edit: Edit,
    ): Promise<void> =>
      editStory(id, edit, async ({ corrections }, at) => {
        if (corrections.length >= correctionsAtMost)
          throw badInput(
            `Expected a story to have at most ${correctionsAtMost} notes, but got: ${corrections.length + 1}.`,
          );
        const added = { id: randomUUID(), ...note, datePublished: at.toISOString() };
        return { corrections: [...corrections, added], dateModified: at };
      }),

    /** The stories that the editors chose for a story, in order, in place of those before. */
    setRelated: (id: string, relatedIds: readonly string[], edit: Edit): Promise<void> =>
      editStory(id, edit, async (row, _, transaction) => {
        if (relatedIds.includes(row.id))
          throw badInput('Expected "relatedIds" to name other stories, but got: the story itself.');
        const relatedSlugs = await slugsOf(transaction, relatedIds);
        return isDeepStrictEqual(relatedSlugs, row.relatedSlugs) ? null : { relatedSlugs };
      }),
  };
}

const withdrawn = (reason: string, at: Date) =>
  ({
    pubStatus: 'CANCELED',
    withdrawnAt: at,
    withdrawnReason: reason,
    dateModified: at,
  }) satisfies Partial<ArticleRow>;

const noSuchStory = (name: string, id: string) =>
  badInput(`Expected "${name}" to be a story that there is, but got: ${quoted(id)}.`);

const isSame = (one: Date | null, other: Date | null) => one?.getTime() === other?.getTime();

/** When readers get to see a story; null for one that they are not to see. */
const appearsAt = (row: Pick<ArticleRow, 'pubStatus' | 'visibleFrom'> | null) =>
  row?.pubStatus === 'USABLE' ? row.visibleFrom : null;

async function checkRevision(
  transaction: Sql,
  row: ArticleRow | null,
  { by, expectedRevision }: Edit,
): Promise<void> {
  if (expectedRevision == null || expectedRevision === String(row?.revision)) return;
  const expected = `Expected the story to stand at revision ${quoted(expectedRevision)}`;
  if (!row) throw conflict(`${expected}, but there is none. Nothing was stored.`);
  const [last] = await transaction
    .select({ changedAt: outbox.changedAt, changedBy: outbox.changedBy })
    .from(outbox)
    .where(and(eq(outbox.type, 'Article'), eq(outbox.id, row.id)))
    .orderBy(desc(outbox.position))
    .limit(1);
  const when = last ? ` at ${last.changedAt.toISOString()}` : '';
  const who = last?.changedBy === by ? 'by you' : 'by somebody else';
  throw conflict(`${expected}, but it was changed ${who}${when}. Nothing was stored.`);
}

/** Authors whom Articles does not know yet, as the byline names them: what Authors says of them may come later. */
async function putContributors(
  transaction: Sql,
  bylines: readonly EditedByline[],
  signed: Signed,
): Promise<void> {
  const named = bylines.flatMap(({ authorId, displayName, authorSlug }) =>
    authorId === undefined
      ? []
      : [{ id: authorId, name: displayName, slug: slugOf(authorSlug ?? displayName) }],
  );
  if (named.length === 0) return;
  const ids = named.map(({ id }) => id);
  const rows = await transaction
    .select({ id: lists.id, name: lists.name })
    .from(lists)
    .where(sql`${lists.id} = any(${sql.param(ids)}::uuid[])`);
  const known = new Map(rows.map((row) => [row.id, row.name]));
  for (const byline of bylines) {
    // Whom Articles knows needs no name.
    if (byline.displayName === '') byline.displayName = known.get(byline.authorId ?? '') ?? '';
    if (byline.displayName === '')
      throw badInput(
        'Expected "displayName" of a byline to hold a name where its author is not known, but got none.',
      );
  }
  const missing = named.filter(({ id }) => !known.has(id)).map(contributorOf);
  await putListRows(transaction, { ...signed, rows: missing, type: 'Author' });
}

async function standingOf(transaction: Sql, row: ArticleRow): Promise<CurrentStory> {
  const ids = [row.sectionId, ...row.tagIds];
  const named = await transaction
    .select({ id: lists.id, slug: lists.slug })
    .from(lists)
    .where(sql`${lists.id} = any(${sql.param(ids)}::uuid[])`);
  const slugById = new Map(named.map(({ id, slug }) => [id, slug]));
  const [body] = await transaction
    .select({ freeText: bodies.freeText })
    .from(bodies)
    .where(eq(bodies.articleId, row.id));
  return {
    row,
    sectionSlug: slugById.get(row.sectionId) ?? '',
    tagSlugs: row.tagIds.flatMap((id) => slugById.get(id) ?? []),
    freeText: body?.freeText ?? '',
  };
}

/** Whether a story stands as it would be written, but for when. */
async function isStored(
  transaction: Sql,
  row: ArticleRow,
  { article, blocks }: PreparedArticle,
): Promise<boolean> {
  if (!isDeepStrictEqual(comparable(row), comparable(article))) return false;
  const [body] = await transaction
    .select({ blocks: bodies.blocks })
    .from(bodies)
    .where(eq(bodies.articleId, row.id));
  return isDeepStrictEqual(body?.blocks, JSON.parse(JSON.stringify(blocks)));
}

function comparable({ contentHash, revision, dateModified, ...rest }: ArticleRow): unknown {
  return JSON.parse(JSON.stringify(rest));
}

async function slugsOf(transaction: Sql, ids: readonly string[]): Promise<string[]> {
  const rows = await transaction
    .select({ id: articles.id, slug: articles.slug })
    .from(articles)
    .where(sql`${articles.id} = any(${sql.param([...ids])}::uuid[])`);
  const found = new Map(rows.map(({ id, slug }) => [id, slug]));
  return ids.map((id) => {
    const slug = found.get(id);
    if (slug === undefined) throw noSuchStory('relatedIds', id);
    return slug;
  });
}
