/** Describes failed SQL statements for a log, without the values that were passed to the statement. */

/** A failed statement, with its SQLSTATE, or the system's error code if the connection failed. */
export class DatabaseFailure extends Error {
  override name = 'DatabaseFailure';
  readonly code: string;

  constructor(code: string, statement: string) {
    super(`The database refused a statement with ${code}: ${statement}`);
    this.code = code;
  }
}

const statementShown = 200;

/** Describes a failed statement by its code and its text. */
export function failureOf(error: unknown, statement: string): DatabaseFailure {
  return new DatabaseFailure(sqlStateOf(error) ?? 'no code', short(statement));
}

/**
 * The error in a form that may be logged. Errors from Drizzle and PostgreSQL quote the parameters of the statement:
 * e-mail addresses, search terms, whole stories. Other errors are returned unchanged.
 */
export function withoutValues(error: unknown): unknown {
  if (error instanceof DatabaseFailure || !(error instanceof Error)) return error;
  const { query } = error as { query?: unknown };
  const code = sqlStateOf(error);
  if (code === undefined && query === undefined) return error;
  return new DatabaseFailure(code ?? 'no code', typeof query === 'string' ? short(query) : 'not known');
}

/** The SQLSTATE of a database error, or the code of a system error, however deep it is nested in `cause`. */
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
