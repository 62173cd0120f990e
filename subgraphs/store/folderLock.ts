/** One process at a time in a data folder. */
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '../errors.ts';

/** What this process has locked: its own id in a lock file may also be a leftover of an earlier life. */
const ours = new Set<string>();

/**
 * Takes a folder for this process; the function that it answers gives it back. Fails with a message that
 * names the other process when one has it. What a process left behind that is gone counts for nothing.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'lock');
  const mine = `${file}.${process.pid}`;
  await writeFile(mine, String(process.pid));
  try {
    while (!(await linked(mine, file))) {
      const owner = Number(await readFile(file, 'utf8').catch(() => ''));
      if (isAlive(owner, file)) throw new StartError(taken(folder, owner));
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

const taken = (folder: string, owner: number) =>
  `Expected to be the only one that opens the embedded database in ${folder}, but process ${owner} has it open. ` +
  'Stop that one first, choose another DATA_DIR, or set DATABASE_URL to share a PostgreSQL.';

/** A link appears whole or not at all, so that nobody reads a lock without its owner. */
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
