import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import pg from 'pg';
import { startNewsroom } from '../../newsroom/start.ts';
import { createScratchDatabase } from '../support/databases.ts';

const tried = process.env.DATABASE_URL ? it : it.skip;

tried(
  'replicas that start at once on an empty database fill it once (DATABASE_URL)',
  async () => {
    const scratch = await createScratchDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'dateline-replicas-'));
    const env = { DATABASE_URL: scratch.url, DATA_DIR: folder, DATABASE_POOL: '4', LOG_LEVEL: 'silent' };
    const started = await Promise.allSettled([1, 2].map(() => startNewsroom({ ...env, PORT: '0' })));
    try {
      expect(started.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))).toEqual([]);
      const newsrooms = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      expect(newsrooms.map(({ wasFilled }) => wasFilled).sort()).toEqual([false, true]);
      const client = new pg.Client({ connectionString: scratch.url });
      await client.connect();
      for (const schema of ['articles', 'authors', 'media', 'membership']) {
        const { rows } = await client.query(
          `select type, id, count(*) from ${schema}.outbox group by 1, 2 having count(*) > 1`,
        );
        expect([schema, rows]).toEqual([schema, []]);
      }
      await client.end();
    } finally {
      for (const one of started) if (one.status === 'fulfilled') await one.value.stop();
      await scratch.drop();
      await rm(folder, { recursive: true, force: true });
    }
  },
  180_000,
);
