/** Connections to a PostgreSQL on which reads and writes have each their own time. */
import pg from 'pg';

type Mode = 'read' | 'write';

interface Times {
  readMs: number;
  writeMs: number;
}

/** After so long the server is taken to be silent, and the connection is given up. */
const graceMs = 500;

/**
 * What selects outside of a transaction is a read, all else is a write. A connection knows its time; it is told anew only
 * where the last one who had it did the other. A statement that is late ends at the server.
 */
export class TimedPool extends pg.Pool {
  readonly #times: Times;
  readonly #modes = new WeakMap<pg.PoolClient, Mode>();

  constructor(config: pg.PoolConfig, times: Times) {
    super({ ...config, statement_timeout: times.readMs, query_timeout: times.writeMs + graceMs });
    this.#times = times;
    // One that breaks rejects what is asked on it; without a listener it would end the process besides.
    this.on('connect', (client) => void client.on('error', () => {}));
  }

  /** Asks a question that changes nothing. */
  async read<Row extends unknown[]>(config: pg.QueryArrayConfig): Promise<pg.QueryArrayResult<Row>> {
    const lateMs = this.#times.readMs + graceMs;
    return this.#ask('read', (client) => within(lateMs, client.query<Row>(config)));
  }

  async #ask<Result>(mode: Mode, ask: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await super.connect();
    this.#set(client, mode);
    try {
      const result = await ask(client);
      client.release();
      return result;
    } catch (error) {
      // What the server refuses leaves the connection whole.
      client.release(!(error instanceof pg.DatabaseError));
      throw error;
    }
  }

  /** Before what is asked next on the connection, which answers one after the other. */
  #set(client: pg.PoolClient, mode: Mode): void {
    if ((this.#modes.get(client) ?? 'read') === mode) return;
    this.#modes.set(client, mode);
    const ms = mode === 'read' ? this.#times.readMs : this.#times.writeMs;
    client.query(`set statement_timeout = ${ms}`).catch(() => {});
  }

  /** A connection for a transaction, with the time of writes. */
  override connect(): Promise<pg.PoolClient>;
  override connect(
    callback: (error: Error | undefined, client: pg.PoolClient | undefined, done: () => void) => void,
  ): void;
  override connect(callback?: Parameters<pg.Pool['connect']>[0]): unknown {
    if (callback) return super.connect(callback);
    return super.connect().then((client) => {
      this.#set(client, 'write');
      return client;
    });
  }

  // The many forms of `query` are the base's; ours passes on what it was given.
  override query = ((config: string | { text: string }, ...given: never[]) =>
    this.#ask(isRead(typeof config === 'string' ? config : config.text) ? 'read' : 'write', (client) =>
      client.query(config as never, ...given),
    )) as unknown as pg.Pool['query'];
}

const isRead = (text: string): boolean =>
  /^\s*select\b/i.test(text) || (/^\s*with\b/i.test(text) && !/\b(insert|update|delete|merge)\b/i.test(text));

/**
 * Rejects where an answer is late. The driver's own time would blame the server for an event loop that stood still: what has
 * arrived meanwhile is read before time is up.
 */
function within<Answer>(ms: number, answering: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const giveUp = () =>
      reject(new Error(`Expected PostgreSQL to answer within ${ms} ms, but got: nothing.`));
    const timer = setTimeout(() => setImmediate(giveUp), ms);
    answering.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
