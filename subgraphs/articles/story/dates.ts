/** A story's dates: what is left out stays as it is stored, and from what moment readers may see it. */
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
 * Those of a story that was withdrawn stay: they say whether readers ever saw it, and by that whether they are told of it. Throws
 * a `ContentError` for a date that is none.
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
      throw new ContentError(content.sourceId, `Expected ${name} to be a date, but got one that is none.`);
  }
  return { ...dates, visibleFrom: visibleFrom(datePublished, embargoedUntil) };
}

/** The later of publication and embargo; null for what is not published. */
export function visibleFrom(datePublished: Date | null, embargoedUntil: Date | null): Date | null {
  return datePublished && embargoedUntil && embargoedUntil > datePublished ? embargoedUntil : datePublished;
}

interface Known {
  datePublished: Date | null;
  now: Date;
}

/** What was only planned is not yet a first time. */
export function firstPublished(
  { dateFirstPublished }: Pick<ArticleContent, 'dateFirstPublished'>,
  stored: Pick<StoredDates, 'dateFirstPublished'> | undefined,
  { datePublished, now }: Known,
): Date | null {
  if (dateFirstPublished !== undefined) return dateFirstPublished;
  const first = stored?.dateFirstPublished ?? null;
  return first && first <= now ? first : datePublished;
}

/** A note that stays on a story is a change that its source knows nothing of. */
function modified(
  { dateModified, corrections }: ArticleContent,
  stored: StoredDates | undefined,
  { datePublished, now }: Known,
): Date {
  const said = dateModified ?? datePublished ?? now;
  const notes = corrections === undefined ? (stored?.corrections ?? []) : [];
  const last = Math.max(...notes.map((note) => Date.parse(note.datePublished)));
  return last > said.getTime() ? new Date(last) : said;
}
