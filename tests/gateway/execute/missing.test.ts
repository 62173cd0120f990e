/** What subgraphs leave out, give wrongly or may not show: what the caller and the log are told of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { makeGateway, type TestGateway } from '../../support/gateway.ts';
import { serveTexts, type TextSubgraphs } from '../../support/textSubgraphs.ts';

let texts: TextSubgraphs;
let gateway: TestGateway;
let answer = '';
beforeAll(async () => {
  texts = await serveTexts(
    {
      a: `type Query { thing: Thing things: [Thing] color: Color colors: [Color!] sure: Color! any: [Any] }
        type Mutation { go: Int make: Thing }
        enum Color { RED BLUE @inaccessible } union Any = Thing | Ghost type Ghost @inaccessible { boo: Int }
        type Thing @key(fields: "id") { id: ID! name: String }`,
      b: 'type Thing @key(fields: "id") { id: ID! price: Int }',
    },
    ({ name }) => (name === 'a' ? answer : '{"data":{"_entities":[{"price":5}]}}'),
  );
  gateway = await makeGateway({ supergraphSdl: texts.supergraphSdl, callSubgraph: () => undefined });
});
afterAll(async () => {
  await gateway.stop();
  await texts.close();
});
beforeEach(() => {
  texts.sent.length = 0;
  gateway.logged.length = 0;
});

const ask = async (query: string, text: string) => {
  answer = text;
  const { status, body } = await gateway.ask(query);
  const errors = (body.errors ?? []) as { message: string; path: unknown[]; extensions: { code: string } }[];
  const paths = errors.map(({ path }) => path?.join('.'));
  const problems = gateway.logged.map((line) => JSON.parse(line)).filter(({ level }) => level >= 50);
  return { status, data: body.data, errors, paths, problems };
};

describe('what a subgraph leaves out', () => {
  it('is an error under a number for the caller, and a line with the reason for the log', async () => {
    const { data, errors, paths, problems } = await ask('{ thing { name } color }', '{"data":{"thing":{}}}');
    expect(data).toEqual({ thing: { name: null }, color: null });
    expect(paths).toEqual(['thing.name', 'color']);
    expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['SUBGRAPH_FAILED']));
    expect(JSON.stringify(errors)).not.toContain('Query.color');
    expect(problems).toEqual([
      expect.objectContaining({
        count: 2,
        errors: [
          'Expected a value for field Thing.name, but got: none.',
          'Expected a value for field Query.color, but got: none.',
        ],
      }),
    ]);
  });

  it('is told a hundred times at most', async () => {
    const list = Array(500).fill('{}').join();
    const { paths } = await ask('{ things { name } }', `{"data":{"things":[${list}]}}`);
    expect(paths).toHaveLength(100);
  });
});

describe('a key that cannot be written', () => {
  const deep = `${'['.repeat(9000)}${']'.repeat(9000)}`;

  it('leaves all else whole, after a mutation too', async () => {
    const given = `{"data":{"go":1,"make":{"__typename":"Thing","id":${deep}}}}`;
    const { status, data, paths } = await ask('mutation { go make { price } }', given);
    expect([status, data, paths]).toEqual([200, { go: 1, make: { price: null } }, ['make.price']]);
    expect(texts.sent.map(({ name }) => name)).toEqual(['a']);
  });

  it('keeps nobody else from being asked about', async () => {
    const bad = `{"__typename":"Thing","id":${deep}}`;
    const { data, paths } = await ask(
      '{ things { price } }',
      `{"data":{"things":[${bad},{"__typename":"Thing","id":"1"}]}}`,
    );
    expect([data, paths]).toEqual([{ things: [{ price: null }, { price: 5 }] }, ['things.0.price']]);
  });
});

describe('what a contract hides', () => {
  it('is null, and neither an error nor a line at level error', async () => {
    const { data, errors, problems } = await ask(
      '{ color colors any { ... on Thing { name } } }',
      '{"data":{"color":"BLUE","colors":["RED","BLUE"],"any":[{"__typename":"Ghost"},{"__typename":"Thing","name":"x"}]}}',
    );
    expect(data).toEqual({ color: null, colors: null, any: [null, { name: 'x' }] });
    expect([errors, problems]).toEqual([[], []]);
  });

  it('is an error where there is nothing but null, since an answer without data has one', async () => {
    const { data, paths } = await ask('{ sure }', '{"data":{"sure":"BLUE"}}');
    expect([data, paths]).toEqual([null, ['sure']]);
  });

  it('is no excuse for what nobody knows', async () => {
    const { data, paths, problems } = await ask(
      '{ color colors }',
      '{"data":{"color":"GREEN","colors":["RED"]}}',
    );
    expect([data, paths]).toEqual([{ color: null, colors: ['RED'] }, ['color']]);
    expect(problems).toHaveLength(1);
  });
});
