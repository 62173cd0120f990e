/** Real content and schemas of others that lie beside the project on some machines, and are no part of it. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where a file or folder of them is; undefined on a machine that has not got it. */
export function sharedData(name: string): string | undefined {
  const path = resolve('../shared/data', name);
  return existsSync(path) ? path : undefined;
}
