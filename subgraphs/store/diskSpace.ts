/** Refuses changes to the embedded database before its disk is full: PostgreSQL in this process does not survive that. */
import { statfs } from 'node:fs/promises';
import type { PGlite } from '@electric-sql/pglite';

/** The bytes that are free on the disk of a folder, for who is not root. */
export type FreeBytes = (folder: string) => Promise<number>;

export interface DiskSpaceOptions {
  /** The operating system's answer unless given. */
  freeBytes?: FreeBytes;
  /** Told when changes begin to be refused, and when they no longer are. */
  onChange?: (isFull: boolean, free: number) => void;
}

export interface DiskSpaceGuard {
  /** Does work whose changes are not refused: migrations, most of which find nothing to do. */
  exempt<Result>(work: () => Promise<Result>): Promise<Result>;
  close(): void;
}

/** With less than this nothing is changed any more: a segment of the log has 16 MB, and a checkpoint needs room too. */
export const leastFreeBytes = 64 * 1024 * 1024;

/** How often the room is looked at. */
const everyMs = 1_000;

/** A change that was refused, with the SQLSTATE that PostgreSQL has for it. */
export class DiskFull extends Error {
  override name = 'DiskFull';
  readonly code = '53100';
}

const change =
  /^\s*(?:insert|update|delete|truncate|create|alter|with\b[\s\S]*\b(?:insert into|update|delete from))\b/i;

/**
 * Lets statements that change something, and transactions, through to `client` only while the disk of `folder` has room.
 * Reads always go through.
 */
export async function guardDiskSpace(
  client: PGlite,
  folder: string,
  { freeBytes = freeOn, onChange }: DiskSpaceOptions = {},
): Promise<DiskSpaceGuard> {
  let free = Number.POSITIVE_INFINITY;
  let exempted = 0;
  const isFull = () => free < leastFreeBytes;
  const look = async () => {
    const wasFull = isFull();
    // Where the system does not say, nothing is refused.
    free = await freeBytes(folder).catch(() => Number.POSITIVE_INFINITY);
    if (isFull() !== wasFull) onChange?.(isFull(), free);
  };
  await look();
  const timer = setInterval(look, everyMs).unref();
  const refuse = () => {
    throw new DiskFull(
      `Expected ${megabytes(leastFreeBytes)} MB of free disk space in ${folder}, but got: ${megabytes(free)} MB.`,
    );
  };
  const mayRefuse = () => exempted === 0 && isFull();
  const { query, transaction } = client;
  client.query = async (text, ...rest) => {
    if (mayRefuse() && change.test(text)) refuse();
    return query.call(client, text, ...rest) as never;
  };
  client.transaction = async (work) => {
    if (mayRefuse()) refuse();
    return transaction.call(client, work) as never;
  };
  return {
    close: () => clearInterval(timer),
    exempt: async (work) => {
      exempted++;
      try {
        return await work();
      } finally {
        exempted--;
      }
    },
  };
}

export const megabytes = (bytes: number) => Math.floor(bytes / 1024 / 1024);

export async function freeOn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
