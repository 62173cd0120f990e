/** Follows the outbox of Articles and publication times, and writes deliveries. */
import type { OutboxRow } from '../../subgraphs/store/outbox.ts';
import type { Found, KnownStory } from './sql/following.ts';
import type { PushStore } from './store.ts';
import type { WebhookEvent } from './tables.ts';
import { topicsOf } from './topics.ts';

/** The state of an article in Articles, published or not. */
interface StoryState {
  id: string;
  slug: string;
  isVisible: boolean;
  /** When it appears or appeared; null when it is not scheduled. */
  visibleFrom: Date | null;
  feeds: string[];
}

/** What Articles offers to followers. */
export interface ChangeSource {
  changesAfter(position: number, limit: number): Promise<OutboxRow[]>;
  lastPosition(): Promise<number>;
  articleStates(ids: readonly string[]): Promise<StoryState[]>;
  /** Feed names by the ids of sections, tags and authors. */
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
 * Takes one step; resolves to true when there was anything to process. Its results and the new position are written in
 * one transaction, so that a killed step is repeated and a finished one is not.
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
  // Read after the changes, so that the states are not older than they are.
  const standings = new Map((await changes.articleStates(ids)).map((story) => [story.id, story]));
  const loud = rows.filter(({ position }) => position > from.silentUntil);
  const ofLists = loud.filter(({ type }) => type !== 'Article').map(({ id }) => id);
  const renamed = await changes.feedNames(ofLists);
  const times = new Map<string, Date>([
    ...appearing.map(({ id, appearsAt }): [string, Date] => [id, appearsAt]),
    ...ofStories.map(({ id, changedAt }): [string, Date] => [id, changedAt]),
  ]);
  // Articles that are older than push and have not changed since.
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

/** The event of an article for readers; undefined when it was and is invisible. */
function eventOf(before: KnownStory | undefined, now: StoryState | undefined): WebhookEvent | undefined {
  if (!before?.isVisible) return now?.isVisible ? 'published' : undefined;
  return now?.isVisible ? 'updated' : 'withdrawn';
}
