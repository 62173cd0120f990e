/**
 * Decodes compressed responses: the gateway does not request compression, but a server may use it all the same (RFC
 * 9110 section 12.5.3).
 */
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { SubgraphFailure } from './subgraphCall.ts';

type Unpack = (packed: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const inflateZlib = promisify(inflate) as Unpack;
const inflateBare = promisify(inflateRaw) as Unpack;

const unpackers = new Map<string, Unpack>([
  ['gzip', promisify(gunzip) as Unpack],
  ['x-gzip', promisify(gunzip) as Unpack],
  // Some servers omit the zlib header, whose first byte has 8 in its lower half.
  [
    'deflate',
    (packed, options) => ((packed[0] ?? 0) % 16 === 8 ? inflateZlib : inflateBare)(packed, options),
  ],
  ['br', promisify(brotliDecompress) as Unpack],
]);

/** More codings than this are treated as an attack. */
const codingsAtMost = 4;

/**
 * The codings of a Content-Encoding header, in the order in which they were applied. Empty list elements and white
 * space are ignored (RFC 9110 sections 5.6.1.2 and 8.4), and so is "identity".
 */
export function codingsOf(header: string): string[] {
  return header
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
}

/**
 * Decodes `packed`, to which `codings` were applied in order. Rejects with a SubgraphFailure if any step exceeds
 * `maxBytes` or cannot be decoded.
 */
export async function unpack(packed: Buffer, codings: readonly string[], maxBytes: number): Promise<Buffer> {
  if (codings.length > codingsAtMost) {
    const reason = `Expected at most ${codingsAtMost} content codings, but got: ${codings.length}.`;
    throw new SubgraphFailure('malformed', reason);
  }
  let bytes = packed;
  for (const coding of codings.toReversed()) bytes = await unpackOnce(bytes, coding, maxBytes);
  return bytes;
}

async function unpackOnce(packed: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
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
