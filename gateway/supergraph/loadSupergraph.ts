/** Loads the SDL of a supergraph from a file or a URL. */

import { open, stat } from 'node:fs/promises';
import { StartError } from '../../kit/startError.ts';
import { systemCodeOf } from '../errors.ts';
import { checkSupergraph } from './checkText.ts';

/** A supergraph of several hundred subgraphs has a few megabytes; a larger file is something else. */
const maxBytes = 32 * 1024 * 1024;
const urlTimeoutMs = 15_000;

/** The supergraph cannot be read or is not a supergraph. The message is for the operator who starts the gateway. */
export class SupergraphError extends StartError {
  override name = 'SupergraphError';
}

/** A file or URL with a supergraph. */
export interface Source {
  /** The path of the file; undefined for a URL. */
  path: string | undefined;
  /** Resolves to the SDL, or to undefined if it has not changed since the last read. Rejects with a SupergraphError. */
  read: () => Promise<string | undefined>;
}

/** Reads the supergraph at `source`, a path or an http(s) URL. Rejects with a SupergraphError. */
export async function loadSupergraph(source: string): Promise<string> {
  // The first read always returns a text.
  return (await openSource(source).read()) as string;
}

/** Opens a source for repeated reads. An untouched file costs a `stat`, a URL with the same ETag a 304. */
export function openSource(source: string): Source {
  const isUrl = /^https?:\/\//i.test(source);
  const readOnce = isUrl ? readUrl : readFileBounded;
  let lastVersion: string | undefined;
  return {
    path: isUrl ? undefined : source,
    read: async () => {
      const result = await readOnce(source, lastVersion);
      if (!result) return undefined;
      // The version is stored before the check, so that an invalid text is reported once.
      lastVersion = result.version;
      const problem = checkSupergraph(result.sdl);
      if (problem) throw new SupergraphError(`Expected ${nameOf(source)} to be ${problem}`);
      return result.sdl;
    },
  };
}

/** An SDL text and its version: the file's metadata or the ETag. */
interface SourceText {
  sdl: string;
  version: string | undefined;
}

async function readFileBounded(
  path: string,
  lastVersion: string | undefined,
): Promise<SourceText | undefined> {
  try {
    const version = await versionOf(path);
    if (version === lastVersion) return undefined;
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size > maxBytes) throw tooLarge(path);
      return { sdl: await file.readFile('utf8'), version };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof SupergraphError) throw error;
    const reason = systemCodeOf(error) ?? String(error);
    const got = reason === 'ENOENT' ? 'no such file' : reason;
    throw new SupergraphError(`Expected the supergraph ${path} to be a readable file, but got: ${got}.`);
  }
}

/** Read before the file's content: a change in between results in another version. */
async function versionOf(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

async function readUrl(url: string, lastVersion: string | undefined): Promise<SourceText | undefined> {
  try {
    // Loaded on demand: the gateway starts faster from a file without it.
    const { request } = await import('undici');
    const { statusCode, headers, body } = await request(url, {
      signal: AbortSignal.timeout(urlTimeoutMs),
      headers: lastVersion === undefined ? {} : { 'if-none-match': lastVersion },
    });
    if (statusCode !== 200) {
      await body.dump();
      if (statusCode === 304 && lastVersion !== undefined) return undefined;
      throw new SupergraphError(`Expected ${nameOf(url)} to answer with status 200, but got: ${statusCode}.`);
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(nameOf(url));
      chunks.push(chunk);
    }
    const { etag } = headers;
    return {
      sdl: Buffer.concat(chunks, bytes).toString('utf8'),
      version: typeof etag === 'string' ? etag : undefined,
    };
  } catch (error) {
    if (error instanceof SupergraphError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new SupergraphError(`Expected ${nameOf(url)} to answer with a supergraph, but got: ${reason}.`);
  }
}

function tooLarge(name: string): SupergraphError {
  return new SupergraphError(`Expected ${name} to be at most ${maxBytes} bytes, but got: more.`);
}

/** The source without the parts of a URL that may be secret: user, password and query. */
function nameOf(source: string): string {
  if (!URL.canParse(source)) return source;
  const { origin, pathname } = new URL(source);
  return origin === 'null' ? source : `${origin}${pathname}`;
}
