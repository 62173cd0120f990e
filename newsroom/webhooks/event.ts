/** What Ghost tells in a webhook: `{ "post": { "current": {...}, "previous": {...} } }`. No event's name comes with it. */
import { badInput } from '../../subgraphs/errors.ts';
import { isObject, objectIn } from '../../subgraphs/serve/webhookDoor.ts';
import { dateField, type SourceRecord, textField } from '../import/records.ts';

const kinds = ['post', 'page', 'tag', 'member'] as const;
type Kind = (typeof kinds)[number];

export interface GhostEvent {
  kind: Kind;
  id: string;
  /** As it is now; as it was last where it is gone. */
  record: SourceRecord;
  /** Only what was different before. */
  previous: SourceRecord;
  /** Deleted: Ghost tells nothing of how it is now. */
  isGone: boolean;
  /** When it was changed last; undefined where Ghost does not tell. */
  updatedAt: Date | undefined;
}

/** The event in a body; undefined for one that is about something else. Throws for what is none. */
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

/** The records of a list within a record: the tags of a post. */
export function recordsIn(record: SourceRecord, name: string): SourceRecord[] {
  const list = record[name];
  return Array.isArray(list) ? list.filter(isObject).slice(0, 500) : [];
}
