import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readSettings } from '../../../gateway/settings.ts';
import { compileHeaders, type HeaderRule, readHeaderRules } from '../../../gateway/wire/headerRules.ts';
import { StartError } from '../../../kit/startError.ts';
import { makeGateway } from '../../support/gateway.ts';

/** What the subgraph `name` is sent for these headers by the setting `text`. */
function sentBy(text: string, incoming: Record<string, string | string[] | undefined>, name = 'articles') {
  return compileHeaders(readSettings({ PROPAGATE_HEADERS: text }).headerRules, name)(incoming, 'r1');
}

const reader = {
  authorization: 'Bearer reader',
  cookie: 'session=1',
  host: 'news.example',
  'accept-language': 'cs',
  'x-request-id': 'forged',
};

describe('the headers that a subgraph is sent', () => {
  it('are the number of the request alone, unless a setting says more', () => {
    expect(sentBy('', reader)).toEqual({ 'x-request-id': 'r1' });
  });

  it('are those listed too, where the caller sent them', () => {
    expect(sentBy('Authorization, accept-language,x-absent', reader)).toEqual({
      'x-request-id': 'r1',
      authorization: 'Bearer reader',
      'accept-language': 'cs',
    });
  });

  it('follow rules in their order, each for its subgraphs', () => {
    const rules = JSON.stringify([
      { forward: 'authorization', to: ['membership'] },
      { forward: 'Accept-Language', as: 'X-Language', otherwise: 'en' },
      { set: 'x-gateway', value: 'dateline' },
      { set: 'x-gateway', value: 'other', to: ['media'] },
      { drop: 'X-Language', to: ['media'] },
    ] satisfies HeaderRule[]);
    expect(sentBy(rules, reader, 'articles')).toEqual({
      'x-request-id': 'r1',
      'x-language': 'cs',
      'x-gateway': 'dateline',
    });
    expect(sentBy(rules, {}, 'articles')).toMatchObject({ 'x-language': 'en' });
    expect(sentBy(rules, reader, 'membership')).toMatchObject({ authorization: 'Bearer reader' });
    expect(sentBy(rules, reader, 'media')).toEqual({ 'x-request-id': 'r1', 'x-gateway': 'other' });
  });

  it('are a new object for each request', () => {
    const write = compileHeaders(readHeaderRules('authorization') ?? [], 'articles');
    expect(write({ authorization: 'a' }, 'r1')).toEqual({ authorization: 'a', 'x-request-id': 'r1' });
    expect(write({}, 'r2')).toEqual({ 'x-request-id': 'r2' });
  });

  it('leave out what the caller declared to be for its own connection', () => {
    const named = { ...reader, connection: 'close, Authorization' };
    expect(sentBy('authorization,accept-language', named)).toEqual({
      'x-request-id': 'r1',
      'accept-language': 'cs',
    });
  });

  it('join a header that came more than once', () => {
    expect(sentBy('x-many', { 'x-many': ['a', 'b'] })).toMatchObject({ 'x-many': 'a, b' });
  });

  it.each(['a\r\nauthorization: Bearer other', 'a\nb', 'a\0b', 'a\u0100', '💥'])(
    'leave out a value that no header can hold: %j',
    (value) => expect(sentBy('x-a', { 'x-a': value })).toEqual({ 'x-request-id': 'r1' }),
  );

  it('are those that were sent, and nothing that every object has', () => {
    expect(sentBy('constructor,tostring', {})).toEqual({ 'x-request-id': 'r1' });
  });

  it('never hold what no rule allowed, whatever comes', () => {
    const names = ['authorization', 'cookie', 'x-a', 'x-b', 'host', 'connection', 'te'];
    const incoming = fc.dictionary(fc.constantFrom(...names), fc.string());
    const allowed = fc.uniqueArray(fc.constantFrom('authorization', 'cookie', 'x-a', 'x-b'), {
      minLength: 1,
    });
    fc.assert(
      fc.property(incoming, allowed, (headers, list) => {
        const sent = sentBy(list.join(','), headers);
        for (const [name, value] of Object.entries(sent)) {
          expect(['x-request-id', ...list]).toContain(name);
          expect(value).not.toMatch(/[\r\n\0]/);
        }
      }),
    );
  });
});

describe('the setting of headers', () => {
  it.each([
    'host',
    'Content-Length',
    'accept-encoding',
    'connection',
    'transfer-encoding',
    'x-request-id',
    'a b',
    'a,,b',
    '__proto__',
    '[',
    '[1]',
    '[null]',
    '[{}]',
    '[{"forward":"te"}]',
    '[{"forward":"a","as":"host"}]',
    '[{"forward":"a","to":"articles"}]',
    '[{"forward":"a","too":["articles"]}]',
    '[{"forward":"a","otherwise":"x\\ny"}]',
    '[{"set":"a"}]',
    '[{"set":"a","value":"x\\r\\nb: c"}]',
    '[{"drop":1}]',
  ])('is not %s', (text) => {
    expect(() => readSettings({ PROPAGATE_HEADERS: text })).toThrow(StartError);
    expect(() => readSettings({ PROPAGATE_HEADERS: text })).toThrow(
      /^Expected PROPAGATE_HEADERS to be names/,
    );
  });

  it('reads as rules that cannot be changed afterwards', () => {
    expect(Object.isFrozen(readSettings({ PROPAGATE_HEADERS: 'a' }).headerRules)).toBe(true);
  });

  it('has the log tell of each subgraph that it names and the supergraph does not have', async () => {
    const rules: HeaderRule[] = [
      { forward: 'authorization', to: ['shops', 'stories'] },
      { forward: 'x-a' },
      { drop: 'x-a', to: ['shops'] },
      { set: 'x-b', value: 'b', to: ['toys'] },
    ];
    const gateway = await makeGateway({ env: { PROPAGATE_HEADERS: JSON.stringify(rules) } });
    const told = gateway.logged
      .map((line) => JSON.parse(line))
      .filter(({ msg }) => /PROPAGATE_HEADERS/.test(msg));
    expect(told.map(({ subgraph }) => subgraph)).toEqual(['shops', 'toys']);
    await gateway.stop();
  });
});
