/** Unpacks an answer: nobody asked for a packed one, but a server may send one all the same (RFC 9110 section 12.5.3). */
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { SubgraphFailure } from './call.ts';

const unpackers = new Map([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

/**
 * What `packed` holds, `encoding` being its Content-Encoding in lower case. Rejects with a SubgraphFailure when that
 * is more than `maxBytes`, or cannot be read.
 */
export async function unpack(packed: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
  const unpackOne = unpackers.get(encoding);
  if (!unpackOne) {
    const reason = `Expected an encoding that is known, but got: ${encoding.slice(0, 50)}`;
    throw new SubgraphFailure('malformed', reason);
  }
  try {
    return await unpackOne(packed, { maxOutputLength: maxBytes });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      const reason = `Expected at most ${maxBytes} bytes, but got: more.`;
      throw new SubgraphFailure('too large', reason, { cause: error });
    }
    throw new SubgraphFailure('malformed', `Expected ${encoding}, but got: ${message}.`, { cause: error });
  }
}
