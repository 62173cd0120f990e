import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { CallEnd, SubgraphFailure } from '../../gateway/wire/subgraphCall.ts';
import { closeAll, fine, json, mutation, query, serveRaw, turn, wireTo } from '../support/rawServer.ts';

afterEach(closeAll);

describe('what goes over the wire', () => {
  it('is a POST with the body as it was given, the headers, and no wish for packed answers', async () => {
    const server = await serveRaw((socket) => socket.write(fine));
    const body = '{"query":"{ a }","variables":{"text":"Čau 👋"}}';
    await wireTo(server.port).call({
      ...query,
      body,
      headers: { 'x-request-id': 'r1', authorization: 'Bearer ÿ' },
    });
    const [head = '', sent] = server.requests[0]?.split('\r\n\r\n') ?? [];
    expect(Buffer.from(sent ?? '', 'latin1').toString('utf8')).toBe(body);
    const lines = head.toLowerCase().split('\r\n');
    expect(lines[0]).toBe('post /graphql?x=1 http/1.1');
    expect(lines).toContain('content-type: application/json');
    expect(lines).toContain(`content-length: ${Buffer.byteLength(body)}`);
    expect(lines).toContain(`host: 127.0.0.1:${server.port}`);
    expect(lines).toContain('x-request-id: r1');
    expect(lines).toContain('authorization: bearer ÿ');
    expect(head).not.toMatch(/accept-encoding/i);
  });

  it('is made of query, variables and operation name where no body was given', async () => {
    const server = await serveRaw((socket) => socket.write(fine));
    await wireTo(server.port).call({ ...query, variables: { a: 1 }, operationName: 'A' });
    const sent = JSON.parse(server.requests[0]?.split('\r\n\r\n')[1] ?? '');
    expect(sent).toEqual({ query: '{ a }', variables: { a: 1 }, operationName: 'A' });
  });

  it('goes over one connection, one request after the other', async () => {
    const server = await serveRaw((socket) => socket.write(fine));
    const wire = wireTo(server.port);
    for (let count = 0; count < 5; count += 1) {
      expect(await wire.call(query)).toEqual({ data: { a: 1 } });
      await turn();
    }
    expect([server.requests.length, server.sockets.length]).toEqual([5, 1]);
  });

  it.each(['x\r\nauthorization: Bearer other', 'x\0', 'x\u0100'])(
    'is nothing when a header cannot be sent: %j',
    async (value) => {
      const server = await serveRaw((socket) => socket.write(fine));
      const wire = wireTo(server.port);
      const refused = wire.call({ ...query, headers: { 'x-a': value } });
      await expect(refused).rejects.toMatchObject({ kind: 'unreachable' });
      expect(await wire.call(query)).toEqual({ data: { a: 1 } });
      expect(server.requests).toHaveLength(1);
    },
  );
});

describe('a connection', () => {
  it('that was closed between two calls is opened anew', async () => {
    const server = await serveRaw((socket) => socket.end(fine));
    const wire = wireTo(server.port);
    for (let count = 0; count < 3; count += 1) {
      expect(await wire.call(query)).toEqual({ data: { a: 1 } });
    }
    expect(server.sockets).toHaveLength(3);
  });

  it('that gets bytes while nobody asks is closed, and they answer nothing', async () => {
    const server = await serveRaw((socket) => socket.write(fine));
    const wire = wireTo(server.port);
    await wire.call(query);
    const [first] = server.sockets;
    const closed = new Promise((resolve) => first?.once('close', resolve));
    first?.write(json('{"data":{"a":"not yours"}}'));
    await closed;
    expect(await wire.call(query)).toEqual({ data: { a: 1 } });
    expect(server.sockets).toHaveLength(2);
  });

  it('that the server will close soon is not used again', async () => {
    const soon = json('{"data":{"a":1}}', 'keep-alive: timeout=1\r\n');
    const server = await serveRaw((socket) => socket.write(soon));
    const wire = wireTo(server.port);
    for (let count = 0; count < 3; count += 1) {
      await wire.call(mutation);
      await turn();
    }
    expect(server.sockets).toHaveLength(3);
  });

  it('that the server keeps for long is used again', async () => {
    const long = json('{"data":{"a":1}}', 'connection: keep-alive\r\nkeep-alive: timeout=30, max=5\r\n');
    const server = await serveRaw((socket) => socket.write(long));
    const wire = wireTo(server.port);
    for (let count = 0; count < 3; count += 1) {
      await wire.call(mutation);
      await turn();
    }
    expect(server.sockets).toHaveLength(1);
  });

  it('that the server says it closes is not used again, even before it is closed', async () => {
    const server = await serveRaw((socket) =>
      socket.write(json('{"data":{"a":1}}', 'connection: close\r\n')),
    );
    const wire = wireTo(server.port);
    for (let count = 0; count < 3; count += 1) {
      await wire.call(mutation);
      await turn();
    }
    expect(server.sockets).toHaveLength(3);
  });

  it('that breaks under a read which was not answered has the read sent once more', async () => {
    const server = await serveRaw((socket, count) => (count === 2 ? socket.destroy() : socket.write(fine)));
    const wire = wireTo(server.port);
    expect(await wire.call(query)).toEqual({ data: { a: 1 } });
    await turn();
    expect(await wire.call(query)).toEqual({ data: { a: 1 } });
    expect(server.requests).toHaveLength(3);
    expect(server.sockets).toHaveLength(2);
  });

  it('that breaks under its first read has nothing sent twice', async () => {
    const server = await serveRaw((socket) => socket.end());
    await expect(wireTo(server.port).call(query)).rejects.toMatchObject({ kind: 'unreachable' });
    expect(server.requests).toHaveLength(1);
  });

  it('that breaks again fails the read', async () => {
    const server = await serveRaw((socket, count) => (count > 1 ? socket.destroy() : socket.write(fine)));
    const wire = wireTo(server.port);
    await wire.call(query);
    await turn();
    await expect(wire.call(query)).rejects.toMatchObject({ kind: 'unreachable' });
    expect(server.requests).toHaveLength(3);
  });

  it.each([
    ['a mutation', mutation],
    ['what may be one', { ...mutation, kind: undefined }],
  ])('that breaks never has %s sent twice', async (_what, request) => {
    const server = await serveRaw((socket, count) => (count === 2 ? socket.destroy() : socket.write(fine)));
    const wire = wireTo(server.port);
    await wire.call(query);
    await turn();
    await expect(wire.call(request)).rejects.toMatchObject({ kind: 'unreachable' });
    expect(server.requests).toHaveLength(2);
  });

  it('that breaks in the middle of an answer has nothing sent twice', async () => {
    const server = await serveRaw((socket, count) =>
      count === 2 ? socket.end('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{') : socket.write(fine),
    );
    const wire = wireTo(server.port);
    await wire.call(query);
    await turn();
    await expect(wire.call(query)).rejects.toMatchObject({ kind: 'unreachable' });
    expect(server.requests).toHaveLength(2);
  });

  it('is closed when the call on it is ended, and the next call gets another', async () => {
    let reached: () => void = () => {};
    const asked = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const server = await serveRaw((socket, count) => (count === 1 ? reached() : socket.write(fine)));
    const wire = wireTo(server.port);
    const end = new CallEnd();
    const ended = wire.call(query, end);
    await asked;
    const closed = new Promise((resolve) => server.sockets[0]?.once('close', resolve));
    end.end(new SubgraphFailure('aborted', 'The caller has gone.'));
    await expect(ended).rejects.toMatchObject({ kind: 'aborted' });
    await closed;
    expect(await wire.call(query)).toEqual({ data: { a: 1 } });
  });

  it('serves another when the call that it was opened for is ended', async () => {
    const server = await serveRaw((socket) => socket.write(fine));
    const wire = wireTo(server.port);
    const end = new CallEnd();
    const ended = expect(wire.call({ ...query, query: '{ b }' }, end)).rejects.toMatchObject({
      kind: 'aborted',
    });
    end.end(new SubgraphFailure('aborted', 'The caller has gone.'));
    await ended;
    expect(await wire.call(query)).toEqual({ data: { a: 1 } });
    expect(server.requests.map((sent) => sent.split('\r\n\r\n')[1])).toEqual(['{"query":"{ a }"}']);
  });

  it('keeps the process alive while it carries a call, and no longer', async () => {
    const isHeld = () => process.getActiveResourcesInfo().includes('TCPSocketWrap');
    const held: boolean[] = [];
    const server = await serveRaw((socket) => {
      for (const one of server.sockets) one.unref();
      held.push(isHeld());
      socket.write(fine);
    });
    await wireTo(server.port).call(query);
    await turn();
    held.push(isHeld());
    expect(held).toEqual([true, false]);
    expect(server.sockets[0]?.destroyed).toBe(false);
  });

  it('is not opened for a call that was ended before', async () => {
    const server = await serveRaw((socket) => socket.write(fine));
    const end = new CallEnd();
    end.end(new SubgraphFailure('late', 'Expected a test.'));
    await expect(wireTo(server.port).call(query, end)).rejects.toMatchObject({ kind: 'late' });
    expect(server.sockets).toHaveLength(0);
  });

  it('that is closed with the wire cuts the calls on it', async () => {
    let reached: () => void = () => {};
    const asked = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const server = await serveRaw(() => reached());
    const wire = wireTo(server.port);
    const cut = expect(wire.call(mutation)).rejects.toMatchObject({ kind: 'unreachable' });
    await asked;
    await wire.close();
    await cut;
    await expect(wire.call(query)).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('waits for a free one when all are taken, and serves all in the end', async () => {
    const waiting: Socket[] = [];
    const server = await serveRaw((socket) => waiting.push(socket));
    const wire = wireTo(server.port);
    const bodies = Array.from({ length: 200 }, (_, place) => `{"query":"{ a${place} }"}`);
    let done = 0;
    const calls = bodies.map((body) => wire.call({ ...query, body }).then(() => (done += 1)));
    while (done < bodies.length) {
      for (const socket of waiting.splice(0)) socket.write(fine);
      await new Promise(setImmediate);
    }
    await Promise.all(calls);
    expect(server.requests).toHaveLength(200);
    expect(server.sockets.length).toBeLessThanOrEqual(128);
  });
});

describe('reads that are the same and under way', () => {
  it('go out once, and each gets data of its own', async () => {
    const sockets: Socket[] = [];
    let reached: () => void = () => {};
    const asked = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const server = await serveRaw((socket) => {
      sockets.push(socket);
      reached();
    });
    const wire = wireTo(server.port);
    const calls = [1, 2, 3].map((place) => wire.call({ ...query, headers: { 'x-request-id': `r${place}` } }));
    await asked;
    sockets[0]?.write(json('{"data":{"a":{"b":1}}}'));
    const answers = await Promise.all(calls);
    expect(server.requests).toHaveLength(1);
    for (const { data } of answers) {
      expect(data).toEqual({ a: { b: 1 } });
      (data as { a: { b: number } }).a.b = 2;
    }
  });

  it('do not go out once for two readers', async () => {
    const server = await serveRaw((socket, count) => socket.write(json(`{"data":{"a":${count}}}`)));
    const wire = wireTo(server.port);
    const calls = ['one', 'two'].map((token) => wire.call({ ...query, headers: { authorization: token } }));
    const answers = await Promise.all(calls);
    expect(new Set(answers.map(({ data }) => data?.a))).toEqual(new Set([1, 2]));
  });

  it('go on when one who waits is ended', async () => {
    const sockets: Socket[] = [];
    let reached: () => void = () => {};
    const asked = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const server = await serveRaw((socket) => {
      sockets.push(socket);
      reached();
    });
    const wire = wireTo(server.port);
    const end = new CallEnd();
    const leaver = expect(wire.call(query, end)).rejects.toMatchObject({ kind: 'late' });
    const stayer = wire.call(query);
    await asked;
    end.end(new SubgraphFailure('late', 'Expected a test.'));
    await leaver;
    sockets[0]?.write(fine);
    expect(await stayer).toEqual({ data: { a: 1 } });
    expect(server.requests).toHaveLength(1);
  });
});
