import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import { describe, expect, it } from '@jest/globals';
import { requestOf } from '../../../gateway/plan/fetchDocument.ts';
import { schedulePlan } from '../../../gateway/plan/scheduleCalls.ts';

const fetchOf = (serviceName: string, operation = '{a}', more: Partial<FetchNode> = {}): FetchNode =>
  ({
    kind: 'Fetch',
    serviceName,
    operation,
    operationName: undefined,
    operationKind: 'query',
    ...more,
  }) as FetchNode;

const at = (path: string, serviceName: string): PlanNode => ({
  kind: 'Flatten',
  path: path.split('.'),
  node: fetchOf(
    serviceName,
    'query($representations:[_Any!]!){_entities(representations:$representations){...on A{b}}}',
    {
      requires: [{ kind: 'InlineFragment', typeCondition: 'A', selections: [] }],
    },
  ),
});

const sequence = (...nodes: PlanNode[]): PlanNode => ({ kind: 'Sequence', nodes });
const parallel = (...nodes: PlanNode[]): PlanNode => ({ kind: 'Parallel', nodes });
const plan = (node: PlanNode): QueryPlan => ({ kind: 'QueryPlan', node });

/** Each call as "subgraph: paths, after which calls". */
const told = (node: PlanNode) =>
  schedulePlan(plan(node)).map(
    ({ subgraph, steps, after }) =>
      `${subgraph}: ${steps.map(({ path }) => path.join('.') || '/').join(' ')}${after.length > 0 ? ` after ${after}` : ''}`,
  );

describe('the schedule of a plan', () => {
  it('asks a subgraph once for what can be asked at the same time', () => {
    expect(told(sequence(fetchOf('a'), parallel(at('x', 'b'), at('y', 'b'), at('z', 'c'))))).toEqual([
      'a: /',
      'b: x y after 0',
      'c: z after 0',
    ]);
  });

  it('lets a fetch go with a later call to its subgraph when the answer takes no more waves for it', () => {
    const node = sequence(fetchOf('a'), parallel(at('x', 'b'), sequence(at('y', 'c'), at('y.z', 'b'))));
    expect(told(node)).toEqual(['a: /', 'b: x y.z after 0,2', 'c: y after 0']);
  });

  it('asks once what is asked in the same way of objects of different types, and what comes after it too', () => {
    const branch = (type: string) => sequence(at(`x|[${type}].y`, 'b'), at(`x|[${type}].y.z`, 'c'));
    const node = sequence(fetchOf('a'), parallel(branch('A'), branch('B'), at('x|[C].y', 'c')));
    expect(told(node)).toEqual(['a: /', 'b: x|[A,B].y after 0', 'c: x|[A,B].y.z x|[C].y after 1,0']);
  });

  it('asks of all types what is asked of some of them and of all', () => {
    const node = sequence(
      fetchOf('a'),
      parallel(at('x|[A].y', 'b'), at('x.y', 'b'), at('x|[A].u|[B].z', 'b')),
    );
    expect(told(node)).toEqual(['a: /', 'b: x.y x|[A].u|[B].z after 0']);
  });

  it('does not make a fetch wait that others wait for', () => {
    const node = sequence(
      fetchOf('a'),
      parallel(sequence(at('x', 'b'), at('x.u', 'd')), sequence(at('y', 'c'), at('y.z', 'b'))),
    );
    expect(told(node)).toEqual(['a: /', 'b: x after 0', 'd: x.u after 1', 'c: y after 0', 'b: y.z after 3']);
  });

  it('keeps mutations one after the other', () => {
    const node = sequence(
      fetchOf('a', 'mutation{a}', { operationKind: 'mutation' as FetchNode['operationKind'] }),
      fetchOf('b', 'mutation{b}', { operationKind: 'mutation' as FetchNode['operationKind'] }),
      fetchOf('a', 'mutation{c}', { operationKind: 'mutation' as FetchNode['operationKind'] }),
    );
    expect(told(node)).toEqual(['a: /', 'b: / after 0', 'a: / after 1']);
  });

  it('keeps what is under a condition under it, and joins only what has the same conditions', () => {
    const node = sequence(
      fetchOf('a'),
      parallel(at('x', 'b'), {
        kind: 'Condition',
        condition: 'v0',
        ifClause: at('y', 'b'),
        elseClause: at('z', 'b'),
      }),
    );
    expect(schedulePlan(plan(node)).map(({ conditions }) => conditions)).toEqual([
      [],
      [],
      [{ variable: 'v0', is: true }],
      [{ variable: 'v0', is: false }],
    ]);
  });

  it('refuses a plan with @defer', () => {
    const node = { kind: 'Defer', primary: { node: at('x', 'a') }, deferred: [] };
    expect(() => schedulePlan({ kind: 'QueryPlan', node } as never)).toThrow(
      'Expected a plan without @defer',
    );
  });

  it('has at most thirty fetches in a call', () => {
    const calls = schedulePlan(plan(parallel(...Array.from({ length: 70 }, (_, n) => at(`x${n}`, 'b')))));
    expect(calls.map(({ steps }) => steps.length)).toEqual([30, 30, 10]);
  });

  it('refuses a subscription', () => {
    const subscription = { kind: 'Subscription' as const, primary: fetchOf('a') };
    expect(() => schedulePlan({ kind: 'QueryPlan', node: subscription })).toThrow(
      'Expected a query or a mutation',
    );
  });
});

describe('the text of a request', () => {
  const entities = fetchOf(
    'b',
    'query Page($representations:[_Any!]!$v0:Int){_entities(representations:$representations){...on A{b(c:$v0)}}}',
    { requires: [], variableUsages: ['v0'], operationName: 'Page' },
  );

  it('is the planner’s own where a fetch goes alone', () => {
    const { query, variables, opening } = requestOf([{ fetch: entities }]);
    expect(query).toBe(entities.operation);
    expect(variables).toEqual(['v0']);
    expect(opening).toBe(`{"query":${JSON.stringify(query)},"operationName":"Page","variables":{`);
  });

  it('has names apart for fetches that go together, and the client’s variables once', () => {
    const root = fetchOf('b', 'query Page($v0:Int){a(first:$v0)}', {
      variableUsages: ['v0'],
      operationName: 'Page',
    });
    const part = (n: number) => ({
      fetch: entities,
      alias: `_r${n}`,
      renamed: new Map([['representations', `_r${n}`]]),
    });
    const { query, variables } = requestOf([{ fetch: root }, part(0), part(1)]);
    expect(query).toBe(
      'query Page($v0:Int$_r0:[_Any!]!$_r1:[_Any!]!){a(first:$v0)' +
        '_r0:_entities(representations:$_r0){...on A{b(c:$v0)}}_r1:_entities(representations:$_r1){...on A{b(c:$v0)}}}',
    );
    expect(variables).toEqual(['v0']);
  });
});
