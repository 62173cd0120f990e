import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OperationDefinitionNode, parse } from 'graphql';
import { measureOf } from '../../../gateway/operation/documentSize.ts';
import { limits } from '../../../gateway/operationLimits.ts';
import { makeGateway, type TestGateway } from '../../support/gateway.ts';

const measured = (text: string) => {
  const document = parse(text);
  return measureOf(document.definitions[0] as OperationDefinitionNode, document);
};

describe('the size of an operation', () => {
  it('is counted with its fragments spread out', () => {
    expect(measured('{ a { b x: c ... { d { e } } } }')).toEqual({ depth: 3, aliases: 1, rootFields: 1 });
    expect(
      measured('{ ...F ...F y: a } fragment F on Q { a { ...G } } fragment G on Q { b { x: c z: d } }'),
    ).toEqual({ depth: 3, aliases: 5, rootFields: 3 });
  });

  it('takes a step for each fragment where they double', () => {
    const fragments = Array.from(
      { length: 60 },
      (_, at) => `fragment F${at} on Q { x: a { ...F${at + 1} } y: a { ...F${at + 1} } }`,
    );
    const { depth, aliases } = measured(`{ ...F0 } ${fragments.join(' ')} fragment F60 on Q { z: b }`);
    expect(depth).toBe(61);
    expect(aliases).toBeGreaterThan(2 ** 60);
  });
});

/** A part of the tiny graph, with list sizes and weights under names of its own. */
const weighed = (() => {
  const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@listSize", { name: "@cost", as: "@weighs" }])`;
  const typeDefs = parse(`${link}
    type Query { story(id: ID!): Story stories(first: Int = 2): [Story!]! @listSize(slicingArguments: ["first"]) always: String! }
    type Story @key(fields: "id") { id: ID! title: String! next: Story @weighs(weight: 4) }`);
  const { supergraphSdl, errors } = composeServices([
    { name: 'stories', typeDefs, url: 'http://stories.test' },
  ]);
  expect(errors).toBeUndefined();
  return supergraphSdl as string;
})();

describe('the limits of a gateway', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await makeGateway({
      supergraphSdl: weighed,
      env: { MAX_DEPTH: '4', MAX_ALIASES: '3', MAX_ROOT_FIELDS: '5', MAX_COST: '50', LIST_SIZE: '7' },
    });
  });
  afterAll(() => gateway.stop());

  const refusals = [
    [
      'depth',
      '{ story(id: "1") { next { next { next { id } } } } }',
      '4 levels of nested fields, fragments expanded, but got: 5.',
    ],
    [
      'aliases',
      '{ story(id: "1") { a: id b: id c: id d: id } }',
      '3 aliases, fragments expanded, but got: 4.',
    ],
    [
      'root fields',
      '{ always ...A ...A ...A } fragment A on Query { __typename always }',
      '5 root fields, but got: 7.',
    ],
    ['cost', '{ stories(first: 51) { title } }', 'a cost of 50, but got: 51.51.'],
  ];

  it.each(refusals)('refuse more of %s in the same form, new operation or known', async (_, query, told) => {
    for (const _time of [1, 2]) {
      const { status, body } = await gateway.ask(query as string);
      expect([status, body]).toEqual([
        400,
        {
          errors: [
            {
              message: `Expected the operation to have at most ${told}`,
              extensions: { code: 'OPERATION_TOO_LARGE' },
            },
          ],
        },
      ]);
    }
  });

  it('look at the variables of each request', async () => {
    const query = 'query Some($n: Int) { stories(first: $n) { title } }';
    const costs = [];
    for (const n of [2, 49, 50, 2]) costs.push((await gateway.ask(query, { n })).body.errors?.[0].message);
    const refused = 'Expected the operation to have at most a cost of 50, but got: 50.5.';
    expect(costs).toEqual([undefined, undefined, refused, undefined]);
  });
});

describe('slicing arguments that are required', () => {
  const started: TestGateway[] = [];
  afterAll(() => Promise.all(started.map((one) => one.stop())));
  const typeDefs = parse(`
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@listSize"])
    type Query { items(first: Int, last: Int): [Int] @listSize(slicingArguments: ["first", "last"]) }`);
  const open = async (env: Record<string, string>) => {
    const { supergraphSdl } = composeServices([{ name: 'one', typeDefs, url: 'http://one.test' }]);
    const calls = { one: async () => ({ data: { items: [1] } }) };
    const gateway = await makeGateway({ supergraphSdl: supergraphSdl as string, calls, env });
    started.push(gateway);
    return gateway;
  };

  it('are where the setting says so', async () => {
    const strict = await open({ REQUIRE_SLICING_ARGUMENTS: 'true' });
    expect((await strict.ask('{ items(first: 1) }')).body).toEqual({ data: { items: [1] } });
    const { status, body } = await strict.ask('{ items }');
    expect([status, body.errors[0]]).toEqual([
      400,
      {
        message:
          'Expected "Query.items" to have exactly one of the arguments "first", "last", but got: none.',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  it('are not otherwise', async () => {
    expect((await (await open({})).ask('{ items }')).body).toEqual({ data: { items: [1] } });
  });
});

describe('the cost of an operation', () => {
  let gateway: TestGateway;
  const started: TestGateway[] = [];
  beforeAll(async () => {
    gateway = await makeGateway({ supergraphSdl: weighed });
    started.push(gateway);
  });
  afterAll(() => Promise.all(started.map((one) => one.stop())));

  const send = async (headers: Record<string, string>, payload: object, { app } = gateway) =>
    (await app.inject({ method: 'POST', url: '/graphql', headers, payload })).json();
  const query = 'query Some($n: Int) { stories(first: $n) { title next { title } } }';
  const report = { 'graphql-cost': 'report' };

  it('is told to a developer who asks, with what the answer did cost', async () => {
    for (const _time of [1, 2]) {
      const { data, extensions } = await send(report, { query, variables: { n: 9 } });
      expect(data.stories).toHaveLength(3);
      expect(extensions).toEqual({ cost: { estimated: 45.18, actual: 15.06, limit: 20_000 } });
    }
    expect(await send({}, { query, variables: { n: 9 } })).not.toHaveProperty('extensions');
  });

  it('is told where the answer fails', async () => {
    const failed = await send(report, { query: '{ stories(first: 101) { id } }' });
    expect(failed.errors).toHaveLength(1);
    expect(failed.extensions.cost).toEqual({ estimated: 102.01, actual: null, limit: 20_000 });
    const refused = await send(report, { query: '{ nobody }' });
    expect(refused).not.toHaveProperty('extensions');
  });

  it('is told to nobody in production', async () => {
    const closed = await makeGateway({ env: { NODE_ENV: 'production', FREE_FORM_OPERATIONS: 'everyone' } });
    started.push(closed);
    expect(await send(report, { query, variables: { n: 1 } }, closed)).not.toHaveProperty('extensions');
  });
});

describe('docs/demand.md', () => {
  it('has each limit with its setting and what it is unless set', () => {
    const rows = readFileSync('docs/demand.md', 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [, setting, preset] = /^\| `(MAX_[A-Z_]+)` \| ([\d,]+) \|/.exec(line) ?? [];
        return setting && preset ? [[setting, Number(preset.replaceAll(',', ''))]] : [];
      });
    expect(rows).toEqual(Object.values(limits).map(({ setting, preset }) => [setting, preset]));
  });
});
