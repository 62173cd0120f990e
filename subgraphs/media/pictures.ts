/** The HTTP routes for picture, video and caption files. */
import { createHash } from 'node:crypto';
import send from '@fastify/send';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';
import Negotiator from 'negotiator';
import type { Logger } from 'pino';
import { quoted } from '../errors.ts';
import type { SubgraphSettings } from '../settings.ts';
import { isId, isText } from '../store/contentId.ts';
import type { Reader } from '../trust/reader.ts';
import { renditionPath } from './addresses.ts';
import { isOriginalFile, originalsIn } from './files.ts';
import {
  contentTypeOf,
  fullSizeOf,
  type ImageFormat,
  plainFormatOf,
  renditionOf,
  sizesOf,
} from './rendition.ts';
import { createRenditions } from './renditions.ts';
import { isEditor, type Viewer } from './shown.ts';
import type { ImageRow, MediaStore } from './store.ts';
import { BusyError } from './turns.ts';

interface PicturesOptions {
  store: Pick<MediaStore, 'imagesByIds' | 'hadVersion' | 'isFileShown'>;
  settings: Pick<SubgraphSettings, 'dataDir' | 'mediaUrl'>;
}

type Log = Pick<Logger, 'warn' | 'error'>;

const year = 365 * 24 * 60 * 60;
/** The cache lifetime of responses that may change: a picture's file can arrive after its metadata. */
const fiveMinutes = 300;

const formats: Readonly<Record<string, ImageFormat>> = {
  jpg: 'JPEG',
  webp: 'WEBP',
  avif: 'AVIF',
  png: 'PNG',
};

/** Originals that are served as they are. Pictures are served as renditions, without camera metadata. */
const playable = /\.(mp4|m4v|mov|webm|ogv|m4a|mp3|vtt)$/i;

/**
 * Returns a function that adds `GET /media/images/ID/VERSION/WIDTHxHEIGHT[.EXT]` and `GET /media/originals/FILE`, with
 * HEAD, to a server; several servers share the renditions. Errors are JSON. MEDIA_URL, if set, must point to `/media`
 * there.
 */
export function createPictures({
  store,
  settings,
}: PicturesOptions): (app: FastifyInstance, log: Log) => void {
  const renditions = createRenditions(settings.dataDir);
  const originals = originalsIn(settings.dataDir);

  return (app, log) => {
    app.get('/media/images/:id/:version/:name', withErrors(sendPicture, log));
    app.get('/media/originals/:file', withErrors(sendOriginal, log));
    app.get(
      '/media/*',
      withErrors(async (_request, reply) => notFound(reply, 'a file of ours'), log),
    );
  };

  async function sendPicture(request: FastifyRequest, reply: FastifyReply) {
    const { id, version, name } = request.params as { id: string; version: string; name: string };
    const [, width, height, ending] =
      /^([1-9]\d{0,4})x([1-9]\d{0,4})(?:\.(jpg|webp|avif|png))?$/.exec(name) ?? [];
    if (!width || !height || !isId(id)) return notFound(reply, 'the address of a picture', request.url);
    const [image] = await store.imagesByIds([id], viewerOf(request));
    if (!image) return notFound(reply, 'the id of a picture', id);
    const format = formats[ending ?? ''] ?? 'AUTO';
    if (version !== image.version) {
      // A version cannot be guessed from an id: only former versions redirect to the current one.
      const isEarlier = isText(version) && (await store.hadVersion(id, version));
      if (!isEarlier) return notFound(reply, 'the address of a picture', request.url);
      const current = renditionOf(image, { width: Number(width), height: Number(height), format });
      reply.header('cache-control', cacheFor(request, String(fiveMinutes)));
      return reply.redirect(`${settings.mediaUrl}${renditionPath(image, current)}`, 302);
    }
    const size = sizeOf(image, `${width}x${height}`, format);
    if (!size) {
      const sizes = sizesOf(image).map((size) => `${size.width}x${size.height}`);
      return notFound(reply, 'one of the sizes of this picture', `${width}x${height}`, { sizes });
    }
    const contentType =
      format === 'AUTO' ? negotiated(request, image) : contentTypeOf(image.encodingFormat, format);
    reply.header('content-type', contentType);
    if (format === 'AUTO') reply.header('vary', 'Accept');
    const file = await renditions.fileOf(image, size, contentType, clientOf(request));
    if (file !== null) {
      return sendFile(request, reply, {
        file,
        root: renditions.folder,
        cache: cacheFor(request, `${year}, immutable`),
      });
    }
    const drawn = await renditions.placeholderOf(image, size, contentType, clientOf(request));
    return sendDrawn(request, reply, drawn, image.updatedAt);
  }

  async function sendOriginal(request: FastifyRequest, reply: FastifyReply) {
    const { file } = request.params as { file: string };
    const isThere =
      isOriginalFile(file) && playable.test(file) && (await store.isFileShown(file, viewerOf(request)));
    if (!isThere) return notFound(reply, 'a file of ours', file);
    return sendFile(request, reply, { file, root: originals, cache: cacheFor(request, '3600') });
  }
}

/**
 * In one process, the gateway sets the reader of the request. On a server of Media alone, no request is an editor's.
 */
function viewerOf(request: FastifyRequest): Viewer {
  const { reader } = request as { reader?: Pick<Reader, 'scopes'> };
  return reader && isEditor(reader) ? 'editor' : 'reached';
}

/** A response for an editor may be invisible to others, so it is not cached. */
const cacheFor = (request: FastifyRequest, seconds: string): string =>
  viewerOf(request) === 'editor' ? 'private, no-store' : `public, max-age=${seconds}`;

/** The client by IP address; for IPv6 the first 64 bits, which belong to one subscriber. */
function clientOf({ ip }: FastifyRequest): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  return address instanceof ipaddr.IPv6 ? address.parts.slice(0, 4).join(':') : address.toString();
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** Logs internal errors and responds with a sentence that names no host and no path. */
function withErrors(handler: Handler, log: Log): Handler {
  return async (request, reply) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'",
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
    try {
      return await handler(request, reply);
    } catch (error) {
      const isBusy = error instanceof BusyError;
      log[isBusy ? 'warn' : 'error']({ err: error, url: request.url }, 'media file not sent');
      if (isBusy) reply.header('retry-after', '5');
      const message = isBusy
        ? 'Too many images are being rendered; retry later.'
        : 'This file cannot be sent: something is wrong with it or with us.';
      return failure(reply, isBusy ? 503 : 500, message);
    }
  };
}

function sizeOf(image: ImageRow, name: string, format: ImageFormat) {
  const full = fullSizeOf(image);
  const isFull = format === full.format && name === `${full.width}x${full.height}`;
  return isFull ? full : sizesOf(image).find(({ width, height }) => name === `${width}x${height}`);
}

/**
 * Negotiates WebP for clients that accept it, otherwise the plain format. AVIF is served by extension only: encoding it
 * takes so long that a page of pictures would delay all others.
 */
function negotiated(request: FastifyRequest, { encodingFormat }: ImageRow): string {
  const plain = contentTypeOf(encodingFormat, plainFormatOf(encodingFormat));
  const webp = contentTypeOf(encodingFormat, 'WEBP');
  // A client that accepts any format gets the plain one, as does a client that accepts neither.
  const { accept = '*/*' } = request.headers;
  return new Negotiator({ headers: { accept } }).mediaType([plain, webp]) ?? plain;
}

async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { file, root, cache }: { file: string; root: string; cache: string },
) {
  const path = file.split('/').map(encodeURIComponent).join('/');
  const contentType = reply.getHeader('content-type') === undefined;
  const result = await send(request.raw, path, { root, index: false, cacheControl: false, contentType });
  if (result.type !== 'file' && result.statusCode !== 416) {
    result.stream.destroy();
    return notFound(reply, 'a file of ours', request.url);
  }
  // The library responds to errors with its own HTML; ours are JSON.
  if (result.type !== 'file') {
    result.stream.destroy();
    reply.header('content-range', result.headers['Content-Range'] ?? result.headers['content-range']);
    return failure(reply, 416, 'Expected a range within the file, but got: one outside of it.');
  }
  return reply
    .code(result.statusCode)
    .headers({ ...result.headers, 'cache-control': cache })
    .send(result.stream);
}

function sendDrawn(request: FastifyRequest, reply: FastifyReply, picture: Buffer, updatedAt: Date) {
  const tag = `"${createHash('sha256').update(picture).digest('base64url').slice(0, 22)}"`;
  reply.headers({
    'cache-control': cacheFor(request, String(fiveMinutes)),
    etag: tag,
    'last-modified': updatedAt.toUTCString(),
  });
  const tags = request.headers['if-none-match']?.split(',').map((each) => each.trim().replace(/^W\//, ''));
  return tags?.includes(tag) ? reply.code(304).removeHeader('content-type').send() : reply.send(picture);
}

function notFound(
  reply: FastifyReply,
  expected: string,
  actual: string = reply.request.url,
  more: object = {},
) {
  return failure(reply, 404, `Expected ${expected}, but got: ${quoted(actual)}.`, more);
}

function failure(reply: FastifyReply, statusCode: number, message: string, more: object = {}) {
  const error = { 404: 'Not Found', 416: 'Range Not Satisfiable', 503: 'Service Unavailable' }[statusCode];
  return reply
    .code(statusCode)
    .header('cache-control', statusCode === 404 ? 'public, max-age=1' : 'no-store')
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify({ statusCode, error: error ?? 'Internal Server Error', message, ...more }));
}
