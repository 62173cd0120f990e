import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { listAll } from '../../../partners/keys/issue.ts';
import { openOrigins } from '../../../partners/keys/origins.ts';
import type { KeyStore } from '../../../partners/keys/store.ts';
import { openVerifier, type Verifier } from '../../../partners/keys/verify.ts';
import type { Database, DatabaseServer } from '../../../subgraphs/store/database.ts';
import { statementsOf, testDatabases } from '../../support/databases.ts';
import { newKey, openKeys, token } from '../../support/partners.ts';

const start = new Date('2026-11-24T12:00:00Z');
const hour = 3_600_000;
const log = pino({ level: 'silent' });

describe.each(testDatabases)('keys on $name', ({ open }) => {
  let server: DatabaseServer;
  let database: Database;
  let store: KeyStore;
  let now: Date;
  let verifier: Verifier;

  const openOne = () => openVerifier({ store, log, clock: () => now });
  const pass = (ms: number) => {
    now = new Date(now.getTime() + ms);
  };
  const refused = async (key: string) => {
    const error = await verifier.verify(key).catch((thrown: unknown) => thrown);
    return (error as Error).message;
  };

  beforeAll(async () => {
    server = await open();
    ({ database, store } = await openKeys(server));
  });
  beforeEach(async () => {
    await database.sql.execute(sql`truncate partners.keys, partners.partners`);
    now = start;
    verifier = openOne();
  });
  afterEach(() => verifier.settled());
  afterAll(() => server.close());

  it('let their partner in', async () => {
    const key = await newKey(
      store,
      ['--partner', 'The Courier', '--rights', 'pictures', '--quota', '500'],
      now,
    );
    expect(await verifier.verify(key)).toMatchObject({
      name: 'The Courier',
      rights: { text: false, pictures: true },
      origins: [],
      mayExplore: false,
      quota: 500,
    });
  });

  it('are kept as a hash and nothing else', async () => {
    const key = await newKey(store, ['--partner', 'Courier'], now);
    const secret = key.split('_').slice(2).join('_');
    const kept = await database.sql.execute(
      sql`select k.*, p.* from partners.keys k join partners.partners p on p.id = k.partner_id`,
    );
    const text = JSON.stringify((kept as unknown as { rows: unknown[] }).rows);
    expect(text).toMatch(/"hash":"[0-9a-f]{64}"/);
    expect(text).not.toContain(secret);
    expect(listAll(await store.list(), now).join('\n')).not.toContain(secret);
  });

  it('are refused where they are not formed like one, and nobody asks the database', async () => {
    const key = await newKey(store, ['--partner', 'Courier'], now);
    const strange = [
      '',
      'dl_',
      'secret',
      `${key}x`,
      ` ${key}`,
      key.toUpperCase(),
      key.slice(0, -1),
      'dl_%00',
    ];
    const asked = await statementsOf(async () => {
      for (const one of strange)
        expect(await refused(one)).toBe('Expected a valid key, but got: a malformed one.');
    });
    expect(asked).toEqual([]);
  });

  it('are refused where the prefix is known and the secret is another', async () => {
    const key = await newKey(store, ['--partner', 'Courier'], now);
    const other = await newKey(store, ['--partner', 'Herald'], now);
    const forged = key.slice(0, 14) + other.slice(14);
    const unknown = `dl_0000000000_${key.slice(14)}`;
    for (const one of [forged, unknown])
      expect(await refused(one)).toBe('Expected a valid key, but got: an unknown one.');
  });

  it('are looked up once a second, however often they come', async () => {
    const key = await newKey(store, ['--partner', 'Courier'], now);
    await verifier.verify(key);
    await verifier.settled();
    const asked = await statementsOf(async () => {
      await Promise.all([verifier.verify(key), verifier.verify(key)]);
      pass(999);
      await verifier.verify(key);
    });
    expect(asked).toEqual([]);
    pass(1);
    expect(await statementsOf(() => verifier.verify(key))).toHaveLength(1);
  });

  it('end within a second of being revoked, on every replica', async () => {
    const key = await newKey(store, ['--partner', 'Courier'], now);
    const replica = openOne();
    await Promise.all([verifier.verify(key), replica.verify(key)]);
    const [told] = await token(store, ['--partner', 'Courier', '--revoke'], now);
    expect(told).toBe(`Revoked: ${key.slice(0, 13)} of Courier. Within a second nobody is let in by it.`);
    pass(1000);
    for (const one of [verifier, replica])
      await expect(one.verify(key)).rejects.toThrow('but got: a revoked one.');
    await replica.settled();
    expect(await token(store, ['--partner', 'Courier', '--revoke'], now)).toEqual([
      'Courier has no active key.',
    ]);
  });

  it('overlap where one comes in the place of another', async () => {
    const old = await newKey(store, ['--partner', 'Courier'], now);
    const printed = await token(store, ['--partner', 'Courier', '--rotate', '--overlap', '2h'], now);
    expect(printed.at(-1)).toBe('What they had before ends at 2026-11-24 14:00 UTC.');
    const young = printed.join().match(/dl_\S{54}/)?.[0] ?? '';
    expect(young).not.toBe(old);
    pass(2 * hour - 1);
    expect(await verifier.verify(old)).toMatchObject({ name: 'Courier' });
    expect(await verifier.verify(young)).toMatchObject({ name: 'Courier' });
    // Without being looked up again: the end was known.
    pass(1);
    expect(await refused(old)).toBe('Expected a valid key, but got: an expired one.');
    expect(await verifier.verify(young)).toMatchObject({ name: 'Courier' });
  });

  it('never last longer because they are rotated once more', async () => {
    const first = await newKey(store, ['--partner', 'Courier'], now);
    await newKey(store, ['--partner', 'Courier', '--rotate', '--overlap', '1h'], now);
    await newKey(store, ['--partner', 'Courier', '--rotate', '--overlap', '7d'], now);
    pass(hour);
    expect(await refused(first)).toContain('an expired one');
  });

  it('say when they were last used, to the minute', async () => {
    const key = await newKey(store, ['--partner', 'Courier'], now);
    const replica = openOne();
    const uses = async () => {
      await Promise.all([verifier.settled(), replica.settled()]);
      return (await store.list())[0]?.keys[0]?.lastUsedAt;
    };
    expect(await uses()).toBeNull();
    await verifier.verify(key);
    expect(await uses()).toEqual(start);
    const written = await statementsOf(async () => {
      for (let second = 0; second < 59; second += 1) {
        pass(1000);
        await verifier.verify(key);
        await replica.verify(key);
      }
      await uses();
    });
    expect(written.filter(({ statement }) => statement.startsWith('update'))).toEqual([]);
    expect(await uses()).toEqual(start);
    pass(1000);
    await Promise.all([verifier.verify(key), replica.verify(key)]);
    expect(await uses()).toEqual(now);
  });

  it('are given once: whoever has one gets another by rotating only', async () => {
    await newKey(store, ['--partner', 'Courier'], now);
    await expect(token(store, ['--partner', 'Courier'], now)).rejects.toThrow(
      'Expected a partner without a key, but got: Courier, who has one. --rotate gives another in its place.',
    );
    await token(store, ['--partner', 'Courier', '--revoke'], now);
    expect(await newKey(store, ['--partner', 'Courier'], now)).not.toBe('');
  });

  it('are given to one of two who ask for the same partner at once', async () => {
    const asked = await Promise.allSettled([
      token(store, ['--partner', 'Courier'], now),
      token(store, ['--partner', 'Courier'], now),
    ]);
    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await store.list())[0]?.keys).toHaveLength(1);
  });

  it('stay where something else is agreed, and what is not named stays too', async () => {
    const key = await newKey(store, ['--partner', 'Courier', '--quota', '500', '--developer'], now);
    const printed = await token(
      store,
      ['--partner', 'Courier', '--origins', 'https://a.example,https://b.example:8443'],
      now,
    );
    expect(printed).toEqual([
      'partner  Courier',
      'rights   text',
      'origins  https://a.example, https://b.example:8443',
      'quota    500 a minute',
      'may send operations that are not stored',
      'The key stays as it is.',
    ]);
    expect(await verifier.verify(key)).toMatchObject({
      quota: 500,
      mayExplore: true,
      origins: ['https://a.example', 'https://b.example:8443'],
    });
    await token(store, ['--partner', 'Courier', '--quota', 'usual', '--no-developer'], now);
    pass(1000);
    expect(await verifier.verify(key)).toMatchObject({ quota: null, mayExplore: false });
  });

  it('say whose pages may call, and go on by what was known while the database does not answer', async () => {
    await newKey(store, ['--partner', 'Courier', '--origins', 'https://a.example,https://b.example'], now);
    await newKey(store, ['--partner', 'Herald', '--origins', 'https://b.example'], now);
    await newKey(store, ['--partner', 'Tribune'], now);
    expect((await store.origins()).sort()).toEqual(['https://a.example', 'https://b.example']);
    let isDown = false;
    const origins = () => (isDown ? Promise.reject(new Error('down')) : store.origins());
    const mayCall = openOrigins({ store: { ...store, origins }, log, clock: () => now });
    expect(await mayCall('https://a.example')).toBe(true);
    isDown = true;
    pass(1000);
    expect(await mayCall('https://a.example')).toBe(true);
    expect(await mayCall('https://c.example')).toBe(false);
  });

  it('are listed with what is agreed and when they were used', async () => {
    expect(listAll(await store.list(), now)).toEqual(['There are no partners yet.']);
    const key = await newKey(store, ['--partner', 'Courier', '--quota', '500'], now);
    await verifier.verify(key);
    await verifier.settled();
    const next = await newKey(store, ['--partner', 'Courier', '--rotate'], new Date(now.getTime() + 1));
    expect(listAll(await store.list(), now)).toEqual([
      'name     key            rights  quota         last use              state',
      `Courier  ${key.slice(0, 13)}  text    500 a minute  2026-11-24 12:00 UTC  ends 2026-11-25 12:00 UTC`,
      `Courier  ${next.slice(0, 13)}  text    500 a minute  never                 active`,
    ]);
  });

  it('fail whoever comes while the database does not answer, and nobody after', async () => {
    const key = await newKey(store, ['--partner', 'Courier'], now);
    let isDown = true;
    const shaky: KeyStore = {
      ...store,
      keyByPrefix: (prefix) => (isDown ? Promise.reject(new Error('down')) : store.keyByPrefix(prefix)),
    };
    const one = openVerifier({ store: shaky, log, clock: () => now });
    await expect(one.verify(key)).rejects.toThrow('down');
    isDown = false;
    expect(await one.verify(key)).toMatchObject({ name: 'Courier' });
    await one.settled();
  });
});
