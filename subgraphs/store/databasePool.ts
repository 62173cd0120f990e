/** A PostgreSQL connection pool with separate timeouts for reads and writes. */
import pg from 'pg';

type Mode = 'read' | 'write';

interface Times {
  readMs: number;
  writeMs: number;
}

/** The time after the statement timeout when the server counts as unresponsive and the connection is closed. */
const graceMs = 500;

/**
 * A `select` outside a transaction is a read; everything else is a write. A connection keeps its timeout, which is set
 * again only when the mode changes. The server cancels late statements.
 */
export class TimedPool extends pg.Pool {
  readonly #times: Times;
  readonly #modes = new WeakMap<pg.PoolClient, Mode>();

  constructor(config: pg.PoolConfig, times: Times) {
    super({ ...config, statement_timeout: times.readMs, query_timeout: times.writeMs + graceMs });
    this.#times = times;
    // A broken connection rejects its pending queries. Without a listener, the error event would also end the process.
    this.on('connect', (client) => void client.on('error', () => {}));
  }

  /** Runs a query that changes nothing. */
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
      // An error from the server leaves the connection usable.
      client.release(!(error instanceof pg.DatabaseError));
      throw error;
    }
  }

  /** Sets the timeout before the next query. A connection runs its queries in order. */
  #set(client: pg.PoolClient, mode: Mode): void {
    if ((this.#modes.get(client) ?? 'read') === mode) return;
    this.#modes.set(client, mode);
    const ms = mode === 'read' ? this.#times.readMs : this.#times.writeMs;
    client.query(`set statement_timeout = ${ms}`).catch(() => {});
  }

  /** A connection for a transaction, with the write timeout. */
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

  // `query` has many overloads in the base class; this one passes its arguments on.
  override query = ((config: string | { text: string }, ...args: never[]) =>
    this.#ask(isRead(typeof config === 'string' ? config : config.text) ? 'read' : 'write', (client) =>
      client.query(config as never, ...args),
    )) as unknown as pg.Pool['query'];
}

const isRead = (text: string): boolean =>
  /^\s*select\b/i.test(text) || (/^\s*with\b/i.test(text) && !/\b(insert|update|delete|merge)\b/i.test(text));

/**
 * Rejects if a response is late. The driver's own timer would blame the server when the event loop was blocked; here,
 * responses that have arrived in the meantime are read before the time limit counts.
 */
function within<Answer>(ms: number, answering: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const giveUp = () =>
      reject(new Error(`Expected PostgreSQL to answer within ${ms} ms, but got: nothing.`));
    const timer = setTimeout(() => setImmediate(giveUp), ms);
    answering.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
