/** Watches where a supergraph comes from, and hands on each new text of it. */
import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';
import { openSource } from './loadSupergraph.ts';

export interface WatchOptions {
  /** A path, or an http(s) URL. */
  source: string;
  /** The text that answers now. */
  sdl: string;
  /** How often it is looked at in any case; a file is also looked at when the system tells that its folder changed. */
  pollMs: number;
  /** Takes a new text. One at a time: what comes meanwhile waits, and only the last of it is handed on. */
  take: (sdl: string) => Promise<unknown>;
  /** Told once of each problem, in a sentence, be it with the source or with a text that was not taken. */
  onProblem: (sentence: string) => void;
}

export interface Watch {
  /** Looks at once. Resolves when what was found is taken, or told as a problem. */
  look: () => Promise<void>;
  /** Looks no more. A text that is being taken is not called back. */
  stop: () => void;
}

/** A file is written in several steps, and put in its place in several more. */
const quietMs = 50;

/** Watches until it is stopped; keeps no process alive. */
export function watchSupergraph({ source, sdl, pollMs, take, onProblem }: WatchOptions): Watch {
  const { path, read } = openSource(source);
  let current = sdl;
  let refused: string | undefined;
  let told: string | undefined;
  let looking: Promise<void> | undefined;
  let isStale = false;
  let isStopped = false;
  let poll: NodeJS.Timeout | undefined;
  let quiet: NodeJS.Timeout | undefined;

  function tell(sentence: string): void {
    if (sentence !== told && !isStopped) onProblem(sentence);
    told = sentence;
  }

  async function readAndTake(): Promise<void> {
    try {
      const text = await read();
      if (isStopped || text === refused) return;
      if (text !== undefined && text !== current) {
        refused = text;
        await take(text);
        current = text;
      }
      refused = undefined;
      told = undefined;
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error));
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
    looking ??= lookUntilStill().finally(() => {
      looking = undefined;
    });
    return looking;
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
 * Editors and Kubernetes put another file, or another link, in the place of the one before: it is the folder that tells.
 * Where it cannot be watched, the polling is left.
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
