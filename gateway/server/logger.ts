/** The gateway's log: one JSON object a line, to standard error, so that standard output is for people. */
import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type { Settings } from '../settings.ts';

/** Lines are written when they fill this many bytes, or after this many milliseconds, and when the process exits. */
const bufferBytes = 4096;
const flushMs = 100;

/**
 * A log at the level of the settings. Nothing that is logged holds variables, credentials or addresses of readers. Lines to standard
 * error are buffered: a process that is killed (SIGKILL) loses those of the last 100 ms.
 */
export function createLog({ logLevel }: Settings, to: DestinationStream = standardError()): Logger {
  return pino({ level: logLevel, base: null }, to);
}

const standardError = (): DestinationStream =>
  destination({ dest: 2, sync: false, minLength: bufferBytes, periodicFlush: flushMs });
