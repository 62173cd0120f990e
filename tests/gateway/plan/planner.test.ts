import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { GraphQLError, parse } from 'graphql';
import type { PlanResult } from '../../../gateway/plan/makePlan.ts';
import { openPlanner, type Planner, type PlannerOptions } from '../../../gateway/plan/planner.ts';
import {
  openPlannerHere,
  openPlannerInThread,
  type PlannerThread,
} from '../../../gateway/plan/plannerThread.ts';
import { hardOperation, lookAlikes } from '../../support/lookAlikes.ts';
import { compose, tinySupergraph } from '../../support/tiny-graph.ts';

const sdl = tinySupergraph();
const apiSdl = 'type Query { a: Int }';

let planner: Planner | undefined;
const open = async (options: PlannerOptions, supergraph = sdl) => {
  planner = await openPlanner(supergraph, options);
  return planner;
};
afterEach(async () => {
  await planner?.close();
  planner = undefined;
});

/** Desks that make a plan of any text but "endless", which they never finish, and "lost", which ends them. */
function someDesks() {
  const made: string[] = [];
  const threads = { opened: 0, closed: 0, made, open: async () => openOne() };
  const openOne = (): PlannerThread => {
    threads.opened++;
    return {
      apiSdl,
      make: ({ text }) => {
        made.push(text);
        if (text.startsWith('endless')) return new Promise<PlanResult>(() => undefined);
        if (text === 'lost') return Promise.resolve({ reason: 'no memory', isTooHard: true, isLost: true });
        if (text === 'wrong') return Promise.resolve({ reason: 'assertion', isTooHard: false });
        if (text === 'paths') return Promise.resolve({ reason: 'too many', isTooHard: true });
        return Promise.resolve({ plan: `{"kind":"QueryPlan","text":"${text}"}` });
      },
      close: async () => void threads.closed++,
    };
  };
  return threads;
}

const codeOf = (error: unknown) => (error instanceof GraphQLError ? error.extensions.code : String(error));
const outcome = (promise: Promise<unknown>) => promise.then(() => 'planned', codeOf);

describe('a planner', () => {
  it('plans an operation, and knows what clients see and who the subgraphs are', async () => {
    const { plan, model, counts } = await open({ open: openPlannerHere });
    const { node } = await plan('query($v0:ID!){story(id:$v0){title byline{name}}}');
    expect(node?.kind).toBe('Sequence');
    expect(model.subgraphs).toEqual([
      { name: 'stories', url: 'http://stories.test/graphql' },
      { name: 'writers', url: 'http://writers.test/graphql' },
    ]);
    expect(model.apiSchema.getType('join__Graph')).toBeUndefined();
    expect(model.fullSchema.getType('join__Graph')).toBeDefined();
    expect(counts()).toEqual({ made: 1, ended: 0, threads: 1 });
  });

  it('refuses an operation that takes too long, and plans what waited behind it', async () => {
    const threads = someDesks();
    const { plan, counts } = await open({ open: threads.open, timeoutMs: 20 });
    const [hard, ...behind] = [plan('endless'), plan('one'), plan('two')].map(outcome);
    expect(await hard).toBe('OPERATION_TOO_HARD');
    expect(await Promise.all(behind)).toEqual(['planned', 'planned']);
    expect(counts()).toMatchObject({ made: 2, ended: 1 });
    expect(threads.closed).toBe(1);
  });

  it('remembers what took too long, also where it waits already', async () => {
    const threads = someDesks();
    const { plan, counts } = await open({ open: threads.open, timeoutMs: 20 });
    const all = [plan('endless'), plan('endless'), plan('endless')].map(outcome);
    expect(await Promise.all(all)).toEqual(Array(3).fill('OPERATION_TOO_HARD'));
    expect(await outcome(plan('endless'))).toBe('OPERATION_TOO_HARD');
    expect(threads.made).toEqual(['endless']);
    expect(counts().ended).toBe(1);
  });

  it('goes on with a second thread while the first is at work, and has no third', async () => {
    const threads = someDesks();
    const { plan, close } = await open({ open: threads.open, timeoutMs: 60_000 });
    const first = outcome(plan('endless 1'));
    expect(await outcome(plan('one'))).toBe('planned');
    const second = outcome(plan('endless 2'));
    const third = outcome(plan('two'));
    expect(threads.opened).toBe(2);
    await close();
    expect(await Promise.all([first, second, third])).toEqual(Array(3).fill('PLANNER_BUSY'));
    expect(threads).toMatchObject({ opened: 2, closed: 2 });
  });

  it('takes the place of a thread that is lost, and calls what it was lost over too hard', async () => {
    const threads = someDesks();
    const { plan } = await open({ open: threads.open });
    expect(await outcome(plan('lost'))).toBe('OPERATION_TOO_HARD');
    expect(await outcome(plan('one'))).toBe('planned');
    expect(threads).toMatchObject({ opened: 2, closed: 1 });
  });

  it('keeps its thread, and remembers nothing, where the planner has a fault', async () => {
    const threads = someDesks();
    const { plan } = await open({ open: threads.open });
    expect(await outcome(plan('wrong'))).toBe('Error: Expected a plan, but got: assertion');
    await outcome(plan('wrong'));
    expect(threads).toMatchObject({ opened: 1, made: ['wrong', 'wrong'] });
  });

  it('remembers what the planner gave up', async () => {
    const threads = someDesks();
    const { plan } = await open({ open: threads.open });
    expect(await outcome(plan('paths'))).toBe('OPERATION_TOO_HARD');
    expect(await outcome(plan('paths'))).toBe('OPERATION_TOO_HARD');
    expect(threads).toMatchObject({ opened: 1, made: ['paths'] });
  });

  it('says that it is busy where too many wait', async () => {
    const threads = someDesks();
    const { plan, close } = await open({ open: threads.open, timeoutMs: 60_000 });
    const waiting = Array.from({ length: 501 }, (_, at) => outcome(plan(`endless ${at}`)));
    expect(await outcome(plan('one'))).toBe('PLANNER_BUSY');
    await close();
    await Promise.all(waiting);
  });

  it('says that it is busy to whoever has waited for ten seconds', async () => {
    jest.useFakeTimers();
    try {
      const threads = someDesks();
      const { plan } = await open({ open: threads.open, timeoutMs: 4000 });
      const hard = ['endless 1', 'endless 2'].map((text) => outcome(plan(text)));
      const early = outcome(plan('early'));
      await jest.advanceTimersByTimeAsync(9000);
      const late = outcome(plan('late'));
      await jest.advanceTimersByTimeAsync(8000);
      expect(await Promise.all(hard)).toEqual(['OPERATION_TOO_HARD', 'OPERATION_TOO_HARD']);
      expect(await Promise.all([early, late])).toEqual(['PLANNER_BUSY', 'planned']);
    } finally {
      jest.useRealTimers();
    }
  });

  it('gives up an operation with too many ways to a field', async () => {
    const { plan } = await open({ open: openPlannerHere, maxPaths: 1 }, lookAlikes());
    expect(await outcome(plan('{root{a{x}}}'))).toBe('OPERATION_TOO_HARD');
  });

  it('does not open for a supergraph that cannot be read', async () => {
    await expect(open({ open: openPlannerHere }, 'type Query { a: Int }')).rejects.toThrow();
  });
});

/** Subgraphs in a ring, each with an entity that the one before refers to, and a text that asks each for `width` fields. */
function ring(count: number, width: number): { supergraph: string; text: string } {
  const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
  const fieldsOf = (at: number) => Array.from({ length: width }, (_, field) => `f${at}_${field}`);
  const supergraph = compose(
    Array.from({ length: count }, (_, at) => {
      const next = (at + 1) % count;
      const types = [
        `type Query { q${at}: E${at} }`,
        `type E${at} @key(fields: "id") { id: ID! next: E${next} ${fieldsOf(at).join(': Int ')}: Int }`,
        `type E${next} @key(fields: "id", resolvable: false) { id: ID! }`,
      ];
      return {
        name: `s${at}`,
        url: `http://s${at}.test`,
        typeDefs: parse([link, ...types].join(' ')),
      };
    }),
  );
  const half = width / 2;
  const parts = Array.from({ length: count }, (_, at) => {
    const beyond = fieldsOf((at + 1) % count).slice(half);
    return `q${at}{${fieldsOf(at).slice(0, half).join(' ')} next{${beyond.join(' ')}}}`;
  });
  return { supergraph, text: `{${parts.join(' ')}}` };
}

// Threads run what was built; the suite is built before it runs.
const program = resolve('dist/gateway/plan/plannerWorker.js');
(existsSync(program) ? describe : describe.skip)('a planner with threads', () => {
  const threads: NonNullable<PlannerOptions['open']> = (text, options) =>
    openPlannerInThread(program, text, options);

  it('plans beside this thread, and ends the thread of what takes too long', async () => {
    const { plan, counts } = await open({ open: threads, timeoutMs: 500 }, lookAlikes());
    let turns = 0;
    const turning = setInterval(() => turns++, 1);
    try {
      const hard = outcome(plan(hardOperation('Hard')));
      expect(await outcome(plan('{root{x}}'))).toBe('planned');
      expect(await hard).toBe('OPERATION_TOO_HARD');
    } finally {
      clearInterval(turning);
    }
    expect(turns).toBeGreaterThan(10);
    expect(await outcome(plan('{root{id x}}'))).toBe('planned');
    expect(counts()).toMatchObject({ made: 2, ended: 1 });
  });

  it('plans 2,000 fields of 50 subgraphs on a thread that has planned nothing yet', async () => {
    const { supergraph, text } = ring(50, 40);
    const { plan, counts } = await open({ open: threads }, supergraph);
    expect(text.match(/f\d+_\d+/g)).toHaveLength(2000);
    const { node } = await plan(text);
    const asked = new Set(
      [...JSON.stringify(node).matchAll(/"serviceName":"(\w+)"/g)].map(([, name]) => name),
    );
    expect(asked.size).toBe(50);
    expect(counts()).toEqual({ made: 1, ended: 0, threads: 1 });
  });

  it('makes the plans that are made in this thread', async () => {
    const text = 'query($v0:ID!){story(id:$v0){title byline{name}}}';
    const { plan } = await open({ open: threads });
    const there = await plan(text);
    await planner?.close();
    const here = await open({ open: openPlannerHere });
    expect(there).toEqual(await here.plan(text));
  });

  it('does not open for a supergraph that cannot be read', async () => {
    await expect(open({ open: threads }, 'type Query { a: Int }')).rejects.toThrow();
  });
});
