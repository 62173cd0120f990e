import { afterEach, describe, expect, it } from '@jest/globals';
import { TimedPool } from '../../../subgraphs/store/databasePool.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../support/databases.ts';

const isThere = Boolean(process.env.DATABASE_URL);
const described = isThere ? describe : describe.skip;

described(`a read that has its time${isThere ? '' : ' (DATABASE_URL)'}`, () => {
  let scratch: ScratchDatabase | undefined;
  let pool: TimedPool | undefined;
  afterEach(async () => {
    await pool?.end();
    await scratch?.drop();
  });

  const open = async () => {
    scratch = await createScratchDatabase();
    pool = new TimedPool({ connectionString: scratch.url, max: 1 }, { readMs: 100, writeMs: 10_000 });
    return pool;
  };
  const read = (from: TimedPool, text: string) => from.read({ text, rowMode: 'array' });

  it('has its answer where the event loop stood still longer than that', async () => {
    const from = await open();
    await read(from, 'select 1');
    const answering = read(from, 'select 2');
    // The question is sent, and then nothing of this process runs until long after the answer is there.
    await new Promise((sent) => setImmediate(sent));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 900);
    expect((await answering).rows).toEqual([[2]]);
  });

  it('ends at the server where it is late, and the connection goes on', async () => {
    const from = await open();
    await expect(read(from, 'select pg_sleep(5)')).rejects.toMatchObject({ code: '57014' });
    expect((await read(from, 'select 3')).rows).toEqual([[3]]);
    expect(from.totalCount).toBe(1);
  });
});
