/** Feeds by their names and by their ids. */
import { type FeedKind, readFeedName, writeFeedName } from '../../store/feedName.ts';
import type { ArticlesContext } from '../context.ts';
import type { ListRow } from '../store.ts';
import type { FeedRoot } from './lists.ts';

/** The list of each kind of feed. */
const listKinds = { section: 'SECTION', tag: 'TAG', author: 'AUTHOR' } as const;
const feedKinds = { SECTION: 'section', TAG: 'tag', AUTHOR: 'author' } as const satisfies Record<
  string,
  FeedKind
>;

/** Followed by the id of the list: the list itself is another object, with that id. */
const idPrefix = 'feed:';

const newsFeed: FeedRoot = {
  id: `${idPrefix}news`,
  slug: 'news',
  title: 'News Feed',
  description: 'Every story, the newest first.',
  listId: null,
};

/** The feed with a name such as "news" or "section/world"; null if there is none. */
export async function feedByName(
  name: string,
  { store }: Pick<ArticlesContext, 'store'>,
): Promise<FeedRoot | null> {
  const feed = readFeedName(name);
  if (!feed) return null;
  if (feed.kind === 'news') return newsFeed;
  const list = await store.listBySlug(listKinds[feed.kind], feed.slug);
  return list && feedOf(list);
}

/** The feed with an id; null if there is none. */
export async function feedById(
  id: string,
  { loaders }: Pick<ArticlesContext, 'loaders'>,
): Promise<FeedRoot | null> {
  if (id === newsFeed.id) return newsFeed;
  const list = id.startsWith(idPrefix) ? await loaders.list.load(id.slice(idPrefix.length)) : null;
  return list && feedOf(list);
}

const feedOf = (list: ListRow): FeedRoot => ({
  id: `${idPrefix}${list.id}`,
  slug: writeFeedName(feedKinds[list.kind], list.slug),
  title: list.name,
  description: list.description,
  listId: list.id,
});
