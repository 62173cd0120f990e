/** Starts what listens to the channels of this process: the operations port, and the log of slow operations. */
import type { Logger } from 'pino';
import { openOpsServer } from './opsServer.ts';
import { openSlowLog } from './slowLog.ts';

export interface TelemetryOptions {
  settings: { opsPort: number | 'off' | undefined; opsHost: string; slowOperationMs?: number };
  /** The port that the process serves clients on. */
  port: number;
  /** What the process is: its place in the default ports. */
  part: keyof typeof usualPorts;
  /** Rejects while the process cannot answer requests. */
  ready: () => Promise<void>;
  log: Pick<Logger, 'warn'>;
}

export interface Telemetry {
  /** The base URL of the operations port; undefined if there is none. */
  url: string | undefined;
  close: () => Promise<void>;
}

/** The operations ports where OPS_PORT is not set, so that all parts can run on one machine. */
const usualPorts = { gateway: 9090, articles: 9091, authors: 9092, media: 9093, membership: 9094 };

/** Rejects with a StartError if the port is set and taken. */
export async function openTelemetry({
  settings: { opsPort, opsHost, slowOperationMs = 0 },
  port: servedPort,
  part,
  ready,
  log,
}: TelemetryOptions): Promise<Telemetry> {
  // Beside a server on any free port, the operations port is any free one too.
  const port = opsPort ?? (servedPort === 0 ? 0 : usualPorts[part]);
  const closeSlowLog = openSlowLog(slowOperationMs, log);
  if (port === 'off') return { url: undefined, close: async () => closeSlowLog() };
  const server = await openOpsServer({
    ...{ host: opsHost, port, ready },
    isRequired: opsPort !== undefined,
    onTaken: (message) => log.warn(`${message} Metrics are not served.`),
  }).catch((error) => {
    closeSlowLog();
    throw error;
  });
  const close = async () => {
    closeSlowLog();
    await server.close();
  };
  return { url: server.url, close };
}
