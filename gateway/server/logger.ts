/** The gateway's log: one JSON object a line, to standard error, so that standard output is for people. */
import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type { Settings } from '../settings.ts';

/** A log at the level of the settings. Nothing that is logged holds variables, credentials or addresses of readers. */
export function createLog({ logLevel }: Settings, to: DestinationStream = destination(2)): Logger {
  return pino({ level: logLevel, base: null }, to);
}
