import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type FastifyInstance, fastify } from 'fastify';
import { pino } from 'pino';
import sharp from 'sharp';
import type { ImageContent } from '../../../subgraphs/media/content.ts';
import { createPictures } from '../../../subgraphs/media/pictures.ts';
import { type ImageRow, imageRowOf } from '../../../subgraphs/media/rows.ts';

const rows = new Map<string, ImageRow>();
const put = (content: ImageContent) => {
  const row = imageRowOf(content, new Date('2026-03-01T12:00:00Z'));
  rows.set(row.id, row);
  return row;
};
const folderOf = ({ id, version }: ImageRow) => `/media/images/${id}/${version}`;

describe('the picture server', () => {
  let dataDir: string;
  let app: FastifyInstance;
  let photo: ImageRow;
  let earlier = '';
  const logged: string[] = [];
  const kept = (image: ImageRow) => join(dataDir, 'media', 'renditions', image.id);
  const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'dateline-pictures-'));
    const originals = join(dataDir, 'media', 'originals');
    await mkdir(originals, { recursive: true });
    // The left half is red, the right half is blue.
    const half = { create: { width: 300, height: 400, channels: 3, background: '#00f' } } as const;
    await sharp({ create: { width: 600, height: 400, channels: 3, background: '#f00' } })
      .composite([{ input: await sharp(half).png().toBuffer(), left: 300, top: 0 }])
      .withExif({ IFD3: { GPSLatitude: '52/1 30/1 0/1' }, IFD0: { Artist: 'The camera' } })
      .jpeg()
      .toFile(join(originals, 'photo.jpg'));
    await writeFile(join(originals, 'broken.jpg'), 'This is no picture.');
    await writeFile(
      join(originals, 'drawing.jpg'),
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    );
    await writeFile(join(originals, 'film one.mp4'), '0123456789');
    await writeFile(join(originals, 'not yet.mp4'), '0123456789');
    await writeFile(join(originals, 'film.vtt'), 'WEBVTT\n');
    await writeFile(join(dataDir, 'media', 'secret.vtt'), 'secret');
    photo = put({
      sourceId: 'photo',
      file: 'photo.jpg',
      width: 600,
      height: 400,
      focalPoint: { x: 0.9, y: 0.5 },
      credit: { creatorName: 'Ann Lee', agency: 'Bloomberg' },
    });
    const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) });
    app = fastify();
    createPictures({
      store: {
        imagesByIds: async (ids) => ids.map((id) => rows.get(id) ?? null),
        hadVersion: async (_, version) => version === earlier,
        isFileShown: async (file) => file !== 'not yet.mp4',
      },
      settings: { dataDir, mediaUrl: 'https://news.example/media' },
    })(app, log);
  });
  afterAll(async () => {
    await app.close();
    await rm(dataDir, { recursive: true });
  });

  it('sends a rendition of its size, kept for ever by whoever fetches it', async () => {
    const answer = await get(`${folderOf(photo)}/320x213.jpg`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
    });
    expect(answer.headers.vary).toBeUndefined();
    const picture = await sharp(answer.rawPayload).metadata();
    expect(picture).toMatchObject({ format: 'jpeg', width: 320, height: 213 });
  });

  it('keeps the credit in the file, and not what the camera noted', async () => {
    const { exif } = await sharp((await get(`${folderOf(photo)}/320x213.jpg`)).rawPayload).metadata();
    expect(exif?.toString('latin1')).toContain('Ann Lee/Bloomberg');
    expect(exif?.toString('latin1')).not.toContain('The camera');
    expect(exif?.length).toBeLessThan(200);
  });

  it('crops around the focal point', async () => {
    const answer = await get(`${folderOf(photo)}/225x400.png`);
    const { channels } = await sharp(answer.rawPayload).stats();
    expect(channels.map(({ mean }) => Math.round(mean / 10) * 10)).toEqual([0, 0, 250]);
  });

  it.each([
    ['image/avif,image/webp,*/*', 'image/webp'],
    ['image/webp;q=0, */*', 'image/jpeg'],
    ['image/*', 'image/jpeg'],
    ['image/webp;q=0.4, image/jpeg;q=0.9', 'image/jpeg'],
    ['image/jpeg;q=0.4, IMAGE/WEBP;q=0.9', 'image/webp'],
    ['image/png', 'image/jpeg'],
  ])('chooses the format for "Accept: %s"', async (accept, contentType) => {
    const answer = await get(`${folderOf(photo)}/160x107`, { accept });
    expect(answer.headers).toMatchObject({ 'content-type': contentType, vary: 'Accept' });
  });

  it('says nothing twice: 304 for who has it', async () => {
    const url = `${folderOf(photo)}/96x64.webp`;
    const { headers } = await get(url);
    const again = await get(url, { 'if-none-match': String(headers.etag) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    const since = await get(url, { 'if-modified-since': String(headers['last-modified']) });
    expect(since.statusCode).toBe(304);
  });

  it('answers HEAD with the headers alone', async () => {
    const url = `${folderOf(photo)}/96x64.webp`;
    const [head, whole] = [await app.inject({ method: 'HEAD', url }), await get(url)];
    expect(head.body).toBe('');
    expect(head.headers['content-length']).toBe(whole.headers['content-length']);
  });

  it('makes a rendition once, and again when the original is exchanged', async () => {
    const url = `${folderOf(photo)}/480x320.avif`;
    const file = join(kept(photo), photo.version, '480x320.avif');
    await Promise.all([get(url), get(url), get(url)]);
    const first = await stat(file);
    await get(url);
    expect((await stat(file)).mtimeMs).toBe(first.mtimeMs);
    await utimes(file, new Date(0), new Date(0));
    await get(url);
    expect((await stat(file)).mtimeMs).toBeGreaterThan(0);
    expect(
      (await readdir(join(kept(photo), photo.version))).filter((name) => name.endsWith('.part')),
    ).toEqual([]);
  });

  it('leads from an old version to the present one, from no other, and then forgets the old files', async () => {
    const old = put({ sourceId: 'versions', file: 'photo.jpg', width: 600, height: 400 });
    await get(`${folderOf(old)}/320x213.jpg`);
    const current = put({ sourceId: 'versions', file: 'photo.jpg', width: 600, height: 400, caption: 'New' });
    const unknown = await get(`${folderOf(old)}/320x213.jpg`);
    expect([unknown.statusCode, unknown.headers.location]).toEqual([404, undefined]);
    expect(unknown.headers['cache-control']).toBe('public, max-age=1');
    earlier = old.version;
    const answer = await get(`${folderOf(old)}/320x213.jpg`);
    expect(answer.statusCode).toBe(302);
    expect(answer.headers.location).toBe(`https://news.example${folderOf(current)}/320x213.jpg`);
    await get(`${folderOf(current)}/320x213.jpg`);
    expect(await readdir(kept(current))).toEqual([current.version]);
  });

  it('draws a placeholder where the original is not here, and has nobody keep it for long', async () => {
    const image = put({
      sourceId: 'elsewhere',
      originUrl: 'https://x.example/a.jpg',
      caption: 'Fish & <chips> \ud800',
      credit: { agency: 'Bloomberg' },
    });
    for (const size of ['1200x800', '96x64', '640x640', '450x800']) {
      const answer = await get(`${folderOf(image)}/${size}.jpg`);
      expect(answer.headers['cache-control']).toBe('public, max-age=300');
      const { width, height } = await sharp(answer.rawPayload).metadata();
      expect(`${width}x${height}`).toBe(size);
      const again = await get(`${folderOf(image)}/${size}.jpg`, {
        'if-none-match': String(answer.headers.etag),
      });
      expect(again.statusCode).toBe(304);
    }
    await expect(readdir(kept(image))).rejects.toThrow('ENOENT');
    const missing = put({ sourceId: 'missing', file: 'missing.jpg', width: 600, height: 400 });
    expect((await get(`${folderOf(missing)}/320x213`)).statusCode).toBe(200);
  });

  it('answers a size that is not served with those that are', async () => {
    const answer = await get(`${folderOf(photo)}/321x213.jpg`);
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({
      message: 'Expected one of the sizes of this picture, but got: "321x213".',
      sizes: expect.arrayContaining(['320x213', '600x400', '160x160']),
    });
  });

  it('serves an original larger than any rendition at its full size, in one format only', async () => {
    const bytes = await sharp({ create: { width: 4000, height: 100, channels: 3, background: '#246' } })
      .jpeg()
      .toBuffer();
    await writeFile(join(dataDir, 'media', 'originals', 'large.jpg'), bytes);
    const large = put({ sourceId: 'large', file: 'large.jpg', width: 4000, height: 100 });
    expect((await get(`${folderOf(large)}/4000x100.jpg`)).statusCode).toBe(200);
    expect((await get(`${folderOf(large)}/4000x100.avif`)).statusCode).toBe(404);
  });

  it('draws no placeholder larger than the widest rendition, whatever an import claims', async () => {
    const claimed = put({
      sourceId: 'claimed',
      originUrl: 'https://x.example/l.jpg',
      width: 60_000,
      height: 30_000,
    });
    expect([claimed.width, claimed.height]).toEqual([2560, 1280]);
    expect((await get(`${folderOf(claimed)}/2560x1280.jpg`)).statusCode).toBe(200);
  });

  it.each(['broken.jpg', 'drawing.jpg'])('says that %s cannot be sent, and logs why', async (file) => {
    const image = put({ sourceId: file, file, width: 600, height: 400 });
    const answer = await get(`${folderOf(image)}/320x213.jpg`);
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toEqual({
      statusCode: 500,
      error: 'Internal Server Error',
      message: 'This file cannot be sent: something is wrong with it or with us.',
    });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(logged.at(-1)).toContain(`Expected ${file} to be a picture that can be read`);
  });

  it.each([
    '/media/images/nobody/1/320x213.jpg',
    '/media/images/00000000-0000-8000-8000-000000000000/1/320x213.jpg',
    '/media/images/00000000-0000-8000-8000-000000000000/1/320x213.exe',
    '/media/images/..%2f..%2fsecret/1/320x213.jpg',
    '/media/originals/..%2fsecret.vtt',
    '/media/originals/%2e%2e%2fsecret.vtt',
    '/media/originals/..%5csecret.vtt',
    '/media/originals/../secret.vtt',
    '/media/originals/photo.jpg',
    '/media/originals/nothing.mp4',
    '/media/originals/not%20yet.mp4',
    '/media/originals/.hidden.vtt',
    '/media/originals/a%00.vtt',
    `/media/originals/${'a'.repeat(300)}.vtt`,
    '/media/originals/',
    '/media/secret.vtt',
    '/media/what/ever',
  ])('answers 404 in JSON to %s', async (url) => {
    const answer = await get(url);
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ statusCode: 404 });
  });

  it('sends videos whole or in part, and captions as what they are', async () => {
    const url = '/media/originals/film%20one.mp4';
    const whole = await get(url);
    expect(whole.headers).toMatchObject({ 'content-type': 'video/mp4', 'accept-ranges': 'bytes' });
    const part = await get(url, { range: 'bytes=2-4' });
    expect([part.statusCode, part.body, part.headers['content-range']]).toEqual([206, '234', 'bytes 2-4/10']);
    const beyond = await get(url, { range: 'bytes=20-' });
    expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, 'bytes */10']);
    expect(beyond.json()).toMatchObject({ statusCode: 416 });
    const captions = await get('/media/originals/film.vtt');
    expect(captions.headers['content-type']).toMatch(/^text\/vtt/);
    expect((await get(url, { 'if-none-match': String(whole.headers.etag) })).statusCode).toBe(304);
  });
});
