/** Real content and schemas of others that lie beside the project on some machines, and are no part of it. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where a file or folder of them is; undefined on a machine that has not got it. */
export function sharedData(name: string): string | undefined {
  return ['../shared/data', '/work/shared/data'].map((folder) => resolve(folder, name)).find(existsSync);
}
