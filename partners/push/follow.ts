/** Follows what changes in Articles, and what appears by the clock alone; writes down who is to be told. */
import type { OutboxRow } from '../../subgraphs/store/outbox.ts';
import type { Found, KnownStory } from './sql/following.ts';
import type { PushStore } from './store.ts';
import type { WebhookEvent } from './tables.ts';
import { topicsOf } from './topics.ts';

/** A story as it stands in Articles, whether or not it may be shown. */
interface StoryState {
  id: string;
  slug: string;
  isVisible: boolean;
  /** When it is to appear or has; null for what is not to. */
  visibleFrom: Date | null;
  feeds: string[];
}

/** What Articles tells whoever follows it. */
export interface ChangeSource {
  changesAfter(position: number, limit: number): Promise<OutboxRow[]>;
  lastPosition(): Promise<number>;
  articleStates(ids: readonly string[]): Promise<StoryState[]>;
  /** The names of the feeds of sections, tags and authors, by id. */
  feedNames(ids: readonly string[]): Promise<Map<string, string>>;
}

interface FollowOptions {
  changes: ChangeSource;
  store: PushStore;
  publicUrl: string;
  clock: () => Date;
}

const changesAtOnce = 500;

/**
 * Takes one step; resolves to whether there may be more to take at once. What a step found is written with the place
 * that it moved to: killed before, it is taken again; killed after, it is not.
 */
export async function follow({ changes, store, publicUrl, clock }: FollowOptions): Promise<boolean> {
  const now = clock();
  const from = await store.place(changes.lastPosition);
  const rows = await changes.changesAfter(from.position, changesAtOnce);
  const appearing = await store.appearing(now, changesAtOnce);
  const last = rows.at(-1);
  if (!last && appearing.length === 0) return false;

  const ofStories = rows.filter(({ type }) => type === 'Article');
  const ids = [...new Set([...ofStories, ...appearing].map(({ id }) => id))];
  // Asked after the changes were read, so that what stands now is no older than they are.
  const standings = new Map((await changes.articleStates(ids)).map((story) => [story.id, story]));
  const loud = rows.filter(({ position }) => position > from.silentUntil);
  const ofLists = loud.filter(({ type }) => type !== 'Article').map(({ id }) => id);
  const renamed = await changes.feedNames(ofLists);
  const times = new Map<string, Date>([
    ...appearing.map(({ id, appearsAt }): [string, Date] => [id, appearsAt]),
    ...ofStories.map(({ id, changedAt }): [string, Date] => [id, changedAt]),
  ]);
  // Older than push, and nothing has happened to them since.
  const quiet = new Set(ofStories.map(({ id }) => id));
  for (const { id } of [...appearing, ...loud]) quiet.delete(id);

  const position = last?.position ?? from.position;
  await store.move({ from, position, ids, now }, (known) => {
    const feeds = new Set(renamed.values());
    const found: Found = { stories: [], topics: [], events: [] };
    for (const id of ids) {
      const before = known.get(id);
      const standing = standings.get(id);
      found.stories.push(knownNow(id, standing));
      const event = quiet.has(id) ? undefined : eventOf(before, standing);
      if (!event) continue;
      for (const feed of [...(before?.isVisible ? before.feeds : []), ...(standing?.feeds ?? [])])
        feeds.add(feed);
      found.events.push({ event, storyId: id, slug: standing?.slug ?? '', at: times.get(id) ?? now });
    }
    found.topics = [...feeds].flatMap((feed) => topicsOf(feed, publicUrl));
    return found;
  });
  return true;
}

function knownNow(id: string, standing: StoryState | undefined): KnownStory {
  const { isVisible = false, visibleFrom = null, feeds = [] } = standing ?? {};
  return { id, isVisible, feeds, appearsAt: isVisible ? null : visibleFrom };
}

/** What happened to a story for readers; nothing where they could not see it before and cannot now. */
function eventOf(before: KnownStory | undefined, now: StoryState | undefined): WebhookEvent | undefined {
  if (!before?.isVisible) return now?.isVisible ? 'published' : undefined;
  return now?.isVisible ? 'updated' : 'withdrawn';
}
