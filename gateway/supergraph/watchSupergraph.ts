/** Watches the supergraph's file or URL for changes. */
import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';
import { openSource } from './loadSupergraph.ts';

export interface WatchOptions {
  /** A path or an http(s) URL. */
  source: string;
  /** The SDL that is currently served. */
  sdl: string;
  /** Polling interval. A file is also read when its folder reports a change. */
  pollMs: number;
  /** Applies a new SDL. Called for one SDL at a time; of the changes in the meantime only the last is applied. */
  take: (sdl: string) => Promise<unknown>;
  /** Reports a problem with the source, or with an SDL that was rejected. Repeated problems are reported once. */
  onProblem: (sentence: string) => void;
}

export interface Watch {
  /** Reads the source now. Resolves when the result is applied, or its problem reported. */
  look: () => Promise<void>;
  /** Stops watching. An SDL that is being applied is not rolled back. */
  stop: () => void;
}

/** A file is written in several steps and renamed in several more: the read waits until changes pause. */
const quietMs = 50;

/** Starts watching. The timers and the file watcher do not keep the process alive. */
export function watchSupergraph({ source, sdl, pollMs, take, onProblem }: WatchOptions): Watch {
  const { path, read } = openSource(source);
  let current = sdl;
  let rejected: string | undefined;
  let reported: string | undefined;
  let reading: Promise<void> | undefined;
  let isStale = false;
  let isStopped = false;
  let poll: NodeJS.Timeout | undefined;
  let quiet: NodeJS.Timeout | undefined;

  function report(sentence: string): void {
    if (sentence !== reported && !isStopped) onProblem(sentence);
    reported = sentence;
  }

  async function readAndTake(): Promise<void> {
    try {
      const text = await read();
      if (isStopped || text === rejected) return;
      if (text !== undefined && text !== current) {
        rejected = text;
        await take(text);
        current = text;
      }
      rejected = undefined;
      reported = undefined;
    } catch (error) {
      report(error instanceof Error ? error.message : String(error));
    }
  }

  async function lookUntilStill(): Promise<void> {
    do {
      isStale = false;
      await readAndTake();
    } while (isStale && !isStopped);
  }

  function look(): Promise<void> {
    isStale = true;
    reading ??= lookUntilStill().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  function lookAgain(): void {
    poll = setTimeout(() => void look().finally(() => isStopped || lookAgain()), pollMs).unref();
  }

  function lookWhenQuiet(): void {
    clearTimeout(quiet);
    quiet = setTimeout(() => void look(), quietMs).unref();
  }

  const folder = path === undefined ? undefined : watchFolder(dirname(path), lookWhenQuiet);
  lookAgain();
  return {
    look,
    stop: () => {
      isStopped = true;
      clearTimeout(poll);
      clearTimeout(quiet);
      folder?.close();
    },
  };
}

/**
 * Editors and Kubernetes replace the file or a link to it, so the folder is watched. If the folder cannot be watched,
 * only polling is left.
 */
function watchFolder(folder: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, onChange);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
