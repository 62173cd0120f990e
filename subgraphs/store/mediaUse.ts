/** What shows pictures and videos, as Articles and Authors tell it and Media keeps it: neither of them knows the other. */
import type { OutboxRow } from './outbox.ts';

/** What one story or one author shows of Media, as it stands. */
export interface MediaUse {
  /** The id of the story or the author. */
  userId: string;
  /** Grows with each change of the user: what is older than what Media has already is not taken. */
  version: number;
  /** From when readers see the user; null: they do not. */
  visibleFrom: Date | null;
  /** Pictures and videos that everybody sees who may see the user at all. */
  openIds: readonly string[];
  /** Those that only some of them may see. */
  gatedIds: readonly string[];
}

/** A subgraph whose things show pictures or videos. */
export interface MediaUser {
  changesAfter(position: number, limit: number): Promise<OutboxRow[]>;
  /** What these show now; those that there are none of are left out. */
  mediaUses(ids: readonly string[]): Promise<MediaUse[]>;
  /** Calls `listener` after each writing of things that may show others now, before the writing is answered. */
  onWritten(listener: (ids: readonly string[]) => Promise<void>): void;
}

/** Where uses are kept, and how far each subgraph has been followed. */
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
 * A step from what changed in the users to Media; it resolves to whether there may be more to take at once. What it tells is how
 * things stand, with their versions: steps of several processes, in any order and again, lead to the same.
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
 * Tells Media of what is written in this process before the writing is answered. What cannot be told is told by whoever follows: the
 * writing stands already.
 */
export function tellUses(media: MediaUses, user: Pick<MediaUser, 'mediaUses' | 'onWritten'>): void {
  user.onWritten(async (ids) => media.putUses(await user.mediaUses(ids)));
}

/** Listeners to a store's writings. */
export function openWritten() {
  const listeners: ((ids: readonly string[]) => Promise<void>)[] = [];
  return {
    onWritten: (listener: (ids: readonly string[]) => Promise<void>): void => void listeners.push(listener),

    /** The writing, and then a call of the listeners with the ids that it was about. A listener that fails changes nothing. */
    telling:
      <Given extends unknown[], Result>(
        write: (...given: Given) => Promise<Result>,
        idsOf: (result: Result, given: Given) => readonly string[],
      ) =>
      async (...given: Given): Promise<Result> => {
        const result = await write(...given);
        const ids = listeners.length > 0 ? idsOf(result, given) : [];
        if (ids.length > 0) await Promise.allSettled(listeners.map((listener) => listener(ids)));
        return result;
      },
  };
}
