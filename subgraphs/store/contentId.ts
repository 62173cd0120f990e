/** The ids of things: made from where a thing came from, so that importing it again finds it again. */
import { createHash } from 'node:crypto';

const namespace = 'dateline';

/**
 * The id of the thing that `sourceId` names, as a UUID (RFC 9562 version 8, from SHA-256): the same source
 * always gives the same id, in any process, without asking a database.
 */
export function idOf(kind: string, sourceId: string): string {
  const hex = createHash('sha256').update(`${namespace}\n${kind}\n${sourceId}`).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text can be the id of anything; what cannot is simply not found. */
export function isId(text: string): boolean {
  return uuid.test(text);
}

/** Whether a database can hold a text at all: with the character 0 it is nobody's slug and nobody's name. */
export function isText(text: string): boolean {
  return !text.includes('\0');
}
