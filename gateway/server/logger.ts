/** The gateway's log: one JSON object per line on standard error; standard output is for messages to people. */
import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type { Settings } from '../settings.ts';

/** The buffer is flushed at this size, after this time, and when the process exits. */
const bufferBytes = 4096;
const flushMs = 100;

/**
 * Creates a log at the level of the settings. Log lines never contain variables, credentials or addresses of readers. Lines to
 * standard error are buffered: a process that is killed (SIGKILL) loses those of the last 100 ms.
 */
export function createLog({ logLevel }: Settings, to: DestinationStream = standardError()): Logger {
  return pino({ level: logLevel, base: null }, to);
}

const standardError = (): DestinationStream =>
  destination({ dest: 2, sync: false, minLength: bufferBytes, periodicFlush: flushMs });
