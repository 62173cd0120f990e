/**
 * A Redis client that connects at first use, reconnects by itself, and logs when the connection is lost and restored.
 */
import type { Logger } from 'pino';
import { createClient } from 'redis';

export interface Redis {
  client: ReturnType<typeof clientOf>;
  /** Connects at the first call. Resolves when the first attempt has ended, successful or not. */
  tried(): Promise<void>;
  /** Logs that Redis is lost because of a failed command, once until it is restored. */
  lose(error: Error): void;
  close(): void;
}

/**
 * The connection is lost after this long without data. A ping every second keeps a working connection from being
 * silent.
 */
const silentMs = 2_500;
const pingIntervalMs = 1_000;

const connectTimeoutMs = 2_000;
const slowestRetryMs = 5_000;

/** Commands fail at once while the connection is lost; the client reconnects until `close`. */
export function openRedis(url: string, log: Logger): Redis {
  const client = clientOf(url);
  let isLost = false;
  const lose = (error: NodeJS.ErrnoException) => {
    if (!isLost)
      log.warn({ reason: error.code ?? error.message }, 'Redis unreachable; counting quotas in memory');
    isLost = true;
  };
  client.on('error', lose);
  client.on('ready', () => {
    if (isLost) log.info('Redis reconnected; counting quotas in Redis');
    isLost = false;
  });

  let trying: Promise<void> | undefined;
  async function firstTry(): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      for (const event of ['ready', 'error', 'end']) client.once(event, () => resolve());
    });
    // The client retries by itself and reports errors as events.
    client.connect().catch(() => undefined);
    await ended;
  }
  return {
    client,
    lose,
    tried: () => {
      trying ??= firstTry();
      return trying;
    },
    close: () => {
      if (client.isOpen) client.destroy();
    },
  };
}

function clientOf(url: string) {
  return createClient({
    url,
    name: 'dateline',
    disableOfflineQueue: true,
    pingInterval: pingIntervalMs,
    socket: {
      connectTimeout: connectTimeoutMs,
      socketTimeout: silentMs,
      reconnectStrategy: (retries) => Math.min(100 * 2 ** retries, slowestRetryMs),
    },
  });
}
