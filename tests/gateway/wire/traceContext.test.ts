import { afterEach, describe, expect, it } from '@jest/globals';
import { compileHeaders } from '../../../gateway/wire/headerRules.ts';
import { makeGateway, type TestGateway } from '../../support/gateway.ts';

const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const tracestate = 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE';
const write = compileHeaders([], 'stories');

let gateway: TestGateway | undefined;
afterEach(async () => {
  await gateway?.stop();
});

describe('the trace context of a client', () => {
  it('goes to subgraphs without a rule, and a rule can drop it', () => {
    const incoming = { traceparent, tracestate, authorization: 'Bearer x' };
    expect(write(incoming, '1')).toEqual({ 'x-request-id': '1', traceparent, tracestate });
    const dropping = compileHeaders([{ drop: 'tracestate', to: ['stories'] }], 'stories');
    expect(dropping(incoming, '1')).toEqual({ 'x-request-id': '1', traceparent });
  });

  const invalid: [string, unknown][] = [
    ['of another form', 'x'],
    ['with an unknown version ff', traceparent.replace('00-', 'ff-')],
    ['with an id of zeros', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
    ['with a parent of zeros', `00-4bf92f3577b34da6a3ce929d0e0e4736-${'0'.repeat(16)}-01`],
    ['in capitals', traceparent.toUpperCase()],
    ['with a line end', `${traceparent}\n`],
    ['that is very long', `01${traceparent.slice(2)}-${'a'.repeat(5_000)}`],
    ['sent twice', [traceparent, traceparent]],
  ];
  it.each(invalid)('is not sent with a traceparent %s', (_, given) => {
    expect(write({ traceparent: given as string, tracestate }, '1')).toEqual({ 'x-request-id': '1' });
  });

  it('is sent in later versions, and without a state that is too long', () => {
    const later = `01${traceparent.slice(2)}-more`;
    expect(write({ traceparent: later, tracestate: 'a'.repeat(600) }, '1')).toEqual({
      'x-request-id': '1',
      traceparent: later,
    });
  });

  it('names the trace in the log line of the request', async () => {
    gateway = await makeGateway();
    await gateway.app.inject({ url: '/health/live' });
    await gateway.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { traceparent },
      payload: { query: '{ __typename }' },
    });
    const lines = gateway.logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request');
    expect(lines.map(({ traceId }) => traceId)).toContain('4bf92f3577b34da6a3ce929d0e0e4736');
  });
});
