/** The visibility of pictures and videos for readers: by a visible use, or from a time of their own. */
import { and, eq, lte, or, type SQL, sql } from 'drizzle-orm';
import { editing } from '../trust/entitlement.ts';
import type { Reader } from '../trust/reader.ts';
import { images, uses, videos } from './tables.ts';

/**
 * How a picture or video is requested: `reached` through its use (a story, an author, the URL of its file), or `named`
 * by id or in a list, where gated uses do not count. `now` is a placeholder of every statement.
 */
type Access = 'reached' | 'named';

/** How an item is requested, or that the caller is an editor, who sees everything. */
export type Viewer = Access | 'editor';

/** Whether a reader is an editor, who sees pictures and videos without a visible use. */
export const isEditor = ({ scopes }: Pick<Reader, 'scopes'>): boolean =>
  scopes.has('media:write') || scopes.has(editing);

/** True for pictures that readers may see. */
export function isImageShown(access: Access): SQL {
  const asPoster = sql`exists (select 1 from ${videos} where ${and(eq(videos.posterId, images.id), isVideoShown(access))})`;
  return or(isPublished(images), isUsed(images, access), asPoster) as SQL;
}

/** True for videos that readers may see. */
export const isVideoShown = (access: Access): SQL => or(isPublished(videos), isUsed(videos, access)) as SQL;

const now = sql`${sql.placeholder('now')}::timestamptz`;

const isPublished = ({ visibleFrom }: typeof images | typeof videos): SQL => lte(visibleFrom, now);

function isUsed({ id }: typeof images | typeof videos, access: Access): SQL {
  const open = access === 'named' ? uses.isOpen : undefined;
  return sql`exists (select 1 from ${uses} where ${and(eq(uses.mediaId, id), lte(uses.visibleFrom, now), open)})`;
}
