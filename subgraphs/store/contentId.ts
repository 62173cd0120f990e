/** Deterministic ids: derived from the source id, so that importing an item again gives the same id. */
import { createHash } from 'node:crypto';

const namespace = 'dateline';

/**
 * The id for `sourceId`, as a UUID (RFC 9562 version 8, from SHA-256): the same source always gives the same id, in any
 * process, without a database query.
 */
export function idOf(kind: string, sourceId: string): string {
  const hex = createHash('sha256').update(`${namespace}\n${kind}\n${sourceId}`).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is a UUID. A text that is not one matches no row, so no query is needed. */
export function isId(text: string): boolean {
  return uuid.test(text);
}

/** Whether PostgreSQL can store a text: it rejects the character U+0000, so no slug or name holds it. */
export function isText(text: string): boolean {
  return !text.includes('\0');
}
