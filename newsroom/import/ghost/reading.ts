/** Reads a record of an export, and reports errors. */
import { RecordError, type SourceRecord, textField } from '../records.ts';
import type { RecordKind, Reporter } from '../report.ts';

/** The result of `read`; undefined when it throws, which is reported. */
export function tryReading<Read>(
  record: SourceRecord,
  kind: RecordKind,
  reporter: Reporter,
  read: () => Read,
): Read | undefined {
  try {
    return read();
  } catch (error) {
    const reason =
      error instanceof RecordError
        ? error.message
        : `Expected a ${kind} that can be read, but reading it failed: ${String(error).slice(0, 200)}`;
    const name = textField(record, 'slug') ?? textField(record, 'id') ?? 'without an id';
    reporter.skip(kind, name, reason);
    return undefined;
  }
}
