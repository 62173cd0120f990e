/** Which pictures and videos exist for readers: what something that they may see uses, or what has come to its own time. */
import { and, eq, lte, or, type SQL, sql } from 'drizzle-orm';
import { editing } from '../trust/entitlement.ts';
import type { Reader } from '../trust/reader.ts';
import { images, uses, videos } from './tables.ts';

/**
 * How somebody comes to a picture or video: `reached` by what shows it (a story, an author, the address of its file), or `named` by
 * an id or in a list, which shows nothing that stands only behind a gate. `now` is a placeholder of every statement.
 */
type Way = 'reached' | 'named';

/** For whom, or by which way, something is looked for: to editors everything exists. */
export type Seen = Way | 'editor';

/** Whether somebody edits: to them pictures and videos exist before anything shows them, and after. */
export const isEditor = ({ scopes }: Pick<Reader, 'scopes'>): boolean =>
  scopes.has('media:write') || scopes.has(editing);

/** Holds for pictures that exist for readers. */
export function isImageShown(way: Way): SQL {
  const asPoster = sql`exists (select 1 from ${videos} where ${and(eq(videos.posterId, images.id), isVideoShown(way))})`;
  return or(hasCome(images), isUsed(images, way), asPoster) as SQL;
}

/** Holds for videos that exist for readers. */
export const isVideoShown = (way: Way): SQL => or(hasCome(videos), isUsed(videos, way)) as SQL;

const now = sql`${sql.placeholder('now')}::timestamptz`;

const hasCome = ({ visibleFrom }: typeof images | typeof videos): SQL => lte(visibleFrom, now);

function isUsed({ id }: typeof images | typeof videos, way: Way): SQL {
  const open = way === 'named' ? uses.isOpen : undefined;
  return sql`exists (select 1 from ${uses} where ${and(eq(uses.mediaId, id), lte(uses.visibleFrom, now), open)})`;
}
