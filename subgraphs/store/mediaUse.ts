/** The uses of pictures and videos, which Articles and Authors report to Media. Neither side imports the other. */
import type { OutboxRow } from './outbox.ts';

/** The pictures and videos that one story or one author shows at present. */
export interface MediaUse {
  /** The id of the story or the author. */
  userId: string;
  /** Increases with each change of the user. Media ignores a version older than the stored one. */
  version: number;
  /** The time from which readers see the user; null if they do not. */
  visibleFrom: Date | null;
  /** Pictures and videos visible to every reader who may see the user at all. */
  openIds: readonly string[];
  /** Those visible to some of these readers only. */
  gatedIds: readonly string[];
}

/** A subgraph whose entities show pictures or videos. */
export interface MediaUser {
  changesAfter(position: number, limit: number): Promise<OutboxRow[]>;
  /** The current uses of these entities; ids that do not exist are left out. */
  mediaUses(ids: readonly string[]): Promise<MediaUse[]>;
  /** Calls `listener` after each write that may change uses, before the write resolves. */
  onWritten(listener: (ids: readonly string[]) => Promise<void>): void;
}

/** Stores the uses, and the position up to which each subgraph's outbox is processed. */
export interface MediaUses {
  putUses(uses: readonly MediaUse[]): Promise<void>;
  usesFollowedTo(source: string): Promise<number>;
  setUsesFollowed(source: string, position: number): Promise<void>;
}

interface Following {
  media: MediaUses;
  users: Readonly<Record<string, Pick<MediaUser, 'changesAfter' | 'mediaUses'>>>;
}

const changesAtOnce = 500;

/**
 * A step that passes changes from the users' outboxes to Media. It resolves to whether more changes may be waiting. It
 * sends the current state with its version, so steps of several processes, repeated and in any order, have the same
 * result.
 */
export function followUses({ media, users }: Following): () => Promise<boolean> {
  const positions = new Map<string, number>();
  return async () => {
    let hasMore = false;
    for (const [source, { changesAfter, mediaUses }] of Object.entries(users)) {
      const position = positions.get(source) ?? (await media.usesFollowedTo(source));
      positions.set(source, position);
      const changes = await changesAfter(position, changesAtOnce);
      const last = changes.at(-1);
      if (!last) continue;
      await media.putUses(await mediaUses([...new Set(changes.map(({ id }) => id))]));
      await media.setUsesFollowed(source, last.position);
      positions.set(source, last.position);
      hasMore ||= changes.length === changesAtOnce;
    }
    return hasMore;
  };
}

/**
 * Reports each write in this process to Media before the write resolves. A failed report is left to `followUses`, since
 * the write is already committed.
 */
export function reportUses(media: MediaUses, user: Pick<MediaUser, 'mediaUses' | 'onWritten'>): void {
  user.onWritten(async (ids) => media.putUses(await user.mediaUses(ids)));
}

/** Registers listeners for a store's writes. */
export function openWriteListeners() {
  const listeners: ((ids: readonly string[]) => Promise<void>)[] = [];
  return {
    onWritten: (listener: (ids: readonly string[]) => Promise<void>): void => void listeners.push(listener),

    /**
     * Wraps a write: after it, calls the listeners with the affected ids. A listener's failure does not affect the
     * write.
     */
    notifying:
      <Args extends unknown[], Result>(
        write: (...args: Args) => Promise<Result>,
        idsOf: (result: Result, args: Args) => readonly string[],
      ) =>
      async (...args: Args): Promise<Result> => {
        const result = await write(...args);
        const ids = listeners.length > 0 ? idsOf(result, args) : [];
        if (ids.length > 0) await Promise.allSettled(listeners.map((listener) => listener(ids)));
        return result;
      },
  };
}
