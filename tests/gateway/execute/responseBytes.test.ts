import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SubgraphResponse } from '../../../gateway/wire/subgraphCall.ts';
import { makeGateway, type TestGateway } from '../../support/gateway.ts';
import { serveTexts, type TextSubgraphs } from '../../support/textSubgraphs.ts';

const limit = 10_000;

let texts: TextSubgraphs;
let gateway: TestGateway;
let data: SubgraphResponse['data'] = {};
let calls = 0;
beforeAll(async () => {
  texts = await serveTexts(
    {
      a: `scalar JSON type Query { items: [Item] grid: [[Int]] any: JSON text: String node: Node deep: Item }
        type Mutation { go: String }
        interface Node { id: ID text: String } type Item implements Node { id: ID text: String sure: String! n: Float inner: Item items: [Item] }`,
    },
    () => '{"data":{}}',
  );
  gateway = await makeGateway({
    supergraphSdl: texts.supergraphSdl,
    callSubgraph: () => async () => {
      calls++;
      return structuredClone({ data }) as SubgraphResponse;
    },
    env: { MAX_RESPONSE_BYTES: String(limit) },
  });
});
afterAll(async () => {
  await gateway.stop();
  await texts.close();
});

const aliases = (count: number) => Array.from({ length: count }, (_, at) => `a${at}: text`).join(' ');
const texted = (count: number, text: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`a${at}`, text]));

async function ask(query: string) {
  calls = 0;
  const { body } = await gateway.ask(query);
  const { data: got, errors } = body;
  return { data: got, errors, size: Buffer.byteLength(JSON.stringify(got)) };
}

const tooLarge = [
  {
    message: `Expected the operation to have at most ${limit} bytes in its response, but got: more.`,
    extensions: { code: 'OPERATION_TOO_LARGE' },
  },
];

describe('the bytes of an answer', () => {
  it.each([
    ['one field under many names', `{ deep { ${aliases(120)} } }`, { deep: texted(120, 'x'.repeat(100)) }],
    ['objects in lists', '{ items { text n } }', { items: Array(100).fill({ text: 'x'.repeat(100), n: 1 }) }],
    ['numbers in lists of lists', '{ grid }', { grid: Array(20).fill(Array(400).fill(12)) }],
    ['a scalar of a subgraph', '{ any }', { any: Array(900).fill('0123456789') }],
    ['one long text', '{ text }', { text: 'x'.repeat(limit) }],
    ['text with escapes', '{ text }', { text: '"'.repeat(limit / 2) }],
    ['text whose letters have three bytes', '{ text }', { text: '日'.repeat(limit / 3) }],
    [
      'an object of an interface',
      '{ node { text } }',
      { node: { __typename: 'Item', text: 'x'.repeat(limit) } },
    ],
    [
      'the same objects again and again',
      '{ items { items { id text } } }',
      { items: Array(20).fill({ items: Array(20).fill({ id: '1', text: 'x'.repeat(30) }) }) },
    ],
    ['empty objects', '{ items { __typename } }', { items: Array(limit / 4).fill({}) }],
  ])('end it where it grows too large: %s', async (_, query, given) => {
    data = given;
    for (let time = 0; time < 2; time++) {
      expect(await ask(query)).toEqual({ data: null, errors: tooLarge, size: 4 });
      // Nothing is asked for a second time to find that out.
      expect(calls).toBe(1);
    }
  });

  it('are counted to the last one', async () => {
    const around = '{"text":""}'.length;
    data = { text: 'x'.repeat(limit - around) };
    expect(await ask('{ text }')).toMatchObject({ size: limit, errors: undefined });
    data = { text: `${'x'.repeat(limit - around - 1)}é` };
    expect((await ask('{ text }')).errors).toEqual(tooLarge);
  });

  it('of what null takes away are none', async () => {
    const item = { text: 'x'.repeat(900), sure: null };
    data = { items: Array(20).fill(item) };
    const { data: got } = await ask('{ items { text sure } }');
    expect(got).toEqual({ items: Array(20).fill(null) });
  });

  it('of a mutation end it too, and say that it has run', async () => {
    data = { go: 'x'.repeat(limit) };
    expect(await ask('mutation { go }')).toMatchObject({ data: null, errors: tooLarge });
    expect(calls).toBe(1);
  });
});
