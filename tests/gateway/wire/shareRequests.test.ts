import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shareReads } from '../../../gateway/wire/shareRequests.ts';
import { SubgraphFailure, type SubgraphRequest } from '../../../gateway/wire/subgraphCall.ts';
import type { Receiver, Reply } from '../../../gateway/wire/transport.ts';

interface Sent {
  body: string;
  headers: Readonly<Record<string, string>>;
  receiver: Receiver;
  isCancelled: boolean;
}

type Ask = Partial<Pick<SubgraphRequest, 'kind' | 'headers'>> & { body?: string };

/** Sharing over a server that answers when the test says so. */
function openShare(changes?: { count: number }) {
  const sent: Sent[] = [];
  const send = shareReads(({ headers }, body, receiver) => {
    const one: Sent = { body, headers, receiver, isCancelled: false };
    sent.push(one);
    return () => {
      one.isCancelled = true;
    };
  }, changes);
  function ask({ body = '{"query":"{ a }"}', headers = {}, ...rest }: Ask = {}) {
    const heard: unknown[] = [];
    const leave = send({ query: '{ a }', kind: 'query', headers, ...rest }, body, {
      onBegin: () => heard.push('begin'),
      onReply: ({ text }) => heard.push(text),
      onFailure: ({ kind }) => heard.push(kind),
    });
    return { heard, leave };
  }
  return { sent, ask };
}

const reply = (text: string): Reply => ({ status: 200, contentType: undefined, text });
const broken = new SubgraphFailure('unreachable', 'Expected a test to be quiet.');

describe('reads in flight', () => {
  it('are sent once when they are the same, and each hears the reply', () => {
    const { sent, ask } = openShare();
    const asked = [ask(), ask(), ask()];
    expect(sent).toHaveLength(1);
    sent[0]?.receiver.onBegin();
    sent[0]?.receiver.onReply(reply('x'));
    for (const { heard } of asked) expect(heard).toEqual(['begin', 'x']);
  });

  it('share a failure as well', () => {
    const { sent, ask } = openShare();
    const asked = [ask(), ask()];
    sent[0]?.receiver.onFailure(broken);
    for (const { heard } of asked) expect(heard).toEqual(['unreachable']);
    ask();
    expect(sent).toHaveLength(2);
  });

  it('are not joined once the reply has begun, or ended', () => {
    const { sent, ask } = openShare();
    ask();
    sent[0]?.receiver.onBegin();
    const late = ask();
    expect(sent).toHaveLength(2);
    sent[0]?.receiver.onReply(reply('old'));
    expect(late.heard).toEqual([]);
    ask();
    expect(sent).toHaveLength(2);
    sent[1]?.receiver.onReply(reply('new'));
    expect(late.heard).toEqual(['new']);
    ask();
    expect(sent).toHaveLength(3);
  });

  it.each(['mutation', 'subscription', undefined] as const)(
    'are never shared when the kind is %s',
    (kind) => {
      const { sent, ask } = openShare();
      for (let count = 0; count < 3; count += 1) ask({ kind });
      ask();
      expect(sent).toHaveLength(4);
    },
  );

  it.each(['reply', 'failure', 'leave'])('are not joined once a mutation has ended: by %s', (how) => {
    const { sent, ask } = openShare();
    const before = ask();
    const mutation = ask({ kind: 'mutation', body: '{"query":"mutation { b }"}' });
    if (how === 'reply') sent[1]?.receiver.onReply(reply('done'));
    if (how === 'failure') sent[1]?.receiver.onFailure(broken);
    if (how === 'leave') mutation.leave();
    const after = ask();
    expect(sent).toHaveLength(3);
    sent[0]?.receiver.onReply(reply('before'));
    const joiner = ask();
    expect(sent).toHaveLength(3);
    sent[2]?.receiver.onReply(reply('after'));
    expect([before.heard, after.heard, joiner.heard]).toEqual([['before'], ['after'], ['after']]);
  });

  it('are not joined once a mutation of another subgraph of the graph has ended', () => {
    const changes = { count: 0 };
    const [members, articles] = [openShare(changes), openShare(changes)];
    const before = articles.ask();
    const mutation = { kind: 'mutation', body: '{"query":"mutation { b }"}' } as const;
    members.ask(mutation);
    articles.ask();
    expect(articles.sent).toHaveLength(1);
    members.sent[0]?.receiver.onReply(reply('done'));
    const after = articles.ask();
    expect(articles.sent).toHaveLength(2);
    articles.sent[0]?.receiver.onReply(reply('before'));
    articles.sent[1]?.receiver.onReply(reply('after'));
    expect([before.heard, after.heard]).toEqual([['before'], ['after']]);
  });

  it('go on for those who stay when one leaves, and are cancelled when all have left', () => {
    const { sent, ask } = openShare();
    const [first, second] = [ask(), ask()];
    first.leave();
    first.leave();
    expect(sent[0]?.isCancelled).toBe(false);
    const third = ask();
    expect(sent).toHaveLength(1);
    sent[0]?.receiver.onBegin();
    second.leave();
    expect(sent[0]?.isCancelled).toBe(false);
    third.leave();
    expect(sent[0]?.isCancelled).toBe(true);
    expect(first.heard).toEqual([]);
  });

  it('are not joined once all have left', () => {
    const { sent, ask } = openShare();
    ask().leave();
    const next = ask();
    expect(sent.map(({ isCancelled }) => isCancelled)).toEqual([true, false]);
    sent[1]?.receiver.onReply(reply('x'));
    expect(next.heard).toEqual(['x']);
  });

  it('are told apart by the whole body, however alike its end', () => {
    const { sent, ask } = openShare();
    const end = 'x'.repeat(100);
    const bodies = Array.from({ length: 40 }, (_, place) => `${String(place).padStart(4, '0')}${end}`);
    const asked = bodies.map((body) => ask({ body }));
    expect(sent.map(({ body }) => body)).toEqual(bodies);
    const again = bodies.map((body) => ask({ body }));
    // Of so many that look alike only the first sixteen are kept to be joined.
    expect(sent).toHaveLength(40 + 24);
    for (const one of sent) one.receiver.onReply(reply(one.body));
    expect(asked.map(({ heard }) => heard)).toEqual(bodies.map((body) => [body]));
    expect(again.map(({ heard }) => heard)).toEqual(bodies.map((body) => [body]));
  });

  it('leave nothing behind, in whichever order they end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ body: fc.constantFrom('a', 'b', 'c'), act: fc.nat(4) }), { maxLength: 40 }),
        (steps) => {
          const { sent, ask } = openShare();
          const open: ReturnType<typeof ask>[] = [];
          for (const { body, act } of steps) {
            // The same length and end for all, so that all stand under one key.
            const asked = ask({ body: body + 'x'.repeat(64) });
            open.push(asked);
            const one = sent[act % sent.length];
            if (act === 1) asked.leave();
            if (act === 2 && one && !one.isCancelled) one.receiver.onBegin();
          }
          for (const one of sent) if (!one.isCancelled) one.receiver.onReply(reply(one.body));
          const before = sent.length;
          for (const body of ['a', 'b', 'c']) ask({ body: body + 'x'.repeat(64) });
          expect(sent).toHaveLength(before + 3);
          for (const { heard } of open) {
            expect(heard.filter((what) => what !== 'begin').length).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });
});

describe('two readers', () => {
  it.each(['authorization', 'cookie', 'accept-language', 'x-reader', 'x-forwarded-for', 'x-anything'])(
    'never share when they differ in %s',
    (name) => {
      const { sent, ask } = openShare();
      // Alike in length and end, so that they stand in one place and only comparing tells them apart.
      ask({ headers: { [name]: 'Bearer one.same' } });
      ask({ headers: { [name]: 'Bearer two.same' } });
      ask();
      expect(sent).toHaveLength(3);
    },
  );

  it('share when only the number or the trace of the request differs', () => {
    const { sent, ask } = openShare();
    ask({ headers: { 'x-request-id': '1', traceparent: 'a', tracestate: 'b', authorization: 'same' } });
    ask({ headers: { 'x-request-id': '2', traceparent: 'c', authorization: 'same' } });
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['', ''],
    [':', ';'],
    [':', ''],
    [': ', '\n'],
    [': ', '\r\n'],
    ['\0', '\0'],
    ['=', '&'],
    ['":"', '","'],
  ])('do not share when one sends a value that looks like the header of the other: %j %j', (is, and) => {
    const { sent, ask } = openShare();
    ask({ headers: { 'x-a': '1', authorization: 'Bearer reader' } });
    ask({ headers: { 'x-a': `1${and}authorization${is}Bearer reader` } });
    ask({ headers: { 'x-a': `1${and}13:authorization${is}13:Bearer reader` } });
    expect(sent).toHaveLength(3);
  });

  it('share exactly when all headers are equal that can change the answer, and the body is', () => {
    const name = fc.oneof(
      fc.constantFrom('authorization', 'cookie', 'x-a', 'x-request-id', 'traceparent', 'a', 'aa', 'b'),
      fc.stringMatching(/^[a-z0-9:;-]{1,6}$/),
    );
    // Values that look like other headers and like the marks of a key.
    const value = fc.oneof(
      fc.constantFrom('', '1', '1:a', '1:a1:b', ';', '\n', 'authorization', '13:authorization1:x'),
      fc.string({ maxLength: 8 }),
    );
    const headers = fc.dictionary(name, value, { maxKeys: 4, noNullPrototype: true });
    const body = fc.constantFrom('', 'x', ';1:x', '1:a1:b;');
    const telling = (given: Record<string, string>) => {
      const { 'x-request-id': _id, traceparent: _trace, ...rest } = given;
      return Object.entries(rest).sort();
    };
    fc.assert(
      fc.property(headers, headers, body, body, (one, two, first, second) => {
        const { sent, ask } = openShare();
        ask({ headers: one, body: first });
        ask({ headers: two, body: second });
        const isSame = first === second && JSON.stringify(telling(one)) === JSON.stringify(telling(two));
        expect(sent).toHaveLength(isSame ? 1 : 2);
      }),
      { numRuns: 2000 },
    );
  });

  it('do not share when any one of their headers differs', () => {
    const header = fc.tuple(fc.stringMatching(/^[a-z-]{1,12}$/), fc.string({ maxLength: 12 }));
    fc.assert(
      fc.property(
        fc.uniqueArray(header, { minLength: 1, selector: ([key]) => key }),
        fc.nat(),
        (list, at) => {
          const changed = list.map(([key, text], place): [string, string] =>
            place === at % list.length ? [key, `${text}!`] : [key, text],
          );
          const { sent, ask } = openShare();
          ask({ headers: Object.fromEntries(list) });
          ask({ headers: Object.fromEntries(changed) });
          ask({ headers: Object.fromEntries(list) });
          expect(sent).toHaveLength(2);
        },
      ),
    );
  });
});
