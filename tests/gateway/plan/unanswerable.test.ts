/** What no subgraph can be asked for is refused in words, and nothing of it is run. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { openPlanner, type Planner } from '../../../gateway/plan/planner.ts';
import { openPlannerHere } from '../../../gateway/plan/plannerThread.ts';
import { makeSchemas } from '../../support/federation/schemas.ts';

const subgraphs = {
  lists: `
    type Query { entry: Entry thing: Thing pair: [Entry] }
    type Mutation { put: Entry! plain: Int }
    interface Entry @key(fields: "id") { id: ID! }
    type Thing @key(fields: "id", resolvable: false) { id: ID! }
  `,
  things: `
    type Query { other: Entry }
    type Thing @key(fields: "id", resolvable: false) { id: ID! }
    type Entry @interfaceObject @key(fields: "id") { id: ID! text: String }
  `,
};

let planner: Planner | undefined;
afterEach(() => planner?.close());

const open = async () => {
  const { supergraphSdl } = makeSchemas({ name: 'unanswerable', subgraphs, operations: [] });
  planner = await openPlanner(supergraphSdl, { open: openPlannerHere });
  return planner;
};

describe('an operation with a field that no subgraph can answer', () => {
  it.each([
    ['alone', '{ entry { text } }', '"entry"'],
    ['beside others', '{ other { text } entry { text } }', '"entry"'],
    ['in a fragment, under an alias', '{ ...f } fragment f on Query { x: pair { text } }', '"pair"'],
  ])('is refused: %s', async (_, query, got) => {
    const { plan } = await open();
    const error = await plan(query).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(GraphQLError);
    expect(error).toMatchObject({
      message: `Expected fields that a subgraph can resolve, but got: ${got}.`,
      extensions: { code: 'OPERATION_UNANSWERABLE', http: { status: 400 } },
    });
  });

  it('is refused where an entity has no key that can be resolved', async () => {
    const { supergraphSdl } = makeSchemas({
      name: 'no way',
      subgraphs: {
        one: 'type Query { item: Item } type Mutation { put: Item } type Item @key(fields: "id") { id: ID! }',
        two: 'type Item @key(fields: "id") { id: ID! price: Int }',
      },
      operations: [],
    });
    const sdl = supergraphSdl.replace(
      '(graph: TWO, key: "id")',
      '(graph: TWO, key: "id", resolvable: false)',
    );
    planner = await openPlanner(sdl, { open: openPlannerHere });
    const codes = ['{ item { price } }', '{ item { x: price } }', 'mutation { put { price } }'].map((query) =>
      planner?.plan(query).catch(({ message, extensions }: GraphQLError) => [extensions.code, message]),
    );
    const of = (got: string) => [
      'OPERATION_UNANSWERABLE',
      `Expected fields that a subgraph can resolve, but got: ${got}.`,
    ];
    expect(await Promise.all(codes)).toEqual([of('"price"'), of('"price"'), of('a field of a mutation')]);
  });

  it.each([
    ['what can be answered', '{ other { text } }'],
    ['nothing but the name of the root', '{ __typename }'],
    [
      'a field under conditions that never hold together',
      'query($a:Boolean!) { __typename other @include(if: $a) @skip(if: $a) { text } }',
    ],
  ])('is not: %s', async (_, query) => {
    const { plan } = await open();
    expect(await plan(query)).toMatchObject({ kind: 'QueryPlan' });
  });
});
