import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  Decimal,
  hasLongNumber,
  parseJson,
  wholeDigitsOf,
  writeJson,
} from '../../../gateway/wire/losslessJson.ts';
import { makeGateway, type TestGateway } from '../../support/gateway.ts';
import { serveTexts, type TextSubgraphs } from '../../support/textSubgraphs.ts';

const long = '9007199254740993';

/** Numbers as JSON writes them, among them those that no JavaScript number is. */
const numberText = fc.oneof(
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).map(String),
  fc.integer().map(String),
  fc.tuple(fc.maxSafeNat(), fc.maxSafeNat()).map(([whole, fraction]) => `${whole}.${fraction}`),
  fc.tuple(fc.maxSafeNat(), fc.integer({ min: -20, max: 20 })).map(([whole, power]) => `${whole}e${power}`),
  fc.constantFrom(long, `-${long}`, `${long}.0`, '0.1', '-0', '1.0000000000000000', '12345678901234567890.5'),
);

/** Values as text, with white space and strings that look like numbers. */
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    numberText,
    fc.string().map((text) => JSON.stringify(text)),
    fc.constantFrom('true', 'false', 'null', `"${long}"`, `": ${long}"`, `"\\": [${long}"`, '{}', '[]'),
    fc.array(tie('json'), { maxLength: 4 }).map((items) => `[ ${items.join(' ,')}]`),
    fc
      .array(fc.tuple(fc.string(), tie('json')), { maxLength: 4 })
      .map(
        (fields) => `{${fields.map(([name, value]) => `${JSON.stringify(name)} : ${value}`).join(',\n')}}`,
      ),
  ),
}));

describe('JSON with long numbers', () => {
  it('is parsed as JSON.parse does it, but for what that rounds, and is written as it came', () => {
    fc.assert(
      fc.property(json, (text) => {
        const value = parseJson(text);
        // As wide as it was, but for the numbers; and rounded by JSON.parse it is what that would have had at once.
        expect(JSON.parse(writeJson(value, {}))).toEqual(JSON.parse(JSON.stringify(JSON.parse(text))));
      }),
    );
  });

  it('has every long integer as it came', () => {
    const whole = fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n });
    fc.assert(
      fc.property(fc.array(whole), fc.array(whole), (ones, others) => {
        const text = `{"a":[${ones.join(', ')}],"b":{"c":[[${others.join()}]]}}`;
        expect(writeJson(parseJson(text))).toBe(text.replaceAll(', ', ','));
      }),
    );
  });

  it('is refused where JSON.parse refuses it', () => {
    const broken = [
      `{${long}:1}`,
      `[0${long}]`,
      `[${long},]`,
      `${long}"a"`,
      `[1${long}.]`,
      `{"a":-}`,
      `[${long}`,
    ];
    for (const text of broken) expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  it('is looked at closely only for long numbers outside of strings', () => {
    const plain = [
      '{"at":"2026-11-28T23:11:00.000Z"}',
      `{"id":"${long}"}`,
      '[123456789012345]',
      '{"a":0.5}',
      '',
    ];
    expect(plain.map(hasLongNumber)).toEqual(plain.map(() => false));
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), (before, after) =>
        hasLongNumber(`{"a":"${'x'.repeat(before)}","b":${long},"c":"${'x'.repeat(after)}"}`),
      ),
    );
    // A long run of digits is walked through once.
    expect(hasLongNumber(`"a${'1'.repeat(2_000_000)}"`)).toBe(false);
  });

  it('keeps a name that stands twice as JSON.parse does, and names of prototypes as names', () => {
    expect(parseJson(`{"a":${long},"a":1}`)).toEqual({ a: 1 });
    expect(parseJson(`{"a":1,"a":${long}}`)).toEqual({ a: BigInt(long) });
    const value = parseJson(`{"__proto__":${long}}`) as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(writeJson(value)).toBe(`{"__proto__":${long}}`);
  });

  it('is nested as deep as it likes', () => {
    const deep = `${'['.repeat(20_000)}${long}${']'.repeat(20_000)}`;
    expect(Array.isArray(parseJson(deep))).toBe(true);
    expect(() => writeJson(parseJson(deep))).toThrow(RangeError);
  });

  it('tells whole numbers by all their digits, however they are written', () => {
    const digits = (text: string) => wholeDigitsOf(parseJson(text) as number | bigint | Decimal);
    expect(['1e20', '1e23', `${long}.0`, '12.5', '1e400', '-0', '1.20e1'].map(digits)).toEqual([
      '100000000000000000000',
      '100000000000000000000000',
      long,
      undefined,
      undefined,
      '0',
      '12',
    ]);
    expect(parseJson(`${long}.5`)).toBeInstanceOf(Decimal);
  });
});

describe('numbers beyond 2^53 through the door', () => {
  let texts: TextSubgraphs;
  let gateway: TestGateway;
  let answer = '';
  beforeAll(async () => {
    texts = await serveTexts(
      {
        a: `scalar Long scalar JSON
          input Filter { id: ID ids: [[ID!]] more: Filter big: Long }
          type Query { post: Post big: Long many: [[Long]] any: JSON float: Float int: Int text: String ids: [ID]
            find(id: ID, ids: [ID!], filter: Filter, big: Long, float: Float): Int }
          type Mutation { make: Post }
          type Post @key(fields: "id") @key(fields: "number") { id: ID! number: Long price: JSON }`,
        b: `scalar JSON type Post @key(fields: "id") { id: ID! price: JSON @external text: String tax: JSON @requires(fields: "price") }`,
      },
      ({ name }) => (name === 'a' ? answer : '{"data":{"_entities":[{"text":"x","tax":1}]}}'),
    );
    gateway = await makeGateway({ supergraphSdl: texts.supergraphSdl, callSubgraph: () => undefined });
  });
  afterAll(async () => {
    await gateway.stop();
    await texts.close();
  });
  beforeEach(() => void texts.sent.splice(0));

  const post = async (payload: string) => {
    const headers = { 'content-type': 'application/json' };
    const reply = await gateway.app.inject({ method: 'POST', url: '/graphql', headers, payload });
    return reply.body.trim();
  };
  const ask = (query: string) => post(JSON.stringify({ query }));
  /** Twice: the second time goes the short way. */
  const askTwice = async (query: string) => {
    const first = await ask(query);
    expect(await ask(query)).toBe(first);
    return first;
  };

  it('are whole in IDs, and in what is asked about them', async () => {
    answer = `{"data":{"post":{"__typename":"Post","id":${long},"price":{"a":[${long}]}}}}`;
    expect(await askTwice('{ post { id text tax } }')).toBe(
      `{"data":{"post":{"id":"${long}","text":"x","tax":1}}}`,
    );
    const asked = texts.sent.find(({ name }) => name === 'b')?.body;
    expect(asked).toContain(`"id":${long}`);
    expect(asked).toContain(`"price":{"a":[${long}]}`);
  });

  it('are whole in mutations, aliases and lists', async () => {
    answer = `{"data":{"made":{"__typename":"Post","id":-${long}}}}`;
    expect(await ask('mutation { made: make { id } }')).toBe(`{"data":{"made":{"id":"-${long}"}}}`);
    answer = `{"data":{"ids":[${long},1,"a",1e20,12345678901234567890.0,1e21]}}`;
    expect(await ask('{ ids }')).toBe(
      `{"data":{"ids":["${long}","1","a","100000000000000000000","12345678901234567890","1000000000000000000000"]}}`,
    );
  });

  it('are as they came in scalars of a subgraph, fractions too', async () => {
    answer = `{"data":{"big":9223372036854775807,"many":[[${long},null],[-1]],"any":{"n":[18446744073709551616,0.12345678901234567890],"z":1.5}}}`;
    expect(await askTwice('{ big many any }')).toBe(answer);
    answer = '{"data":{"any":-0,"big":1e20}}';
    expect(await ask('{ any big }')).toBe('{"data":{"any":-0,"big":100000000000000000000}}');
  });

  it('are the nearest double in a Float, and an error in an Int or a String', async () => {
    answer = `{"data":{"float":${long},"int":${long},"text":${long}}}`;
    const { data, errors } = JSON.parse(await ask('{ float int text }'));
    expect(data).toEqual({ float: 9007199254740992, int: null, text: null });
    expect(errors.map(({ path }: { path: string[] }) => path)).toEqual([['int'], ['text']]);
    answer = '{"data":{"float":-0}}';
    expect(await ask('{ float }')).toBe('{"data":{"float":-0}}');
    answer = '{"data":{"float":0.12345678901234567890}}';
    expect(await ask('{ float }')).toBe('{"data":{"float":0.12345678901234568}}');
  });

  it.each([
    ['a Float', 'float', '1e400'],
    ['an ID', 'ids', '[1e400]'],
    ['a scalar', 'big', '1e400'],
    ['a list of them', 'many', '[[1,-1e400]]'],
    ['what lies in a scalar', 'any', '{"a":[null,1e400]}'],
  ])('without end are an error where %s stands', async (_, field, value) => {
    answer = `{"data":{"${field}":${value},"text":"fine"}}`;
    const { data, errors } = JSON.parse(await ask(`{ ${field} text }`));
    expect(data.text).toBe('fine');
    expect(JSON.stringify(data[field])).toContain('null');
    expect(errors).toHaveLength(1);
    expect(errors[0].path[0]).toBe(field);
  });

  it('are no key where they have no end: what depends on them is an error', async () => {
    answer = '{"data":{"post":{"__typename":"Post","id":1e400}}}';
    const { data, errors } = JSON.parse(await ask('{ post { text } }'));
    expect([data, errors[0].path]).toEqual([{ post: { text: null } }, ['post', 'text']]);
    expect(texts.sent.map(({ name }) => name)).toEqual(['a']);
  });

  it('reach a subgraph whole in variables: IDs as text, scalars as they came', async () => {
    answer = '{"data":{"find":1}}';
    const query =
      'query Q($id: ID, $ids: [ID!], $filter: Filter, $big: Long, $float: Float) { find(id: $id, ids: $ids, filter: $filter, big: $big, float: $float) }';
    const variables = `{"id":${long},"ids":[1,${long}],"filter":{"id":${long},"ids":[[${long}]],"more":{"id":7,"big":${long}}},"big":[${long}],"float":${long}}`;
    const wanted = `{"find":1}`;
    for (let time = 0; time < 2; time++) {
      expect(await post(`{"query":${JSON.stringify(query)},"variables":${variables}}`)).toBe(
        `{"data":${wanted}}`,
      );
      const { body = '' } = texts.sent[time] ?? {};
      const sent = body.slice(body.indexOf('"variables"'));
      expect(sent).toContain(`:"${long}"`);
      expect(sent).toContain(`[1,"${long}"]`);
      expect(sent).toContain(`"more":{"id":7,"big":${long}}`);
      expect(sent).toContain(`[["${long}"]]`);
      expect(sent).toContain(`:[${long}]`);
      expect(sent).not.toContain('9007199254740992');
    }
  });

  it('reach a subgraph whole by GET too', async () => {
    answer = '{"data":{"find":1}}';
    const query = 'query G($id: ID, $big: Long) { find(id: $id, big: $big) }';
    const variables = `{"id":${long},"big":${long}}`;
    const url = `/graphql?${new URLSearchParams({ query, variables })}`;
    const headers = { 'apollo-require-preflight': '1' };
    expect((await gateway.app.inject({ url, headers })).body.trim()).toBe('{"data":{"find":1}}');
    expect(texts.sent[0]?.body).toContain(`"${long}"`);
    expect(texts.sent[0]?.body).toContain(`:${long}`);
    expect(texts.sent[0]?.body).not.toContain('9007199254740992');
  });

  it('reach a subgraph whole as literals, of lists and objects too', async () => {
    answer = '{"data":{"find":1}}';
    await ask(`{ find(id: ${long}, ids: [${long}], filter: { id: ${long}, big: ${long} }, big: ${long}) }`);
    await ask(`query ($id: ID = ${long}) { find(id: $id) }`);
    await ask(`query ($n: Int) { find(big: { n: $n, at: [${long}] }) }`);
    for (const { body } of texts.sent) {
      expect(body).toContain(long);
      expect(body).not.toContain('9007199254740992');
    }
    expect(texts.sent).toHaveLength(3);
  });

  it('are the ID that they are, written with a fraction of zeros', async () => {
    answer = '{"data":{"find":1}}';
    const query = 'query Z($id: ID, $filter: Filter) { find(id: $id, filter: $filter) }';
    const variables = `{"id":${long}.0,"filter":{"ids":[[90071992547409930e-1]]}}`;
    expect(await post(`{"query":${JSON.stringify(query)},"variables":${variables}}`)).toBe(answer);
    const sent: unknown[] = Object.values(JSON.parse(texts.sent[0]?.body ?? '{}').variables);
    expect(sent).toHaveLength(2);
    expect(sent).toEqual(expect.arrayContaining([long, { ids: [[long]] }]));
  });

  it.each([`${long}.5`, `{"more":${long}.5}`, `[${long}.5]`, long])(
    'are no input object: %s',
    async (filter) => {
      const query = 'query F($filter: Filter) { find(filter: $filter) }';
      const refused = await post(`{"query":${JSON.stringify(query)},"variables":{"filter":${filter}}}`);
      expect(JSON.parse(refused).errors?.[0].extensions.code).toBe('BAD_USER_INPUT');
      expect(texts.sent).toHaveLength(0);
    },
  );

  it.each(['variables', 'extensions', 'operationName', 'query'])(
    'are refused as %s of a request',
    async (name) => {
      for (const number of [long, `${long}.5`]) {
        const sent = { query: '{ find }', [name]: 'number' };
        const refused = await post(JSON.stringify(sent).replace('"number"', number));
        expect(JSON.parse(refused).errors?.[0].extensions.code).toBe('BAD_REQUEST');
      }
      expect(texts.sent).toHaveLength(0);
    },
  );

  it('are refused where the type of a variable has no room for them', async () => {
    const query = 'query ($big: Long, $float: Float) { find(big: $big, float: $float) }';
    const refused = await post(`{"query":${JSON.stringify(query)},"variables":{"big":1e400,"float":1}}`);
    expect(JSON.parse(refused).errors[0].extensions.code).toBe('BAD_USER_INPUT');
    for (const value of ['big: 1e400', 'big: { a: [-1e400] }', 'float: 1e400'])
      expect(JSON.parse(await ask(`{ find(${value}) }`)).errors[0].extensions.code).toBe('BAD_USER_INPUT');
    expect(texts.sent).toHaveLength(0);
  });
});
