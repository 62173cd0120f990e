import { describe, expect, it } from '@jest/globals';
import { buildSchema, GraphQLError, type OperationDefinitionNode, parse } from 'graphql';
import { pino } from 'pino';
import { openScales } from '../../gateway/demand/enforceCost.ts';
import type { Graph, GraphResult } from '../../gateway/execute/graph.ts';
import { openGraphs } from '../../gateway/execute/graphLease.ts';
import { openKnownOperations } from '../../gateway/operation/knownOperations.ts';
import { nothingStored } from '../../gateway/operation/storedOperations.ts';
import {
  errorIdOf,
  type OperationRequest,
  type OperationStep,
  openPipeline,
  operationSteps,
  type StepOptions,
} from '../../gateway/operationSteps.ts';
import { readSettings } from '../../gateway/settings.ts';
import { isStream, type Results, singleResult } from '../../gateway/wire/results.ts';
import { SubgraphFailure } from '../../gateway/wire/subgraphCall.ts';
import { openWires } from '../../gateway/wire/subgraphConnections.ts';
import { makeGateway } from '../support/gateway.ts';

const meta: GraphResult['meta'] = {
  dependsOn: { reader: false, identity: undefined, headers: new Map() },
  calls: [],
};
const resultOf = (text: string, errors: GraphQLError[] = []): GraphResult => ({ text, errors, meta });

/** A graph that answers with `results`, and how often it was executed and closed. */
async function pipelineOn(results: () => Results<GraphResult>, steps?: readonly OperationStep[]) {
  const counts = { executed: 0, closed: 0 };
  const schema = buildSchema('type Query { a: Int }');
  const graphs = await openGraphs('one', async (supergraphSdl) => ({
    ...({} as Graph),
    supergraphSdl,
    apiSchema: supergraphSdl === 'one' ? schema : buildSchema('type Query { a: Int b: Int }'),
    fullSchema: schema,
    known: () => [],
    execute: async () => {
      counts.executed++;
      return results();
    },
    close: async () => void counts.closed++,
  }));
  const settings = readSettings({});
  const pipeline = openPipeline(
    {
      ...{ graphs, settings, stored: nothingStored, forwardsIdentity: false },
      scales: openScales(() => schema, settings),
      known: openKnownOperations(1_000_000),
    },
    steps,
  );
  const lines: string[] = [];
  const log = pino({ base: null }, { write: (line: string) => void lines.push(line) });
  const document = parse('{ a }');
  const request: OperationRequest = {
    ...{ schema, document, operationName: undefined, variables: undefined },
    operation: document.definitions[0] as OperationDefinitionNode,
    context: { requestId: '1', headers: {}, signal: new AbortController().signal, log, note: {} },
  };
  return { graphs, pipeline, request, counts, lines };
}

describe('the steps of an operation', () => {
  it('may answer in place of the graph', async () => {
    const cached: OperationStep = {
      name: 'cache',
      create: () => async () => resultOf('{"a":2}'),
    };
    const steps = operationSteps.flatMap((step) => (step.name === 'execute' ? [cached, step] : [step]));
    const { pipeline, request, counts } = await pipelineOn(() => resultOf('{"a":1}'), steps);
    expect(singleResult(await pipeline.execute(request)).text).toBe('{"a":2}');
    expect(counts.executed).toBe(0);
  });

  it('see the meta of a result on its way back', async () => {
    const seen: unknown[] = [];
    const observe: OperationStep = {
      name: 'observe',
      create: () => async (request, next) => {
        const results = await next(request);
        seen.push(singleResult(results).meta);
        return results;
      },
    };
    const { pipeline, request } = await pipelineOn(() => resultOf('{"a":1}'), [observe, ...operationSteps]);
    await pipeline.execute(request);
    expect(seen).toEqual([meta]);
  });

  it('charge each operation of a request, as an endpoint executes several', async () => {
    const spent: number[] = [];
    const spend = async (cost: number) => void spent.push(cost);
    const { pipeline, request } = await pipelineOn(() => resultOf('{"a":1}'));
    const context = { ...request.context, account: { name: 'ada', mayExplore: false, spend } };
    await pipeline.execute({ ...request, context });
    await pipeline.execute({ ...request, context });
    expect(spent).toEqual([1, 1]);
  });

  it('charge an operation once that continues at Apollo Server', async () => {
    const spent: number[] = [];
    const spend = async (cost: number) => void spent.push(cost);
    const { pipeline, request } = await pipelineOn(() => resultOf('{"a":1}'));
    const context = { ...request.context, account: { name: 'ada', mayExplore: false, spend } };
    await pipeline.execute({ ...request, context, mayContinue: true });
    await pipeline.execute({ ...request, context });
    expect(spent).toEqual([1]);
  });

  it('are left out where the settings make them unnecessary', () => {
    const step = operationSteps.find(({ name }) => name === 'requireStoredOperation');
    const created = (environment: Record<string, string>) =>
      step?.create({ settings: readSettings(environment), stored: nothingStored } as StepOptions);
    expect(created({})).toBeUndefined();
    expect(created({ FREE_FORM_OPERATIONS: 'nobody' })).toBeDefined();
  });

  it('report an error outside the register once, under one reference', async () => {
    const fault = new GraphQLError('secret');
    const { pipeline, request, lines } = await pipelineOn(() => resultOf('{"a":null}', [fault]));
    const [error] = singleResult(await pipeline.execute(request)).errors;
    pipeline.report([error as GraphQLError], request.context);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(errorIdOf(error));
  });
});

describe('a stream of results', () => {
  async function* stream(ended: string[]) {
    try {
      yield resultOf('{"a":1}');
      yield resultOf('{"a":2}', [new GraphQLError('secret')]);
    } finally {
      ended.push('ended');
    }
  }

  it('passes the steps result by result, and holds its graph until it ends', async () => {
    const { graphs, pipeline, request, counts, lines } = await pipelineOn(() => stream([]));
    const results = await pipeline.execute(request);
    if (!isStream(results)) throw new Error('Expected a stream.');
    const texts: unknown[] = [];
    for await (const { text } of results) {
      texts.push(text);
      if (texts.length === 1) await graphs.replace('two');
      if (texts.length === 1) expect(counts.closed).toBe(0);
    }
    expect(texts).toEqual(['{"a":1}', '{"a":2}']);
    expect(lines).toHaveLength(1);
    expect(counts.closed).toBe(1);
    await graphs.close();
  });

  it('gives its graph back when the caller leaves before the end', async () => {
    const ended: string[] = [];
    const { graphs, pipeline, request, counts } = await pipelineOn(() => stream(ended));
    const results = await pipeline.execute(request);
    if (!isStream(results)) throw new Error('Expected a stream.');
    for await (const _ of results) break;
    expect(ended).toEqual(['ended']);
    await graphs.replace('two');
    expect(counts.closed).toBe(1);
    await graphs.close();
  });

  it('is refused, and ended, by a caller that takes one result', async () => {
    const ended: string[] = [];
    const { graphs, pipeline, request, counts } = await pipelineOn(() => stream(ended));
    const results = await pipeline.execute(request);
    expect(() => singleResult(results)).toThrow('Expected a single result, but got: a stream of results.');
    await graphs.replace('two');
    expect(counts.closed).toBe(1);
    await graphs.close();
  });

  it('from a subgraph where one response is expected is an error at its place', async () => {
    const gateway = await makeGateway({
      callSubgraph: () => async () =>
        (async function* () {
          yield { data: {} };
        })(),
    });
    const { body } = await gateway.ask('{ stories { title } }');
    expect(body.data).toBeNull();
    expect(body.errors).toMatchObject([{ path: ['stories'], extensions: { code: 'SUBGRAPH_FAILED' } }]);
    await gateway.stop();
  });
});

describe('the layers around the calls of a subgraph', () => {
  const call = async () => {
    throw new SubgraphFailure('unreachable', 'Nobody is there.');
  };

  it('know its name and URL, and live as long as its connections', async () => {
    const wrapped: unknown[] = [];
    const wires = openWires({
      ...{ maxAnswerBytes: 1000, callSubgraph: () => call },
      layers: [
        (inner, subgraph) => {
          wrapped.push(subgraph);
          return inner;
        },
      ],
    });
    const first = wires.take('one', 'http://one');
    // Another supergraph, while the first is in use.
    const second = wires.take('one', 'http://one');
    expect(second.call).toBe(first.call);
    await first.giveBack();
    await second.giveBack();
    wires.take('one', 'http://one');
    wires.take('one', 'http://elsewhere');
    expect(wrapped).toEqual([
      { name: 'one', url: 'http://one' },
      { name: 'one', url: 'http://one' },
      { name: 'one', url: 'http://elsewhere' },
    ]);
  });
});
