/** Brings the text of a supergraph in from a file or a URL. */
import { open } from 'node:fs/promises';
import { request } from 'undici';
import { systemCodeOf } from '../errors.ts';
import { checkSupergraph } from './check.ts';

/** A supergraph of several hundred subgraphs has a few megabytes; more is some other file. */
const maxBytes = 32 * 1024 * 1024;
const urlTimeoutMs = 15_000;

/** The supergraph could not be had or is none; the message is for whoever starts the gateway. */
export class SupergraphError extends Error {
  override name = 'SupergraphError';
}

/** Reads the supergraph at `source`, a path or an http(s) URL; rejects with a SupergraphError that says what came instead. */
export async function loadSupergraph(source: string): Promise<string> {
  const isUrl = /^https?:\/\//i.test(source);
  const sdl = isUrl ? await readUrl(source) : await readFileBounded(source);
  const problem = checkSupergraph(sdl);
  if (problem) throw new SupergraphError(`Expected ${nameOf(source)} to be ${problem}`);
  return sdl;
}

async function readFileBounded(path: string): Promise<string> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size > maxBytes) throw tooLarge(path);
      return await file.readFile('utf8');
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

async function readUrl(url: string): Promise<string> {
  try {
    const { statusCode, body } = await request(url, { signal: AbortSignal.timeout(urlTimeoutMs) });
    if (statusCode !== 200) {
      await body.dump();
      throw new SupergraphError(`Expected ${nameOf(url)} to answer with status 200, but got: ${statusCode}.`);
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(nameOf(url));
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, bytes).toString('utf8');
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
