/** Decompresses request bodies by Content-Encoding, a list of codings in the order in which they were applied (RFC 9110 section 8.4). */
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { callerError } from '../errors.ts';
import { sendError } from './formatErrors.ts';

type Unpack = (packed: Buffer, options: ZlibOptions) => Promise<Buffer>;

const unpackGzip: Unpack = promisify(gunzip);
const unpackZlib: Unpack = promisify(inflate);
const unpackDeflate: Unpack = promisify(inflateRaw);

const codings: ReadonlyMap<string, Unpack> = new Map<string, Unpack>([
  ['gzip', unpackGzip],
  ['x-gzip', unpackGzip],
  // Some clients send "deflate" without the zlib wrapper.
  ['deflate', (packed, options) => (hasZlibHeader(packed) ? unpackZlib : unpackDeflate)(packed, options)],
  ['br', promisify(brotliDecompress)],
]);

const supported = 'gzip, deflate, br';
const maxCodings = 4;

/**
 * Decompresses the request bodies of all endpoints. Answers 415 with the supported codings for an unsupported one, 400 for a body
 * that its coding cannot decode, and 413 for a body that is larger than its route allows, compressed or decompressed.
 */
export function unpackBodies(app: FastifyInstance): void {
  app.addHook('preParsing', (request, reply, payload, done) => {
    const { 'content-encoding': encoding, 'content-length': length } = request.headers;
    if (encoding === undefined || request.method === 'GET' || request.method === 'HEAD')
      return done(null, payload);
    const names = codingsIn(encoding);
    const unpackers = names.map((name) => codings.get(name));
    if (names.length > maxCodings || unpackers.includes(undefined)) {
      reply.headers({ 'accept-encoding': supported, connection: 'close' });
      const places = { most: maxCodings, known: supported, encoding: encoding.slice(0, 100) };
      sendError(reply, callerError('UNSUPPORTED_CONTENT_ENCODING', places));
      return;
    }
    const limit = request.routeOptions.bodyLimit ?? app.initialConfig.bodyLimit ?? 0;
    const hasNoBody = length === undefined && request.headers['transfer-encoding'] === undefined;
    if (names.length === 0 || hasNoBody) return done(null, payload);
    unpackAll(payload, (unpackers as Unpack[]).reverse(), limit, encoding).then(
      ({ packed, body }) => {
        const stream = Readable.from([body], { objectMode: false });
        done(null, Object.assign(stream, { receivedEncodedLength: packed }));
      },
      (error: Error) => {
        reply.header('connection', 'close');
        done(error);
      },
    );
  });
}

/** The codings of a Content-Encoding header in lower case, without "identity" and empty elements. */
function codingsIn(encoding: string): string[] {
  const names = encoding.split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => name !== '' && name !== 'identity');
}

async function unpackAll(
  payload: Readable,
  unpackers: readonly Unpack[],
  limit: number,
  encoding: string,
): Promise<{ packed: number; body: Buffer }> {
  let body = await readAll(payload, limit);
  const packed = body.length;
  for (const unpack of unpackers) {
    try {
      body = await unpack(body, { maxOutputLength: limit });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit);
      const expected = `Expected a body in the Content-Encoding "${encoding.slice(0, 100)}"`;
      throw callerError('BAD_REQUEST', {}, `${expected}, but got: another encoding.`);
    }
  }
  return { packed, body };
}

/** Reads a stream up to the limit, without destroying it: that would close the connection before the response is sent. */
function readAll(payload: Readable, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const end = (error?: Error): void => {
      payload.off('data', add).off('end', end).off('error', end).off('close', abort);
      if (error) reject(error);
      else resolve(Buffer.concat(chunks, length));
    };
    const add = (chunk: Buffer): void => {
      length += chunk.length;
      chunks.push(chunk);
      if (length > limit) end(tooLarge(limit));
    };
    const abort = (): void =>
      end(callerError('BAD_REQUEST', {}, 'Expected a complete body, but got: an incomplete one.'));
    payload.on('data', add).on('end', end).on('error', end).on('close', abort);
  });
}

const tooLarge = (limit: number) => callerError('REQUEST_TOO_LARGE', { limit });

/** RFC 1950 section 2.2: the compression method is 8, and the first two bytes are a multiple of 31. */
const hasZlibHeader = (packed: Buffer): boolean =>
  packed.length > 1 && ((packed[0] as number) & 15) === 8 && packed.readUInt16BE(0) % 31 === 0;
