/** Brings the text of a supergraph in from a file or a URL. */
import { open, stat } from 'node:fs/promises';
import { systemCodeOf } from '../errors.ts';
import { checkSupergraph } from './checkText.ts';

/** A supergraph of several hundred subgraphs has a few megabytes; more is some other file. */
const maxBytes = 32 * 1024 * 1024;
const urlTimeoutMs = 15_000;

/** The supergraph could not be had or is none; the message is for whoever starts the gateway. */
export class SupergraphError extends Error {
  override name = 'SupergraphError';
}

/** Where a supergraph comes from. */
export interface Source {
  /** The path of the file; undefined for a URL. */
  path: string | undefined;
  /** Resolves to the text, to undefined where nothing changed since it was read last; rejects with a SupergraphError. */
  read: () => Promise<string | undefined>;
}

/** Reads the supergraph at `source`, a path or an http(s) URL; rejects with a SupergraphError that says what came instead. */
export async function loadSupergraph(source: string): Promise<string> {
  // A first reading always has a text.
  return (await openSource(source).read()) as string;
}

/** A source that can be read again and again: a file that was not touched and a URL with the same ETag cost next to nothing. */
export function openSource(source: string): Source {
  const isUrl = /^https?:\/\//i.test(source);
  const readOnce = isUrl ? readUrl : readFileBounded;
  let seen: string | undefined;
  return {
    path: isUrl ? undefined : source,
    read: async () => {
      const found = await readOnce(source, seen);
      if (!found) return undefined;
      // What is broken is read, and told, once.
      seen = found.version;
      const problem = checkSupergraph(found.sdl);
      if (problem) throw new SupergraphError(`Expected ${nameOf(source)} to be ${problem}`);
      return found.sdl;
    },
  };
}

/** A text and what it is known again by. */
interface Found {
  sdl: string;
  version: string | undefined;
}

async function readFileBounded(path: string, seen: string | undefined): Promise<Found | undefined> {
  try {
    const version = await versionOf(path);
    if (version === seen) return undefined;
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

/** Taken before the file is read: what is written meanwhile is another version. */
async function versionOf(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

async function readUrl(url: string, seen: string | undefined): Promise<Found | undefined> {
  try {
    // Loaded only here: a file starts the gateway sooner without it.
    const { request } = await import('undici');
    const { statusCode, headers, body } = await request(url, {
      signal: AbortSignal.timeout(urlTimeoutMs),
      headers: seen === undefined ? {} : { 'if-none-match': seen },
    });
    if (statusCode !== 200) {
      await body.dump();
      if (statusCode === 304 && seen !== undefined) return undefined;
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

/** The source without what may be secret in it: the user, the password and the query of a URL. */
function nameOf(source: string): string {
  if (!URL.canParse(source)) return source;
  const { origin, pathname } = new URL(source);
  return origin === 'null' ? source : `${origin}${pathname}`;
}
