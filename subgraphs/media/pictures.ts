/** The door by which readers get the files of pictures, videos and captions. */
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
import { isEditor, type Seen } from './shown.ts';
import type { ImageRow, MediaStore } from './store.ts';
import { BusyError } from './turns.ts';

interface PicturesOptions {
  store: Pick<MediaStore, 'imagesByIds' | 'hadVersion' | 'isFileShown'>;
  settings: Pick<SubgraphSettings, 'dataDir' | 'mediaUrl'>;
}

type Log = Pick<Logger, 'warn' | 'error'>;

const year = 365 * 24 * 60 * 60;
/** How long what may change is kept: the file of a picture can arrive after its caption. */
const fiveMinutes = 300;

const formats: Readonly<Record<string, ImageFormat>> = {
  jpg: 'JPEG',
  webp: 'WEBP',
  avif: 'AVIF',
  png: 'PNG',
};

/** What of the originals goes out as it is; pictures go out as renditions, without what cameras note. */
const playable = /\.(mp4|m4v|mov|webm|ogv|m4a|mp3|vtt)$/i;

/**
 * A function that adds `GET /media/images/ID/VERSION/WIDTHxHEIGHT[.EXT]` and `GET /media/originals/FILE` to a
 * server, HEAD too; several servers share the work. Errors are JSON. MEDIA_URL, where it is set, must lead to
 * `/media` there.
 */
export function createPictures({
  store,
  settings,
}: PicturesOptions): (app: FastifyInstance, log: Log) => void {
  const renditions = createRenditions(settings.dataDir);
  const originals = originalsIn(settings.dataDir);

  return (app, log) => {
    app.get('/media/images/:id/:version/:name', guarded(sendPicture, log));
    app.get('/media/originals/:file', guarded(sendOriginal, log));
    app.get(
      '/media/*',
      guarded(async (_request, reply) => notFound(reply, 'a file of ours'), log),
    );
  };

  async function sendPicture(request: FastifyRequest, reply: FastifyReply) {
    const { id, version, name } = request.params as { id: string; version: string; name: string };
    const [, width, height, ending] =
      /^([1-9]\d{0,4})x([1-9]\d{0,4})(?:\.(jpg|webp|avif|png))?$/.exec(name) ?? [];
    if (!width || !height || !isId(id)) return notFound(reply, 'the address of a picture', request.url);
    const [image] = await store.imagesByIds([id], seenBy(request));
    if (!image) return notFound(reply, 'the id of a picture', id);
    const format = formats[ending ?? ''] ?? 'AUTO';
    if (version !== image.version) {
      // Nobody works a version out from an id: only what was an address before leads to the present one.
      const isEarlier = isText(version) && (await store.hadVersion(id, version));
      if (!isEarlier) return notFound(reply, 'the address of a picture', request.url);
      const current = renditionOf(image, { width: Number(width), height: Number(height), format });
      reply.header('cache-control', cacheFor(request, String(fiveMinutes)));
      return reply.redirect(`${settings.mediaUrl}${renditionPath(image, current)}`, 302);
    }
    const size = sizeOf(image, `${width}x${height}`, format);
    if (!size) {
      const sizes = sizesOf(image).map((served) => `${served.width}x${served.height}`);
      return notFound(reply, 'one of the sizes of this picture', `${width}x${height}`, { sizes });
    }
    const contentType =
      format === 'AUTO' ? accepted(request, image) : contentTypeOf(image.encodingFormat, format);
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
      isOriginalFile(file) && playable.test(file) && (await store.isFileShown(file, seenBy(request)));
    if (!isThere) return notFound(reply, 'a file of ours', file);
    return sendFile(request, reply, { file, root: originals, cache: cacheFor(request, '3600') });
  }
}

/** The gateway of the same server says who sends a request; a server of Media alone says of nobody that they edit. */
function seenBy(request: FastifyRequest): Seen {
  const { reader } = request as { reader?: Pick<Reader, 'scopes'> };
  return reader && isEditor(reader) ? 'editor' : 'reached';
}

/** What an editor is given may be there for nobody else. */
const cacheFor = (request: FastifyRequest, seconds: string): string =>
  seenBy(request) === 'editor' ? 'private, no-store' : `public, max-age=${seconds}`;

/** Who asks, by address: of an IPv6 address its first 64 bits, which one subscriber has. */
function clientOf({ ip }: FastifyRequest): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  return address instanceof ipaddr.IPv6 ? address.parts.slice(0, 4).join(':') : address.toString();
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** What goes wrong inside is logged; outside it is one sentence that names no host and no path. */
function guarded(handler: Handler, log: Log): Handler {
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
      log[isBusy ? 'warn' : 'error']({ err: error, url: request.url }, 'a media file could not be sent');
      if (isBusy) reply.header('retry-after', '5');
      const message = isBusy
        ? 'Too many pictures are being made now; ask again in a moment.'
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
 * WebP for those who say that they take it, else what everybody takes. AVIF only by its name: making it
 * takes so long that a page of pictures would hold up everybody's.
 */
function accepted(request: FastifyRequest, { encodingFormat }: ImageRow): string {
  const plain = contentTypeOf(encodingFormat, plainFormatOf(encodingFormat));
  const webp = contentTypeOf(encodingFormat, 'WEBP');
  // Whoever takes all alike gets the plain one; whoever takes neither gets it too, rather than nothing.
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
  const sent = await send(request.raw, path, { root, index: false, cacheControl: false, contentType });
  if (sent.type !== 'file' && sent.statusCode !== 416) {
    sent.stream.destroy();
    return notFound(reply, 'a file of ours', request.url);
  }
  // The library answers errors in HTML of its own; ours are JSON.
  if (sent.type !== 'file') {
    sent.stream.destroy();
    reply.header('content-range', sent.headers['Content-Range'] ?? sent.headers['content-range']);
    return failure(reply, 416, 'Expected a range within the file, but got one outside of it.');
  }
  return reply
    .code(sent.statusCode)
    .headers({ ...sent.headers, 'cache-control': cache })
    .send(sent.stream);
}

function sendDrawn(request: FastifyRequest, reply: FastifyReply, picture: Buffer, updatedAt: Date) {
  const tag = `"${createHash('sha256').update(picture).digest('base64url').slice(0, 22)}"`;
  reply.headers({
    'cache-control': cacheFor(request, String(fiveMinutes)),
    etag: tag,
    'last-modified': updatedAt.toUTCString(),
  });
  const known = request.headers['if-none-match']?.split(',').map((each) => each.trim().replace(/^W\//, ''));
  return known?.includes(tag) ? reply.code(304).removeHeader('content-type').send() : reply.send(picture);
}

function notFound(
  reply: FastifyReply,
  expected: string,
  came: string = reply.request.url,
  more: object = {},
) {
  return failure(reply, 404, `Expected ${expected}, but got: ${quoted(came)}.`, more);
}

function failure(reply: FastifyReply, statusCode: number, message: string, more: object = {}) {
  const error = { 404: 'Not Found', 416: 'Range Not Satisfiable', 503: 'Service Unavailable' }[statusCode];
  return reply
    .code(statusCode)
    .header('cache-control', statusCode === 404 ? 'public, max-age=1' : 'no-store')
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify({ statusCode, error: error ?? 'Internal Server Error', message, ...more }));
}
