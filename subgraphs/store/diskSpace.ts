/**
 * Refuses writes to the embedded database before its disk is full, which PostgreSQL in this process does not survive.
 */
import { statfs } from 'node:fs/promises';
import type { PGlite } from '@electric-sql/pglite';

/** The bytes free on the disk of a folder for users other than root. */
export type FreeBytes = (folder: string) => Promise<number>;

export interface DiskSpaceOptions {
  /** Defaults to the operating system's value. */
  freeBytes?: FreeBytes;
  /** Called when writes begin to be refused, and when they are accepted again. */
  onChange?: (isFull: boolean, free: number) => void;
}

export interface DiskSpaceGuard {
  /** Runs work whose writes are not refused: migrations, most of which have nothing to do. */
  exempt<Result>(work: () => Promise<Result>): Promise<Result>;
  close(): void;
}

/** Writes are refused below this. A segment of the write-ahead log has 16 MB, and a checkpoint needs space too. */
export const leastFreeBytes = 64 * 1024 * 1024;

/** How often the free space is checked. */
const everyMs = 1_000;

/** A refused write, with PostgreSQL's SQLSTATE for a full disk. */
export class DiskFull extends Error {
  override name = 'DiskFull';
  readonly code = '53100';
}

const change =
  /^\s*(?:insert|update|delete|truncate|create|alter|with\b[\s\S]*\b(?:insert into|update|delete from))\b/i;

/** Passes writes and transactions on to `client` only while the disk of `folder` has free space. Reads always pass. */
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
    // If the system does not report the free space, nothing is refused.
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
