/** Health checks: liveness and readiness. */
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

export interface HealthOptions {
  isDraining: () => boolean;
  /** Rejects while a dependency is unavailable. */
  ready: () => Promise<void>;
  log: Logger;
}

const readyTimeoutMs = 5000;

/** Adds `/health/live`, 200 while the process runs, and `/health/ready`, 200 when it can serve requests, else 503. */
export function addHealth(app: FastifyInstance, { isDraining, ready, log }: HealthOptions): void {
  app.get('/health/live', { logLevel: 'silent' }, async () => ({ status: 'live' }));
  app.get('/health/ready', { logLevel: 'silent' }, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    if (isDraining()) return reply.code(503).send({ status: 'stopping' });
    try {
      await within(readyTimeoutMs, ready());
      return { status: 'ready' };
    } catch (err) {
      log.warn({ err }, 'readiness check failed');
      return reply.code(503).send({ status: 'not ready' });
    }
  });
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Expected to be ready in ${ms} ms, but got: no answer.`)), ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
