/** Puts records in one transaction, and one by one when one of them is rejected. */
import { DatabaseFailure } from '../../subgraphs/store/databaseFailure.ts';
import { ContentError, type Put, type PutOutcome } from '../../subgraphs/store/putContent.ts';
import type { RecordKind, Reporter } from './report.ts';

interface Putting<Content> {
  put: Put<Content>;
  by: string;
  kind: RecordKind;
  reporter: Reporter;
  /** The name of a record in the report; never an e-mail address. */
  nameOf: (item: Content) => string;
}

/**
 * Puts items and reports each. Returns results in the order of the items, null for a rejected one. When the store
 * rejects every one of several items, for reasons other than their content, its error is thrown.
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
 * Whether an error is caused by the item: by a rule of the store, or by SQLSTATE class 22 (data exception), 23
 * (constraint violation) or 54 (program limit exceeded).
 */
function isFaultOfItem(error: unknown): error is Error {
  return (
    error instanceof ContentError || (error instanceof DatabaseFailure && /^(22|23|54)/.test(error.code))
  );
}

/** Only the message of a ContentError is meant for people. */
function reasonOf(error: Error | undefined): string {
  if (error instanceof ContentError) return error.message;
  const code = error instanceof DatabaseFailure ? ` with ${error.code}` : '';
  return `Expected the store to take it, but it refused${code}.`;
}
