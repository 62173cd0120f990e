/** Kills this process when its event loop is blocked for too long, so that a supervisor restarts it. */
import { url as inspectorUrl } from 'node:inspector';
import { Worker } from 'node:worker_threads';

interface WatchdogOptions {
  /** How many seconds the event loop may be blocked. */
  seconds?: number;
  /** The signal to kill the process; a blocked event loop cannot handle it. */
  signal?: NodeJS.Signals;
}

/**
 * Starts a thread that counts seconds without a message from the event loop, and kills the process at `seconds`, 30 by
 * default. Seconds in which the whole process was suspended do not count. It pauses while a debugger is attached.
 * Returns a function that ends it.
 */
export function openWatchdog({
  seconds = 30,
  signal = 'SIGKILL',
}: WatchdogOptions = {}): () => Promise<void> {
  if (inspectorUrl() !== undefined) return async () => {};
  const beats = new Int32Array(new SharedArrayBuffer(4));
  const timer = setInterval(() => void Atomics.add(beats, 0, 1), 500).unref();
  const worker = new Worker(program, {
    eval: true,
    workerData: { beats, seconds, signal, pid: process.pid },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 },
  });
  worker.unref();
  return async () => {
    clearInterval(timer);
    await worker.terminate();
  };
}

/** JavaScript, since a thread runs no TypeScript. */
const program = `
  const { workerData: { beats, seconds, signal, pid } } = require('node:worker_threads');
  const { writeSync } = require('node:fs');
  let last = -1;
  let missed = 0;
  setInterval(() => {
    const now = Atomics.load(beats, 0);
    missed = now === last ? missed + 1 : 0;
    last = now;
    if (missed < seconds) return;
    writeSync(2, JSON.stringify({ level: 60, time: Date.now(), pid, msg: 'event loop stopped for ' + seconds + ' s; ending the process' }) + '\\n');
    process.kill(pid, signal);
  }, 1000);
`;
