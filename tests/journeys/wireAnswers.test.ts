import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { closeAll, fine, json, outcomeOf, query, serveRaw, turn, wireTo } from '../support/rawServer.ts';

afterEach(closeAll);

type Pack = (bytes: Buffer) => Buffer;

describe('an answer', () => {
  it('may come in chunks, in pieces of one byte, with other letters, or after a hint', async () => {
    const chunked =
      'HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n';
    const parts = ['{"data":{"a":', '"Čau 👋"', '}}'];
    const body = parts.map((part) => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`).join('');
    expect(await outcomeOf(`${chunked}${body}0\r\n\r\n`)).toEqual({ data: { a: 'Čau 👋' } });
    expect(await outcomeOf(`HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${fine}`)).toEqual({ data: { a: 1 } });
    expect(await outcomeOf('HTTP/1.1 200 OK\r\n\r\n{"data":{"a":1}}', true)).toEqual({ data: { a: 1 } });

    const bytes = Buffer.from(json('{"data":{"a":"Č👋"}}'));
    const slow = await serveRaw(async (socket) => {
      socket.setNoDelay(true);
      for (const byte of bytes) {
        socket.write(Buffer.from([byte]));
        await new Promise(setImmediate);
      }
    });
    expect(await wireTo(slow.port).call(query)).toEqual({ data: { a: 'Č👋' } });
  });

  it('may have any status when it has the form of one', async () => {
    const refusal = json('{"errors":[{"message":"no"}]}').replace('200 OK', '400 Bad Request');
    expect(await outcomeOf(refusal)).toEqual({ errors: [{ message: 'no' }] });
  });

  it('may come after a 100 that nobody asked for, in the same bytes or before them', async () => {
    const goOn = 'HTTP/1.1 100 Continue\r\nx: y\r\n\r\n';
    expect(await outcomeOf(`${goOn}${fine}`)).toEqual({ data: { a: 1 } });
    expect(await outcomeOf(`${goOn}${goOn}${fine}`)).toEqual({ data: { a: 1 } });
    const server = await serveRaw(async (socket) => {
      socket.setNoDelay(true);
      socket.write(goOn);
      await new Promise(setImmediate);
      socket.write(fine);
    });
    const wire = wireTo(server.port);
    expect(await wire.call(query)).toEqual({ data: { a: 1 } });
    // The connection is as good as before.
    await turn();
    expect(await wire.call(query)).toEqual({ data: { a: 1 } });
    expect(server.sockets.length).toBe(1);
  });

  it('may have text like a 100 where a packet begins', async () => {
    const told = 'HTTP/1.1 100 Continue';
    const text = `{"data":{"a":"${told}"\r\n\r\n}}`;
    const whole = json(text);
    const at = whole.indexOf(told);
    const server = await serveRaw(async (socket) => {
      socket.setNoDelay(true);
      socket.write(whole.slice(0, at));
      for (let turns = 0; turns < 20; turns++) await turn();
      socket.write(whole.slice(at));
    });
    expect(await wireTo(server.port).call(query)).toEqual(JSON.parse(text));
  });

  it('has data with the status of a failure only where its media type is that of GraphQL', async () => {
    const text = '{"data":{"a":1},"errors":[{"message":"no"}]}';
    const failing = (status: string, type: string) =>
      json(text).replace('200 OK', status).replace('application/json', type);
    for (const status of ['500 Internal Server Error', '400 Bad Request', '302 Found'])
      expect(await outcomeOf(failing(status, 'application/json'))).toBe('status');
    expect(
      await outcomeOf(failing('500 Internal Server Error', 'application/graphql-response+json')),
    ).toEqual(JSON.parse(text));
  });

  it.each([
    ['nothing', ['content-encoding: '], [] as Pack[]],
    ['identity, in other letters', ['content-encoding: Identity'], []],
    ['an empty element', ['content-encoding: , gzip,'], [gzipSync]],
    ['white space', ['content-encoding: gzip  '], [gzipSync]],
    ['identity among others', ['content-encoding: identity,gzip'], [gzipSync]],
    ['two codings', ['content-encoding: gzip, br'], [gzipSync, brotliCompressSync]],
    ['two lines', ['content-encoding: GZIP', 'Content-Encoding: br'], [gzipSync, brotliCompressSync]],
    ['deflate without an envelope', ['content-encoding: deflate'], [deflateRawSync]],
  ])('may name its codings as a list: %s', async (_, lines, packs) => {
    let body: Buffer = Buffer.from('{"data":{"a":1}}');
    for (const pack of packs) body = pack(body);
    const head = `HTTP/1.1 200 OK\r\n${lines.join('\r\n')}\r\ncontent-length: ${body.length}\r\n\r\n`;
    expect(await outcomeOf(Buffer.concat([Buffer.from(head), body]))).toEqual({ data: { a: 1 } });
  });

  it('is bounded at each coding, and by how many there are', async () => {
    const bomb = gzipSync(gzipSync(`{"data":{"a":"${'x'.repeat(20_000_000)}"}}`));
    const packed = (encoding: string) =>
      Buffer.concat([
        Buffer.from(
          `HTTP/1.1 200 OK\r\ncontent-encoding: ${encoding}\r\ncontent-length: ${bomb.length}\r\n\r\n`,
        ),
        bomb,
      ]);
    expect(await outcomeOf(packed('gzip, gzip'))).toBe('too large');
    expect(await outcomeOf(packed('gzip, gzip, gzip, gzip, gzip'))).toBe('malformed');
  });

  it('may be packed, though nobody asked for it, and is bounded unpacked', async () => {
    const packed = (encoding: string, pack: (text: string) => Buffer, text: string) => {
      const body = pack(text);
      const head = `HTTP/1.1 200 OK\r\ncontent-encoding: ${encoding}\r\ncontent-length: ${body.length}\r\n\r\n`;
      return Buffer.concat([Buffer.from(head), body]);
    };
    const ways: [string, (text: string) => Buffer][] = [
      ['gzip', gzipSync],
      ['deflate', deflateSync],
      ['br', brotliCompressSync],
    ];
    for (const [encoding, pack] of ways) {
      expect(await outcomeOf(packed(encoding, pack, '{"data":{"a":1}}'))).toEqual({ data: { a: 1 } });
      const bomb = `{"data":{"a":"${'x'.repeat(20_000)}"}}`;
      expect(await outcomeOf(packed(encoding, pack, bomb))).toBe('too large');
    }
    expect(await outcomeOf(packed('zstd', Buffer.from, '{"data":{"a":1}}'))).toBe('malformed');
  });

  it('changes no object but its own, whatever its keys are', async () => {
    const body = '{"data":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}';
    const { data } = (await outcomeOf(json(body))) as { data: Record<string, unknown> };
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(data.polluted).toBeUndefined();
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
  });

  it.each([
    ['an empty body', json(''), false, 'malformed'],
    ['no content', 'HTTP/1.1 204 No Content\r\n\r\n', false, 'malformed'],
    ['JSON that is cut', json('{"data":{"a":'), false, 'malformed'],
    ['HTML', json('<html>').replace('application/json', 'text/html'), false, 'malformed'],
    ['plain text', json('{"data":{"a":1}}').replace('application/json', 'text/plain'), false, 'malformed'],
    ['a packed body', json('{"data":{"a":1}}', 'content-encoding: gzip\r\n'), false, 'malformed'],
    [
      'bytes that are no text',
      Buffer.concat([Buffer.from(json('xx').slice(0, -2)), Buffer.from([0xff, 0xfe])]),
      false,
      'malformed',
    ],
    [
      'a redirect',
      'HTTP/1.1 307 Temporary Redirect\r\nlocation: /x\r\ncontent-length: 0\r\n\r\n',
      false,
      'status',
    ],
    ['an error page', json('"bad"').replace('200 OK', '502 Bad Gateway'), false, 'status'],
    ['more than is taken', json(`{"data":{"a":"${'x'.repeat(500)}"}}`), false, 'too large'],
    [
      'more than is taken, in chunks',
      `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${'ff\r\n'}${'x'.repeat(255)}\r\n`,
      false,
      'too large',
    ],
    [
      'less than its length',
      'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"data":{"a":1}}',
      true,
      'unreachable',
    ],
    [
      'a chunk that is cut',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10\r\n{"data"',
      true,
      'unreachable',
    ],
    [
      'chunks without an end',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10\r\n{"data":{"a":1}}\r\n',
      true,
      'unreachable',
    ],
    [
      'a chunk of no length',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{"data":{"a":1}}\r\n0\r\n\r\n',
      false,
      'unreachable',
    ],
    [
      'two lengths',
      'HTTP/1.1 200 OK\r\ncontent-length: 16\r\ncontent-length: 17\r\n\r\n{"data":{"a":1}}',
      false,
      'unreachable',
    ],
    [
      'a length below none',
      'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{"data":{"a":1}}',
      false,
      'unreachable',
    ],
    [
      'a change of protocol',
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      false,
      'unreachable',
    ],
    ['something that is no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n\r\n', false, 'unreachable'],
    ['the end', '', true, 'unreachable'],
  ])('is not %s', async (_what, bytes, ends, kind) => {
    expect(await outcomeOf(bytes, ends, 200)).toBe(kind);
  });

  it('is not a header without end', async () => {
    const server = await serveRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const more = () => {
        if (!socket.destroyed) socket.write(`x-a: ${'x'.repeat(60_000)}\r\n`, () => setImmediate(more));
      };
      more();
    });
    await expect(wireTo(server.port).call(query)).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('never becomes the answer of another call', async () => {
    const server = await serveRaw((socket, count) =>
      socket.write(count === 1 ? `${fine}${json('{"data":{"a":"not yours"}}')}` : fine),
    );
    const wire = wireTo(server.port);
    for (let count = 0; count < 3; count += 1) {
      expect(await wire.call(query)).toEqual({ data: { a: 1 } });
    }
  });
});
