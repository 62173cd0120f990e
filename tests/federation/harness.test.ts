/** What the three ways are held against each other with finds what it should: a check that finds nothing proves nothing. */

import { describe, expect, it } from '@jest/globals';
import { singleResult } from '../../gateway/wire/results.ts';
import { checkOperation } from '../support/federation/check.ts';
import { openCase } from '../support/federation/open.ts';
import { outcomeOf, textOf } from '../support/federation/outcome.ts';
import { makeSchemas } from '../support/federation/schemas.ts';
import { makeCalls } from '../support/federation/subgraph.ts';
import { simpleKeys } from './keys/simple.ts';

const { subgraphs, ownedBy } = makeSchemas(simpleKeys);
const headers = {};

describe('the harness', () => {
  it('tells the order of keys, and errors at other places', () => {
    const text = (data: unknown, ...paths: string[][]) =>
      textOf(outcomeOf({ data, errors: paths.map((path) => ({ path })) }));
    expect(text({ a: 1, b: 2 })).toBe(text({ a: 1, b: 2 }));
    expect(text({ a: 1, b: 2 })).not.toBe(text({ b: 2, a: 1 }));
    expect(text({ a: null }, ['a'])).not.toBe(text({ a: null }));
    expect(text({ a: null }, ['a'])).not.toBe(text({ a: null }, ['a', 'b']));
    expect(text({ a: null }, ['b'], ['a'])).toBe(text({ a: null }, ['a'], ['b'], ['a']));
  });

  it('finds texts that are not valid, variables that are not declared, and parsed texts and bodies that say else', async () => {
    const calls = makeCalls(subgraphs);
    const call = calls.callOf('products');
    const good = '{ products { name } }';
    await call({ query: good, headers });
    expect(calls.take().problems).toEqual([]);
    await call({ query: '{ products { reviews { id } } }', headers });
    expect(calls.take().problems).toHaveLength(1);
    await call({ query: good, variables: { a: 1 }, headers });
    expect(calls.take().problems).toHaveLength(1);
    await call({ query: good, body: '{"query":"{ products { id } }"}', headers });
    expect(calls.take().problems).toHaveLength(1);
  });

  it('knows which fields fail with a subgraph: those that no other has', () => {
    expect([...ownedBy(['reviews'])].sort()).toEqual([
      'Product.reviews',
      'Query.reviews',
      'Review.id',
      'Review.product',
      'Review.stars',
    ]);
  });

  it('gives a subgraph nothing that is external there but what it is sent', async () => {
    const schemas = makeSchemas({
      name: 'external',
      subgraphs: {
        one: 'type Query { item: Item } type Item @key(fields: "id") { id: ID! size: Int }',
        two: 'type Item @key(fields: "id") { id: ID! size: Int @external area: Int @requires(fields: "size") }',
      },
      entities: { Item: [{ id: 'i1', size: 3 }] },
      resolvers: { Item: { area: ({ size }) => size } },
      operations: [],
    });
    const call = makeCalls(schemas.subgraphs).callOf('two');
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Item { area } } }';
    const areaOf = async (more: object) => {
      const { data } = singleResult(
        await call({
          query,
          variables: { r: [{ __typename: 'Item', id: 'i1', ...more }] },
          headers,
        }),
      );
      return data;
    };
    expect(await areaOf({ size: 9 })).toEqual({ _entities: [{ area: 9 }] });
    expect(await areaOf({})).toEqual({ _entities: [{ area: null }] });
  });

  it('says of a case, of the stock gateway and of ours what is wrong with each', async () => {
    const open = openCase(simpleKeys);
    const query = '{ products { name } }';
    const check = (more: object) => checkOperation(simpleKeys, { name: 'x', query, ...more }, open);
    const none = { ofCase: [], ofStock: [], ofOurs: [] };
    expect(await check({})).toEqual(none);
    expect((await check({ answer: {} })).ofCase).toHaveLength(1);
    expect((await check({ errors: ['products'] })).ofCase).toHaveLength(1);
    expect((await check({ stockIsWrong: 'it is not' })).ofStock).toHaveLength(1);
    expect((await check({ calls: { products: 2 } })).ofOurs).toHaveLength(1);
    expect((await check({ representations: { products: 1 } })).ofOurs).toHaveLength(1);
    const down = { products: () => ({ data: { products: [{ name: 'Other' }] } }) };
    const changed = await check({ down, failing: [] });
    expect([changed.ofCase.length, changed.ofStock.length, changed.ofOurs.length]).toEqual([0, 1, 1]);
    await open.stop();
  });
});
