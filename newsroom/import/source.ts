/** Finds, opens and decompresses files to import, with error messages that name the problem. */

import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline, type Readable, Transform } from 'node:stream';
import { createGunzip, type Gunzip } from 'node:zlib';
import { StartError } from '../../kit/startError.ts';

/** A file that cannot be imported at all: what was expected and what was found. */
export class ImportError extends StartError {
  override name = 'ImportError';
}

export interface SourceFile {
  path: string;
  /** Bytes on disk. */
  size: number;
  isPacked: boolean;
}

const importable = /\.(json|csv)(\.gz)?$/i;

/** The file at a path, or the importable files of a folder by name. */
export async function sourceFiles(path: string): Promise<SourceFile[]> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'there is nothing' : `it cannot be read (${error.code})`;
    throw new ImportError(`Expected "${path}" to be a file or a folder, but ${reason}.`);
  });
  if (!found.isDirectory()) return [await sourceFile(path)];
  const names = (await readdir(path)).filter((name) => importable.test(name)).sort();
  if (names.length === 0)
    throw new ImportError(
      `Expected the folder "${path}" to hold .json or .csv files, packed with gzip or not, but found none.`,
    );
  return Promise.all(names.map((name) => sourceFile(join(path, name))));
}

/** The name of a file for messages, without its folders. */
export function nameOf({ path }: SourceFile): string {
  return basename(path);
}

/** The decompressed bytes of a file; `onBytes` receives the number of bytes read from disk. */
export function openSource(file: SourceFile, onBytes: (count: number) => void = () => {}): Readable {
  const bytes = createReadStream(file.path, { highWaterMark: 256 * 1024 });
  bytes.on('data', (chunk) => onBytes(chunk.length));
  if (!file.isPacked) return bytes;
  // An error at either end of the pipeline destroys its last stream, which tells the reader.
  const unpacked: Gunzip = createGunzip({ chunkSize: 64 * 1024 });
  const bounded = boundOf(file);
  pipeline(bytes, unpacked, bounded, () => {});
  return bounded;
}

/** The largest ratio of decompression: text seldom exceeds 20, and 200 is a decompression bomb. */
const mostTimes = 200;
const neverTooLarge = 50_000_000;

/** Passes decompressed bytes through up to that ratio. */
function boundOf(file: SourceFile): Transform {
  const most = Math.max(file.size * mostTimes, neverTooLarge);
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.length;
      if (size <= most) return done(null, chunk);
      done(
        new ImportError(
          `Expected "${nameOf(file)}" to unpack to at most ${mostTimes} times its size, but it goes on after ${most} bytes.`,
        ),
      );
    },
  });
}

/** The first decompressed bytes of a file as text. */
export async function headOf(file: SourceFile, length = 64 * 1024): Promise<string> {
  const source = openSource(file);
  const chunks: Buffer[] = [];
  let read = 0;
  try {
    for await (const chunk of source) {
      chunks.push(chunk as Buffer);
      read += (chunk as Buffer).length;
      if (read >= length) break;
    }
  } catch (error) {
    // The beginning of a truncated file suffices to detect its format; reading the rest reports the error.
    if (read === 0) throw readError(file, error);
  } finally {
    source.destroy();
  }
  const bytes = Buffer.concat(chunks);
  const isWide =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  return new TextDecoder(isWide).decode(bytes).replace(/^\uFEFF/, '');
}

/** The message for an error from reading a file. */
export function readError(file: SourceFile, error: unknown): ImportError {
  if (error instanceof ImportError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR')
    return new ImportError(`Expected "${nameOf(file)}" to be a whole gzip file, but it breaks off.`);
  if (code?.startsWith('Z_'))
    return new ImportError(`Expected "${nameOf(file)}" to be a gzip file, but it is damaged (${message}).`);
  return new ImportError(`Expected "${nameOf(file)}" to be readable, but got: ${message}`);
}

async function sourceFile(path: string): Promise<SourceFile> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new ImportError(`Expected "${path}" to be readable, but got: ${error.code}.`);
  });
  try {
    const { size } = await file.stat();
    if (size === 0) throw new ImportError(`Expected "${path}" to hold content, but the file is empty.`);
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    // By the magic number, since a file name proves nothing (RFC 1952, section 2.3.1).
    return { path, size, isPacked: buffer[0] === 0x1f && buffer[1] === 0x8b };
  } finally {
    await file.close();
  }
}
