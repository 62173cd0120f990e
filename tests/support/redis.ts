/** A way to the Redis at REDIS_URL that a test can break. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface BreakableRedis {
  url: string;
  /** Ends the connections that there are and takes no more. */
  close(): void;
  /** Takes what comes and passes nothing on. */
  silence(): void;
}

/** The Redis of the tests that need a real one; they are left out where it is not set. */
export const redisUrl = process.env.REDIS_URL;

export async function openBreakableRedis(): Promise<BreakableRedis> {
  const target = new URL(redisUrl ?? '');
  const sockets = new Set<Socket>();
  let isSilent = false;
  const server = createServer((near) => {
    const far = connect(Number(target.port || 6379), target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('data', (bytes) => {
        if (!isSilent) other.write(bytes);
      });
      one.on('error', () => undefined);
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = new URL(target);
  url.host = `127.0.0.1:${port}`;
  return {
    url: url.href,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
    silence() {
      isSilent = true;
    },
  };
}
