/** Putting what was read: many records in one transaction, and one by one where one of them is broken. */
import { ContentError, type Put, type PutOutcome } from '../../subgraphs/put.ts';
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
    if (items.length === 1 && error instanceof ContentError) return [error];
  }
  const outcomes: (PutOutcome | Error | undefined)[] = [];
  let broken = 0;
  for (const item of items) {
    try {
      const [outcome] = await put([item], by);
      outcomes.push(outcome);
      broken = 0;
    } catch (error) {
      if (!(error instanceof ContentError)) broken += 1;
      if (broken === Math.min(items.length, 10)) throw error;
      outcomes.push(error instanceof Error ? error : new Error(String(error)));
    }
  }
  return outcomes;
}

/** Only a ContentError's words are meant for people; those of a database may quote what was to be stored. */
function reasonOf(error: Error | undefined): string {
  if (error instanceof ContentError) return error.message;
  const { code } = ((error?.cause ?? error) as { code?: unknown } | undefined) ?? {};
  return `Expected the store to take it, but it refused${typeof code === 'string' ? ` with ${code}` : ''}.`;
}
