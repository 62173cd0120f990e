/** Putting what was read: many records in one transaction, and one by one where one of them is broken. */
import { DatabaseFailure } from '../../subgraphs/store/databaseFailure.ts';
import { ContentError, type Put, type PutOutcome } from '../../subgraphs/store/putContent.ts';
import type { RecordKind, Reporter } from './report.ts';

interface Putting<Content> {
  put: Put<Content>;
  by: string;
  kind: RecordKind;
  reporter: Reporter;
  /** How the report names a record; never by an e-mail address. */
  nameOf: (item: Content) => string;
}

/**
 * Puts items and reports each. Answers in the order of the items, null for one that was refused. When the
 * store refuses every one of several items, and not for what is in them, it is the store that is broken:
 * then its error is thrown.
 */
export async function putReporting<Content>(
  items: readonly Content[],
  { put, by, kind, reporter, nameOf }: Putting<Content>,
): Promise<(PutOutcome | null)[]> {
  if (items.length === 0) return [];
  const outcomes = await putEach(items, put, by);
  return items.map((item, position) => {
    const outcome = outcomes[position];
    if (outcome === undefined || outcome instanceof Error) {
      reporter.skip(kind, nameOf(item), reasonOf(outcome));
      return null;
    }
    reporter.put(kind, nameOf(item), outcome);
    return outcome;
  });
}

async function putEach<Content>(items: readonly Content[], put: Put<Content>, by: string) {
  try {
    return await put(items, by);
  } catch (error) {
    if (!isFaultOfItem(error)) throw error;
    if (items.length === 1) return [error];
  }
  const outcomes: (PutOutcome | Error | undefined)[] = [];
  for (const item of items) {
    try {
      const [outcome] = await put([item], by);
      outcomes.push(outcome);
    } catch (error) {
      if (!isFaultOfItem(error)) throw error;
      outcomes.push(error);
    }
  }
  return outcomes;
}

/**
 * Whether an item cannot be stored, rather than nothing at all: by a rule of ours, or by SQLSTATE's data exceptions
 * (22), broken constraints (23) and limits of the program (54).
 */
function isFaultOfItem(error: unknown): error is Error {
  return (
    error instanceof ContentError || (error instanceof DatabaseFailure && /^(22|23|54)/.test(error.code))
  );
}

/** Only a ContentError's words are meant for people. */
function reasonOf(error: Error | undefined): string {
  if (error instanceof ContentError) return error.message;
  const code = error instanceof DatabaseFailure ? ` with ${error.code}` : '';
  return `Expected the store to take it, but it refused${code}.`;
}
