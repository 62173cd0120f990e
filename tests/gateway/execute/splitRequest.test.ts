/** Requests that were put together of several fetches, and fail as a whole. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { makeGateway, type TestGateway } from '../../support/gateway.ts';
import { type Answer, serveTexts, type TextSubgraphs } from '../../support/textSubgraphs.ts';

let texts: TextSubgraphs | undefined;
let gateway: TestGateway | undefined;
afterEach(async () => {
  await gateway?.stop();
  await texts?.close();
});

const types = {
  a: 'type Query { one: Thing two: Thing things: [Thing] } type Mutation { make: Thing } type Thing @key(fields: "id") { id: ID! }',
  b: 'type Query { best: Int } type Mutation { sell: Int buy: Int } type Thing @key(fields: "id") { id: ID! price: Int stock: Int sure: Int! }',
};

const thing = (id: string) => `{"__typename":"Thing","id":"${id}"}`;
const things = `{"data":{"one":${thing('1')},"two":${thing('2')},"three":${thing('1')},"four":${thing('2')},"five":${thing('1')},"make":${thing('1')},"things":[${thing('1')},${thing('2')}]}}`;

interface Asked {
  query: string;
  variables: Record<string, { id: string }[]>;
}

/** Starts a gateway whose subgraph `b` answers so; `ofB` has what `b` was asked. */
async function start(b: (asked: Asked, body: string) => ReturnType<Answer>) {
  const served = await serveTexts(types, ({ name, body }) =>
    name === 'a' ? things : b(JSON.parse(body) as Asked, body),
  );
  texts = served;
  const server = await makeGateway({
    supergraphSdl: served.supergraphSdl,
    callSubgraph: () => undefined,
  });
  gateway = server;
  const ofB = () =>
    served.sent.filter(({ name }) => name === 'b').map(({ body }) => JSON.parse(body) as Asked);
  const ask = async (query: string) => {
    const { body } = await server.ask(query);
    const errors = (body.errors ?? []) as { path?: (string | number)[] }[];
    return { data: body.data, paths: errors.map(({ path }) => path?.join('.')) };
  };
  return { ask, ofB, logged: server.logged };
}

/** Each entity with 7 for whatever is asked; the one with the id 1 takes the whole answer with it. */
const answerOrFail = ({ query, variables }: Asked): string => {
  const bad = Object.entries(variables).find(([, list]) => list.some(({ id }) => id === '1'));
  const alias = (name: string) => (name === 'representations' ? '_entities' : name);
  if (bad) {
    const at = bad[1].findIndex(({ id }) => id === '1');
    return JSON.stringify({ data: null, errors: [{ message: 'no', path: [alias(bad[0]), at, 'price'] }] });
  }
  const entity = { price: 7, stock: 7, sure: 7 };
  const lists = Object.entries(variables).map(([name, list]) => [alias(name), list.map(() => entity)]);
  return JSON.stringify({
    data: { ...Object.fromEntries(lists), ...(query.includes('best') && { best: 3 }) },
  });
};

describe('a request of several fetches that fails as a whole', () => {
  it('is asked again in its parts, so that the others have their values', async () => {
    const { ask, ofB } = await start(answerOrFail);
    expect(await ask('{ one { price } two { stock } best }')).toEqual({
      data: { one: { price: null }, two: { stock: 7 }, best: 3 },
      paths: ['one.price'],
    });
    // `best` goes with the others or by itself, as the rounds have it; each part once more, and no part twice.
    const asked = ofB().map(({ query }) => query);
    expect(asked.filter((query) => query.includes('price'))).toHaveLength(2);
    expect(asked.filter((query) => query.includes('stock'))).toHaveLength(2);
  });

  it('is taken apart by the places of its entities too, where these were asked for together', async () => {
    const { ask, ofB } = await start(answerOrFail);
    expect(await ask('{ one { price } two { price } }')).toEqual({
      data: { one: { price: null }, two: { price: 7 } },
      paths: ['one.price'],
    });
    expect(ofB()).toHaveLength(3);
  });

  it('is not asked again where it has one part: each null of it has an error', async () => {
    const { ask, ofB } = await start(answerOrFail);
    const { data, paths } = await ask('{ things { price stock } }');
    expect(data).toEqual({
      things: [
        { price: null, stock: null },
        { price: null, stock: null },
      ],
    });
    expect([...paths].sort()).toEqual([
      'things.0.price',
      'things.0.stock',
      'things.1.price',
      'things.1.stock',
    ]);
    expect(ofB()).toHaveLength(1);
  });

  it.each([
    ['that it is down', (response: Response) => response.writeHead(503).end(), 1],
    ['that who asks may not', '{"errors":[{"message":"no","extensions":{"code":"FORBIDDEN"}}]}', 1],
    ['that there is too much', '{"errors":[{"message":"no","extensions":{"code":"RATE_LIMITED"}}]}', 1],
    ['that it broke', (response: Response) => response.writeHead(500).end('broken'), 3],
    ['what is no JSON', '{"data":', 3],
    ['null without a reason', '{"data":null}', 3],
    ['errors alone', '{"errors":[{"message":"no"}]}', 3],
  ])('says %s: asked again where that may help', async (_, answer, calls) => {
    const { ask, ofB } = await start(() => answer as ReturnType<Answer>);
    const { data, paths } = await ask('{ one { price } two { stock } }');
    expect(data).toEqual({ one: { price: null }, two: { stock: null } });
    expect(paths).toEqual(['one.price', 'two.stock']);
    expect(ofB()).toHaveLength(calls);
  });

  it.each([
    ['breaks', (response: Response) => response.writeHead(500).end('broken')],
    ['answers null', '{"data":null}'],
  ])(
    'is asked again for two of its parts alone where the subgraph %s whatever it is asked',
    async (_, answer) => {
      const { ask, ofB } = await start(() => answer as ReturnType<Answer>);
      const { data, paths } = await ask(
        '{ one { price } two { stock } three: one { stock } four: two { sure } five: one { price stock } }',
      );
      expect(data).toEqual({
        ...{ one: { price: null }, two: { stock: null }, three: { stock: null }, four: null },
        five: { price: null, stock: null },
      });
      expect([...paths].sort()).toEqual([
        'five.price',
        'five.stock',
        'four.sure',
        'one.price',
        'three.stock',
        'two.stock',
      ]);
      expect(ofB()).toHaveLength(3);
    },
  );

  it('fails by its parts where one of them is malformed', async () => {
    const { ask, ofB, logged } = await start(({ variables }) => {
      const [first = '', second = ''] = Object.keys(variables);
      return JSON.stringify({ data: { [first]: 'none', [second]: [{ stock: 7, price: 7 }] } });
    });
    const { data, paths } = await ask('{ one { price } two { stock } }');
    expect(Object.values(data).map((one) => Object.values(one as object)[0])).toEqual(
      expect.arrayContaining([null, 7]),
    );
    expect(paths).toHaveLength(1);
    expect(ofB()).toHaveLength(1);
    expect(logged.filter((line) => line.includes('"kind":"malformed"'))).toHaveLength(1);
  });

  it('is never asked again where it changes something', async () => {
    const { ask, ofB } = await start(({ query }) =>
      query.startsWith('mutation')
        ? '{"data":null,"errors":[{"message":"no","path":["sell"]}]}'
        : '{"data":{}}',
    );
    const { data, paths } = await ask('mutation { sell buy }');
    expect(data).toEqual({ sell: null, buy: null });
    expect(paths).toEqual(['sell', 'buy']);
    expect(ofB()).toHaveLength(1);
  });
});

type Response = Parameters<Exclude<ReturnType<Answer>, string>>[0];
