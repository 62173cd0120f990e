/**
 * Edits of a story, each in one transaction that locks it, so that of two concurrent edits with the same revision only
 * one succeeds.
 */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { and, desc, eq, sql } from 'drizzle-orm';
import { badInput, conflict, forbidden, quoted, unknownReference } from '../../errors.ts';
import { idOf } from '../../store/contentId.ts';
import type { Sql } from '../../store/database.ts';
import { recordChanges } from '../../store/outbox.ts';
import { hashOf, inPut } from '../../store/putContent.ts';
import { slugOf } from '../../store/slug.ts';
import type { CorrectionType } from '../content.ts';
import { firstPublished, isSame, removedAt, visibleFrom } from '../story/dates.ts';
import { type CurrentStory, type EditedArticle, type EditedByline, mergeStory } from '../story/merge.ts';
import { type PreparedArticle, prepareArticle } from '../story/prepare.ts';
import { articles, bodies, lists, outbox } from '../tables.ts';
import { deleteDerivedOfWithdrawn, deleteListings, updateListings } from './derived.ts';
import type { ArticleRow } from './lists.ts';
import { lockStory } from './lockStories.ts';
import { type ChangeAuthor, contributorOf, knownLists, putListRows, putPrepared } from './write.ts';

/** The editor, and the revision that the edit is based on. */
export interface Edit {
  by: string;
  /** The expected revision; if the stored one differs, nothing is stored. Omitted: the last write wins. */
  expectedRevision?: string | null | undefined;
}

/** How far in the past a publication time may lie: clocks differ, and requests take time. */
const graceMs = 60_000;
const correctionsAtMost = 100;

export function openEditing(db: Sql, clock: () => Date) {
  /** Changes an existing story. Writes the fields that `change` returns; nothing if it returns null. */
  const editStory = (
    id: string,
    { by, expectedRevision }: Edit,
    change: (row: ArticleRow, at: Date, transaction: Sql) => Promise<Partial<ArticleRow> | null>,
  ): Promise<void> =>
    inPut(db, async (transaction) => {
      const at = clock();
      const row = await lockStory(transaction, id);
      if (!row) throw noSuchStory('id', id);
      await checkRevision(transaction, row, { by, expectedRevision });
      const changed = await change(row, at, transaction);
      if (!changed) return;
      const next: ArticleRow = { ...row, ...changed, revision: row.revision + 1 };
      const isMoved = !isSame(next.visibleFrom, row.visibleFrom);
      if (next.pubStatus === 'CANCELED') await deleteDerivedOfWithdrawn(transaction, [row.id]);
      else if (isMoved) await deleteListings(transaction, [row.id]);
      await transaction
        .update(articles)
        .set({ ...changed, removedAt: removedAt(row, next, at), revision: next.revision })
        .where(eq(articles.id, row.id));
      if (isMoved) await updateListings(transaction, next);
      const kind = next.pubStatus === 'CANCELED' && row.pubStatus !== 'CANCELED' ? 'withdrawn' : 'updated';
      await recordChanges(transaction, outbox, [{ type: 'Article', id: row.id, change: kind }], { by, at });
    });

  return {
    /**
     * Stores an editor's version of a story and resolves to its id. `mayPublish`: whether the editor may change the
     * publication time.
     */
    editArticle: (
      edited: EditedArticle,
      { mayPublish, ...edit }: Edit & { mayPublish: boolean },
    ): Promise<string> =>
      inPut(db, async (transaction) => {
        const at = clock();
        const id = idOf('article', edited.sourceId);
        const row = await lockStory(transaction, id);
        await checkRevision(transaction, row, edit);
        await putContributors(transaction, edited.bylines ?? [], { by: edit.by, at });
        const current = row ? await currentStory(transaction, row) : undefined;
        const content = mergeStory(edited, current, at);
        if (content.sectionSlug === '')
          throw badInput('Expected a new story to have a "sectionSlug", but got: none.', 'sectionSlug');
        if (content.visibility === 'TIERS' && !content.requiredTierIds?.length)
          throw badInput('Expected "requiredTierIds" to have a tier for visibility TIERS, but got: none.');
        const lists = await knownLists(transaction, [content]);
        const prepared = prepareArticle(content, { lists, stored: row ?? undefined, now: at });
        if (!mayPublish && !isSame(appearsAt(row), appearsAt(prepared.article)))
          throw forbidden(
            'Expected the scope "articles:publish" to change when a story is published, but got: a reader without it.',
            edited.datePublished === undefined ? 'embargoedUntil' : 'publishAt',
          );
        if (row && (await isStored(transaction, row, prepared))) return id;
        // Differs from the hash of every import, so that the next import is compared again, and from those of earlier
        // edits.
        const contentHash = hashOf({ ...content, revision: prepared.article.revision });
        await putPrepared(transaction, [{ ...prepared, article: { ...prepared.article, contentHash } }], {
          by: edit.by,
          at,
        });
        return id;
      }),

    /** Publishes a story now or at a given time. A story that has already appeared stays unchanged. */
    publish: (id: string, time: Date | null, edit: Edit): Promise<void> =>
      editStory(id, edit, async (row, at) => {
        if (time && time.getTime() < at.getTime() - graceMs)
          throw badInput(`Expected "at" to be now or later, but got: ${quoted(time)}.`);
        if (row.pubStatus === 'CANCELED')
          throw badInput('Expected a story that is not withdrawn, but got: a withdrawn one.', 'id');
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

    /** Withdraws a story permanently, with a reason. A withdrawn story stays unchanged. */
    withdrawStory: (id: string, reason: string, edit: Edit): Promise<void> =>
      editStory(id, edit, async (row, at) => (row.pubStatus === 'CANCELED' ? null : withdrawn(reason, at))),

    /** The same without a revision check; false if there is nothing to withdraw. */
    withdraw: (id: string, reason: string, by: string): Promise<boolean> =>
      inPut(db, async (transaction) => {
        const at = clock();
        const row = await lockStory(transaction, id);
        if (!row || row.pubStatus === 'CANCELED') return false;
        await deleteDerivedOfWithdrawn(transaction, [id]);
        const changed = withdrawn(reason, at);
        await transaction
          .update(articles)
          .set({
            ...changed,
            removedAt: removedAt(row, { ...row, ...changed }, at),
            revision: row.revision + 1,
          })
          .where(eq(articles.id, id));
        await recordChanges(transaction, outbox, [{ type: 'Article', id, change: 'withdrawn' }], { by, at });
        return true;
      }),

    /** Adds a correction note to a story. */
    correct: (
      id: string,
      note: { correctionType: CorrectionType; text: string },
      edit: Edit,
    ): Promise<void> =>
      editStory(id, edit, async ({ corrections }, at) => {
        if (corrections.length >= correctionsAtMost)
          throw badInput(
            `Expected a story to have at most ${correctionsAtMost} corrections, but got: ${corrections.length + 1}.`,
          );
        const added = { id: randomUUID(), ...note, datePublished: at.toISOString() };
        return { corrections: [...corrections, added], dateModified: at };
      }),

    /** Replaces the related stories that the editors chose, in order. */
    setRelated: (id: string, relatedIds: readonly string[], edit: Edit): Promise<void> =>
      editStory(id, edit, async (row, _, transaction) => {
        if (relatedIds.includes(row.id))
          throw badInput(
            'Expected "relatedIds" to be ids of other stories, but got: the id of the story itself.',
          );
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
  unknownReference(`Expected "${name}" to be the id of an existing story, but got: ${quoted(id)}.`);

/** When readers see a story; null if they will not. */
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

/** Adds authors that Articles does not have yet, with the name in the byline. Authors may correct them later. */
async function putContributors(
  transaction: Sql,
  bylines: readonly EditedByline[],
  author: ChangeAuthor,
): Promise<void> {
  const authors = bylines.flatMap(({ authorId, displayName, authorSlug }) =>
    authorId === undefined
      ? []
      : [{ id: authorId, name: displayName, slug: slugOf(authorSlug ?? displayName) }],
  );
  if (authors.length === 0) return;
  const ids = authors.map(({ id }) => id);
  const rows = await transaction
    .select({ id: lists.id, name: lists.name })
    .from(lists)
    .where(sql`${lists.id} = any(${sql.param(ids)}::uuid[])`);
  const names = new Map(rows.map((row) => [row.id, row.name]));
  for (const [place, byline] of bylines.entries()) {
    // A known author needs no display name.
    if (byline.displayName === '') byline.displayName = names.get(byline.authorId ?? '') ?? '';
    if (byline.displayName === '')
      throw badInput(
        'Expected "displayName" of a byline without a known author to have a value, but got: none.',
        `bylines.${place}.displayName`,
      );
  }
  const missing = authors.filter(({ id }) => !names.has(id)).map(contributorOf);
  await putListRows(transaction, { ...author, rows: missing, type: 'Author' });
}

async function currentStory(transaction: Sql, row: ArticleRow): Promise<CurrentStory> {
  const ids = [row.sectionId, ...row.tagIds];
  const topics = await transaction
    .select({ id: lists.id, slug: lists.slug })
    .from(lists)
    .where(sql`${lists.id} = any(${sql.param(ids)}::uuid[])`);
  const slugById = new Map(topics.map(({ id, slug }) => [id, slug]));
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

/** Whether a story is already stored in this form, apart from its modification time. */
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

function comparable({ contentHash, revision, dateModified, removedAt: _, ...rest }: ArticleRow): unknown {
  return JSON.parse(JSON.stringify(rest));
}

async function slugsOf(transaction: Sql, ids: readonly string[]): Promise<string[]> {
  const rows = await transaction
    .select({ id: articles.id, slug: articles.slug })
    .from(articles)
    .where(sql`${articles.id} = any(${sql.param([...ids])}::uuid[])`);
  const byId = new Map(rows.map(({ id, slug }) => [id, slug]));
  return ids.map((id) => {
    const slug = byId.get(id);
    if (slug === undefined) throw noSuchStory('relatedIds', id);
    return slug;
  });
}
