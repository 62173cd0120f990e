/** A Redis that may be lost: connected when it is first wanted, and told of in the log when it goes and when it is back. */
import type { Logger } from 'pino';
import { createClient } from 'redis';

export interface Redis {
  client: ReturnType<typeof clientOf>;
  /** Begins to connect where nobody has yet; resolves when the first try has ended, well or not. */
  tried(): Promise<void>;
  /** Tells the log of a command that failed, once until it is back. */
  lose(error: Error): void;
  close(): void;
}

/** A Redis that says nothing for so long is lost. It is asked every second, so that silence means something. */
const silentMs = 2_500;
const askedEveryMs = 1_000;

const connectTimeoutMs = 2_000;
const slowestRetryMs = 5_000;

/** Commands are refused at once while it is not there; it is tried again and again until `close`. */
export function openRedis(url: string, log: Logger): Redis {
  const client = clientOf(url);
  let isLost = false;
  const lose = (error: NodeJS.ErrnoException) => {
    if (!isLost)
      log.warn({ reason: error.code ?? error.message }, 'Redis is lost: counting goes on in memory');
    isLost = true;
  };
  client.on('error', lose);
  client.on('ready', () => {
    if (isLost) log.info('Redis is back');
    isLost = false;
  });

  let trying: Promise<void> | undefined;
  async function firstTry(): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      for (const event of ['ready', 'error', 'end']) client.once(event, () => resolve());
    });
    // It goes on trying by itself; what went wrong is told as an event.
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
    pingInterval: askedEveryMs,
    socket: {
      connectTimeout: connectTimeoutMs,
      socketTimeout: silentMs,
      reconnectStrategy: (retries) => Math.min(100 * 2 ** retries, slowestRetryMs),
    },
  });
}
