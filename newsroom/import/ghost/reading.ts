/** Reads a record of an export, or reports why it cannot be read. */
import { RecordError, type SourceRecord, textField } from '../records.ts';
import type { RecordKind, Reporter } from '../report.ts';

/** What `read` makes of a record; undefined where it throws a RecordError, which the report then tells. */
export function tryReading<Read>(
  record: SourceRecord,
  kind: RecordKind,
  reporter: Reporter,
  read: () => Read,
): Read | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    const name = textField(record, 'slug') ?? textField(record, 'id') ?? 'without an id';
    reporter.skip(kind, name, error.message);
    return undefined;
  }
}
