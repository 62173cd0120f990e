/** What one connection can ask of a gateway that listens: requests behind one another, slowly, and when it ends. */
import { type EventEmitter, once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { FastifyReply } from 'fastify';
import { mostUnderWay } from '../../../gateway/server/connections.ts';
import { makeGateway, type TestGateway } from '../../support/gateway.ts';

let gateway: TestGateway;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await gateway.stop();
});

/** A gateway with a door that answers when it is told to. */
async function start() {
  const held: { reply: FastifyReply; body: unknown; end: () => void }[] = [];
  const seen = { most: 0, now: 0, all: 0 };
  let onAsked = () => {};
  gateway = await makeGateway({
    routes: (app) => {
      const take = async (request: { body: unknown }, reply: FastifyReply) => {
        seen.all += 1;
        seen.now += 1;
        seen.most = Math.max(seen.most, seen.now);
        await new Promise<void>((end) => {
          held.push({ reply, body: request.body, end });
          onAsked();
        });
        seen.now -= 1;
        return { number: seen.all };
      };
      app.get('/held', take);
      app.post('/held', take);
      app.get('/large', async () => {
        seen.all += 1;
        return 'x'.repeat(200_000);
      });
    },
  });
  const { port } = new URL(await gateway.listen());
  const asked = async (count: number) => {
    while (held.length < count)
      await new Promise<void>((resolve) => {
        onAsked = resolve;
      });
  };
  const open = async () => {
    const socket = connect(Number(port), '127.0.0.1');
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  return { port: Number(port), held, seen, asked, open };
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`;

/** Answers to requests one behind the other, as text, until there are so many. */
function answersOf(socket: Socket, count: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += String(chunk);
      if (text.split('HTTP/1.1 ').length > count && text.endsWith('}')) resolve(text);
    });
    socket.on('close', () => reject(new Error(`Expected ${count} answers, but got: ${text.slice(0, 500)}`)));
  });
}

describe('requests one behind the other', () => {
  it('are run a few at a time, and answered all, in order', async () => {
    const { held, seen, asked, open } = await start();
    const socket = await open();
    const count = 3000;
    const answers = answersOf(socket, count);
    socket.write(get('/held').repeat(count));
    for (let ended = 0; ended < count; ended++) {
      await asked(1);
      held.shift()?.end();
    }
    const numbers = (await answers).match(/(?<="number":)\d+/g) ?? [];
    expect(numbers).toHaveLength(count);
    expect(seen).toEqual({ most: mostUnderWay, now: 0, all: count });
  });

  it('are not run where the one who sent them is gone', async () => {
    const { port, held, seen, asked, open } = await start();
    const few = await open();
    few.write(get('/held').repeat(mostUnderWay + 10));
    await asked(mostUnderWay);
    // It is seen at once that they left.
    const closed = held.map(({ reply }) => once(reply.raw, 'close'));
    few.destroy();
    await Promise.all(closed);
    expect(seen.all).toBe(mostUnderWay);
    for (const { end } of held.splice(0)) end();
    // Or, where so many wait that no more is read, when the first answer is written.
    const many = await open();
    many.write(get('/held').repeat(2000));
    await asked(mostUnderWay);
    const gone = once(held[mostUnderWay - 1]?.reply.raw as EventEmitter, 'close');
    many.destroy();
    for (const { end } of held.splice(0)) end();
    await gone;
    for (const { end } of held.splice(0)) end();
    expect(await fetch(`http://127.0.0.1:${port}/health/live`)).toMatchObject({ status: 200 });
    expect(seen.all).toBeLessThan(4 * mostUnderWay);
  });

  it('are run no further than their answers are read', async () => {
    const { seen, open } = await start();
    const socket = await open();
    socket.pause();
    socket.write(get('/large').repeat(5000));
    // Others are served meanwhile; what the kernel takes of the answers is some megabytes.
    for (let asked = 0; asked < 300; asked++) {
      const other = await fetch(`http://127.0.0.1:${socket.remotePort}/health/live`);
      expect(other.status).toBe(200);
      await other.arrayBuffer();
    }
    expect(seen.all).toBeLessThan(200);
  });

  it('wait with their bodies, which come whole', async () => {
    const { held, asked, open } = await start();
    const socket = await open();
    const count = 60;
    const bodies = Array.from({ length: count }, (_, n) => JSON.stringify({ n, text: 'y'.repeat(40_000) }));
    const answers = answersOf(socket, count);
    const head = 'POST /held HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ';
    for (const body of bodies) socket.write(`${head}${body.length}\r\n\r\n${body}`);
    const got: number[] = [];
    for (let ended = 0; ended < count; ended++) {
      await asked(1);
      const [one] = held.splice(0, 1);
      if (one) got.push((one.body as { n: number }).n);
      one?.end();
    }
    await answers;
    expect(got).toEqual(bodies.map((_, n) => n));
  });

  it('are cut off at one that is none, without a word in the midst of another answer', async () => {
    const { held, asked, open } = await start();
    const socket = await open();
    let text = '';
    socket.on('data', (chunk) => {
      text += String(chunk);
    });
    socket.write(`${get('/held')}NONSENSE\r\n\r\n`);
    await asked(1);
    await once(socket, 'close');
    held[0]?.end();
    expect(text).toBe('');
  });
});

describe('a request that does not come whole', () => {
  it('is ended by the time that is told, headers and bodies alike', async () => {
    await start();
    const { server } = gateway.app;
    expect([server.requestTimeout, server.headersTimeout, server.keepAliveTimeout]).toEqual([
      30_000, 30_000, 72_000,
    ]);
  });

  it.each([
    [
      'its body',
      'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{',
    ],
    ['its headers', 'POST /graphql HTTP/1.1\r\nhost: a\r\nx: '],
  ])('is told so: %s', async (_, sent) => {
    const { open } = await start();
    // The check comes once a second, and the time is short here.
    gateway.app.server.requestTimeout = 20;
    gateway.app.server.headersTimeout = 20;
    const socket = await open();
    let text = '';
    socket.on('data', (chunk) => {
      text += String(chunk);
    });
    socket.write(sent);
    await once(socket, 'close');
    expect(text).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(JSON.parse(text.split('\r\n\r\n')[1] ?? '').errors[0].extensions.code).toBe('REQUEST_TOO_SLOW');
  });
});

describe('a gateway that is going to stop', () => {
  it('answers what is asked on connections that are kept, closes each with its answer, and is not ready', async () => {
    const { port, held, asked } = await start();
    const agent = new Agent({ keepAlive: true });
    const ask = (path: string) =>
      new Promise<{ status: number | undefined; connection: string | undefined; isReused: boolean }>(
        (resolve, reject) => {
          const sent = httpRequest({ port, host: '127.0.0.1', path, agent }, (response) => {
            response.resume().on('end', () =>
              resolve({
                status: response.statusCode,
                connection: response.headers.connection,
                isReused: sent.reusedSocket,
              }),
            );
          });
          sent.on('error', reject).end();
        },
      );
    const kept = await Promise.all([ask('/health/live'), ask('/health/live')]);
    expect(kept).toMatchObject([{ connection: 'keep-alive' }, { connection: 'keep-alive' }]);
    const underWay = ask('/held');
    await asked(1);
    const drained = gateway.drain();
    expect(await ask('/health/live')).toEqual({ status: 200, connection: 'close', isReused: true });
    expect(await ask('/health/ready')).toMatchObject({ status: 503, connection: 'close' });
    held[0]?.end();
    expect(await underWay).toMatchObject({ status: 200, connection: 'close' });
    // By now no connection is left.
    await drained;
    agent.destroy();
  });

  it('resets no connection of those who ask again and again', async () => {
    const { port } = await start();
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    const outcomes = new Set<string>();
    const ask = () =>
      new Promise<string>((resolve) => {
        httpRequest({ port, host: '127.0.0.1', path: '/nowhere', agent }, (response) => {
          response.resume().on('end', () => resolve(`${response.statusCode} ${response.headers.connection}`));
        })
          .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
          .end();
      });
    let rounds = 0;
    const clients = Array.from({ length: 8 }, async () => {
      for (let outcome = ''; outcome !== 'ECONNREFUSED'; rounds++) {
        outcome = await ask();
        outcomes.add(outcome);
      }
    });
    while (rounds < 100) await ask();
    await gateway.drain();
    await gateway.stop();
    await Promise.all(clients);
    expect([...outcomes].sort()).toEqual(['404 close', '404 keep-alive', 'ECONNREFUSED']);
    agent.destroy();
  });
});
