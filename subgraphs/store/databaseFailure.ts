/** What a database says of a failed statement, fit for a log: never the values that the statement was given. */

/** A statement that failed, by its SQLSTATE, or by the system's code where the connection did. */
export class DatabaseFailure extends Error {
  override name = 'DatabaseFailure';
  readonly code: string;

  constructor(code: string, statement: string) {
    super(`The database refused a statement with ${code}: ${statement}`);
    this.code = code;
  }
}

const statementShown = 200;

/** What is told of a statement that failed: its code and its text. */
export function failureOf(error: unknown, statement: string): DatabaseFailure {
  return new DatabaseFailure(sqlStateOf(error) ?? 'no code', short(statement));
}

/**
 * The error as it may be logged. What Drizzle and PostgreSQL say of a failed statement quotes its parameters:
 * e-mail addresses, words of readers, whole stories. Other errors come back as they are.
 */
export function withoutValues(error: unknown): unknown {
  if (error instanceof DatabaseFailure || !(error instanceof Error)) return error;
  const { query } = error as { query?: unknown };
  const code = sqlStateOf(error);
  if (code === undefined && query === undefined) return error;
  return new DatabaseFailure(code ?? 'no code', typeof query === 'string' ? short(query) : 'not known');
}

/** The SQLSTATE of a database's error, or the code of the system's, however it is wrapped. */
export function sqlStateOf(error: unknown): string | undefined {
  for (let inner = error, depth = 0; inner instanceof Error && depth < 5; depth += 1) {
    const { code } = inner as { code?: unknown };
    if (typeof code === 'string' && /^([0-9A-Z]{5}|E[A-Z]+)$/.test(code)) return code;
    inner = inner.cause;
  }
  return undefined;
}

const short = (statement: string) => {
  const flat = statement.replace(/\s+/g, ' ').trim();
  return flat.length > statementShown ? `${flat.slice(0, statementShown)}...` : flat;
};
