/** A story's dates: omitted ones keep their stored value. Also the time from which readers may see it. */
import { ContentError } from '../../store/putContent.ts';
import type { ArticleContent } from '../content.ts';
import type { articles } from '../tables.ts';

type Row = typeof articles.$inferSelect;
type Dates = Pick<
  Row,
  'dateFirstPublished' | 'datePublished' | 'dateModified' | 'embargoedUntil' | 'visibleFrom'
>;
type StoredDates = Pick<
  Row,
  'dateFirstPublished' | 'datePublished' | 'embargoedUntil' | 'corrections' | 'pubStatus'
>;

/**
 * The dates of a withdrawn story stay, since they tell whether readers ever saw it and thus whether the withdrawal is
 * announced. Throws a `ContentError` for an invalid date.
 */
export function datesOf(content: ArticleContent, stored: StoredDates | undefined, now: Date): Dates {
  const { datePublished = stored?.datePublished ?? null, embargoedUntil = stored?.embargoedUntil ?? null } =
    stored?.pubStatus === 'CANCELED' ? {} : content;
  const dates = {
    datePublished,
    embargoedUntil,
    dateFirstPublished: firstPublished(content, stored, { datePublished, now }),
    dateModified: modified(content, stored, { datePublished, now }),
  };
  for (const [name, date] of Object.entries(dates)) {
    if (date && Number.isNaN(date.getTime()))
      throw new ContentError(content.sourceId, `Expected ${name} to be a date, but got: one that is none.`);
  }
  return { ...dates, visibleFrom: visibleFrom(datePublished, embargoedUntil) };
}

/** The later of publication and embargo; null for an unpublished story. */
export function visibleFrom(datePublished: Date | null, embargoedUntil: Date | null): Date | null {
  return datePublished && embargoedUntil && embargoedUntil > datePublished ? embargoedUntil : datePublished;
}

type Shown = Pick<Row, 'pubStatus' | 'visibleFrom'>;

const isShown = (row: Shown, now: Date) =>
  row.pubStatus === 'USABLE' && row.visibleFrom !== null && row.visibleFrom <= now;

/**
 * When readers ceased to see a story: now, if `after` hides what `before` showed. A story that was stored as withdrawn at once was
 * shown elsewhere before. A story that comes back keeps the time until its next write, so that queries check its visibility too.
 */
export function removedAt(
  before: (Shown & Pick<Row, 'removedAt'>) | undefined,
  after: Shown & Pick<Row, 'withdrawnAt'>,
  now: Date,
): Date | null {
  if (isShown(after, now)) return null;
  if (before) return isShown(before, now) ? now : before.removedAt;
  const { pubStatus, visibleFrom: from, withdrawnAt } = after;
  return pubStatus === 'CANCELED' && from && withdrawnAt && from <= withdrawnAt ? withdrawnAt : null;
}

interface DateOptions {
  datePublished: Date | null;
  now: Date;
}

/**
 * A stored time that is still in the future does not count as the first publication. If an embargo delayed the story,
 * it was first published when the embargo ended, which counts once another publication time is set.
 */
export function firstPublished(
  { dateFirstPublished }: Pick<ArticleContent, 'dateFirstPublished'>,
  stored: Pick<StoredDates, 'dateFirstPublished' | 'datePublished' | 'embargoedUntil'> | undefined,
  { datePublished, now }: DateOptions,
): Date | null {
  if (dateFirstPublished !== undefined) return dateFirstPublished;
  if (!stored?.dateFirstPublished) return datePublished;
  const wasPlan = isSame(stored.dateFirstPublished, stored.datePublished);
  const isMoved = !isSame(datePublished, stored.datePublished);
  const first =
    wasPlan && isMoved ? visibleFrom(stored.datePublished, stored.embargoedUntil) : stored.dateFirstPublished;
  return first && first <= now ? first : datePublished;
}

/** Whether two times are equal, or both are null. */
export const isSame = (one: Date | null | undefined, other: Date | null | undefined) =>
  one?.getTime() === other?.getTime();

/** A correction that stays on the story counts as a change, which the source does not know of. */
function modified(
  { dateModified, corrections }: ArticleContent,
  stored: StoredDates | undefined,
  { datePublished, now }: DateOptions,
): Date {
  const modified = dateModified ?? datePublished ?? now;
  const notes = corrections === undefined ? (stored?.corrections ?? []) : [];
  const last = Math.max(...notes.map((note) => Date.parse(note.datePublished)));
  return last > modified.getTime() ? new Date(last) : modified;
}
