/** Loads the manifests of stored operations that the setting OPERATIONS names: files, and folders of files. */

import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '../../kit/startError.ts';
import { systemCodeOf } from '../errors.ts';
import { openStored, readOperations, type Stored, type StoredOperation } from './storedOperations.ts';

export interface ManifestLimits {
  /** Maximum manifests, also of one folder. */
  files: number;
  /** Maximum size of all manifests together. */
  bytes: number;
  /** Maximum operations with different ids. */
  operations: number;
}

/** An app with an operation list of 200 for each of 100 versions, of which most are the same. */
const defaultLimits: ManifestLimits = { files: 500, bytes: 64 * 1024 * 1024, operations: 20_000 };

/**
 * Loads manifests from files and from the .json files of folders, in this order. The same operation may be in several. Rejects with
 * a StartError that names the file and what is wrong with it.
 */
export async function loadStored(sources: readonly string[], limits = defaultLimits): Promise<Stored> {
  const files = (await Promise.all(sources.map((source) => filesOf(source, limits)))).flat();
  if (files.length > limits.files) throw problem(`at most ${limits.files} manifests`, `${files.length}`);
  const operations = new Map<string, { operation: StoredOperation; file: string }>();
  let bytes = 0;
  for (const file of files) {
    bytes += await tried(file, async () => (await stat(file)).size);
    if (bytes > limits.bytes) throw problem(`at most ${limits.bytes} bytes together`, `more with ${file}`);
    for (const operation of readFrom(file, await tried(file, () => readFile(file, 'utf8')))) {
      const same = operations.get(operation.id);
      if (same && same.operation.body !== operation.body)
        throw problem(
          'manifests with one text for each id',
          `two texts for ${operation.id}, in ${same.file} and ${file}`,
        );
      if (!same) operations.set(operation.id, { operation, file });
    }
    if (operations.size > limits.operations)
      throw problem(`at most ${limits.operations} operations together`, `more with ${file}`);
  }
  return openStored([...operations.values()].map(({ operation }) => operation));
}

async function filesOf(source: string, limits: ManifestLimits): Promise<string[]> {
  if (!(await tried(source, () => stat(source))).isDirectory()) return [source];
  const names = (await tried(source, () => readdir(source))).filter((name) => name.endsWith('.json')).sort();
  if (names.length === 0) throw problem('files and folders with manifests', `no .json file in ${source}`);
  if (names.length > limits.files)
    throw problem(`at most ${limits.files} manifests`, `${names.length} in ${source}`);
  return names.map((name) => join(source, name));
}

function readFrom(file: string, text: string): StoredOperation[] {
  try {
    return readOperations(text);
  } catch (error) {
    throw new StartError([`Expected ${file} in OPERATIONS to be ${(error as Error).message}`]);
  }
}

async function tried<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw problem('files and folders that can be read', `${systemCodeOf(error) ?? String(error)} at ${path}`);
  }
}

const problem = (wanted: string, got: string) =>
  new StartError([`Expected OPERATIONS to be ${wanted}, but got: ${got}.`]);
