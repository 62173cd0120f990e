/** Parses the body of a Ghost webhook: `{ "post": { "current": {...}, "previous": {...} } }`. It has no event name. */
import { badInput } from '../../subgraphs/errors.ts';
import { isObject, objectIn } from '../../subgraphs/serve/webhookDoor.ts';
import { dateField, type SourceRecord, textField } from '../import/records.ts';

const kinds = ['post', 'page', 'tag', 'member'] as const;
type Kind = (typeof kinds)[number];

export interface GhostEvent {
  kind: Kind;
  id: string;
  /** The current state; the last state of a deleted record. */
  record: SourceRecord;
  /** The previous values of changed fields. */
  previous: SourceRecord;
  /** Whether the record was deleted: its current state is empty. */
  isGone: boolean;
  /** The time of the last change; undefined when Ghost does not send it. */
  updatedAt: Date | undefined;
}

/** The event of a body; undefined for other kinds of records. Throws for an invalid body. */
export function readEvent(body: Buffer): GhostEvent | undefined {
  const payload = objectIn(body);
  const kind = kinds.find((name) => name in payload);
  if (kind === undefined) return undefined;
  const told = payload[kind];
  const [current, previous] = isObject(told) ? [told.current ?? {}, told.previous ?? {}] : [];
  if (!isObject(current) || !isObject(previous))
    throw badInput(`Expected "${kind}" to have "current" and "previous", but got: another value.`);
  const isGone = Object.keys(current).length === 0;
  const record = isGone ? previous : current;
  const id = textField(record, 'id');
  if (id === undefined || id.length > 100)
    throw badInput(`Expected a ${kind} to have an id of at most 100 characters, but got: none.`);
  return { kind, id, record, previous, isGone, updatedAt: dateField(record, 'updated_at') };
}

/** The records of a list field, such as the tags of a post. */
export function recordsIn(record: SourceRecord, name: string): SourceRecord[] {
  const list = record[name];
  return Array.isArray(list) ? list.filter(isObject).slice(0, 500) : [];
}
