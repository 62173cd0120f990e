/** Locks a data folder for one process. */

import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '../../kit/startError.ts';

/**
 * The lock files of this process. A lock file with this process id may also be left over from an earlier process with
 * the same id.
 */
const ours = new Set<string>();

/**
 * Locks a folder for this process and returns the function that unlocks it. Rejects with a message that names the other
 * process if one holds the lock. A lock of a process that has ended is ignored.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'lock');
  const mine = `${file}.${process.pid}`;
  await writeFile(mine, String(process.pid));
  try {
    while (!(await linked(mine, file))) {
      const owner = Number(await readFile(file, 'utf8').catch(() => ''));
      if (isAlive(owner, file)) throw new StartError(lockedMessage(folder, owner));
      await rm(file, { force: true });
    }
  } finally {
    await rm(mine, { force: true });
  }
  ours.add(file);
  return async () => {
    ours.delete(file);
    await rm(file, { force: true });
  };
}

const lockedMessage = (folder: string, owner: number) =>
  `Expected to be the only one that opens the embedded database in ${folder}, but process ${owner} has it open. ` +
  'Stop that one first, choose another DATA_DIR, or set DATABASE_URL to share a PostgreSQL.';

/** A link is created atomically, so no process reads a lock file without an owner. */
async function linked(mine: string, file: string): Promise<boolean> {
  try {
    await link(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(pid: number, file: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return ours.has(file);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
