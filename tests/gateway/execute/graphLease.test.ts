import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type GraphQLSchema, parse } from 'graphql';
import { type Graph, type GraphRequest, openGraph } from '../../../gateway/execute/graph.ts';
import { type Graphs, openGraphs } from '../../../gateway/execute/graphLease.ts';
import { maskingReporter } from '../../../gateway/execute/reportErrors.ts';
import { openPlannerHere, type PlannerThread } from '../../../gateway/plan/plannerThread.ts';
import { singleResult } from '../../../gateway/wire/results.ts';
import type { SubgraphCall } from '../../../gateway/wire/subgraphCall.ts';
import { makeGateway, type TestGateway } from '../../support/gateway.ts';
import { compose, tinyCalls, tinySupergraph } from '../../support/tiny-graph.ts';

const urlOf = (version: number | string) => `http://writers-${version}.test/graphql`;
/** The tiny graph; versions differ in where its writers are. */
const versionOf = (version: number | string) => tinySupergraph({ writers: urlOf(version) });
/** A graph without stories. */
const other = compose([
  {
    name: 'writers',
    url: 'http://writers.test/graphql',
    typeDefs: parse('type Query { writers: [Writer!]! } type Writer { id: ID! }'),
  },
]);
const broken = 'type Query { a: Int }';
const story = '{ story(id: 1) { title byline { name } } }';
const data = { story: { title: 'Story 1', byline: { name: 'Writer w1' } } };

/** What a caller waits for until somebody says so. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

let gateway: TestGateway | undefined;
let graphs: Graphs | undefined;
afterEach(async () => {
  await gateway?.stop();
  await graphs?.close();
  gateway = graphs = undefined;
});

/** A gateway that notes which URL each call goes to; its calls wait for `before`. */
async function noting(before: (name: string) => Promise<void> = async () => {}) {
  const called: string[] = [];
  const { calls } = tinyCalls();
  gateway = await makeGateway({
    supergraphSdl: versionOf(1),
    callSubgraph:
      (name, url): SubgraphCall =>
      async (request) => {
        called.push(url);
        await before(name);
        return (calls[name] as SubgraphCall)(request);
      },
  });
  return { ...gateway, called };
}

/** Graphs whose desks and closings are counted. */
async function counted(open?: (sdl: string) => Promise<PlannerThread>) {
  const counts = {
    desks: 0,
    closedDesks: 0,
    opened: [] as string[],
    closed: [] as string[],
    made: [] as string[],
  };
  const { calls } = tinyCalls();
  graphs = await openGraphs(versionOf(1), async (sdl) => {
    const graph = await openGraph({
      supergraphSdl: sdl,
      callOf: (name) => calls[name] as SubgraphCall,
      planner: {
        open: async (text, options) => {
          const desk = await (open?.(text) ?? openPlannerHere(text, options));
          counts.desks++;
          return {
            ...desk,
            make: (wanted) => {
              counts.made.push(wanted.text);
              return desk.make(wanted);
            },
            close: async () => {
              counts.closedDesks++;
              await desk.close();
            },
          };
        },
      },
    });
    counts.opened.push(sdl);
    const close = async () => {
      counts.closed.push(sdl);
      await graph.close();
    };
    return { ...graph, close };
  });
  return { graphs, counts };
}

const log = { error: () => {}, warn: () => {} } as unknown as Parameters<typeof maskingReporter>[0];
const ask = (query: string): GraphRequest => ({
  document: parse(query),
  operationName: undefined,
  variables: undefined,
  headersFor: () => ({}),
  reporter: maskingReporter(log),
});
const answerOf = async (of: Graphs, query: string, { apiSchema }: Graph = of.now()) =>
  JSON.parse(singleResult(await of.execute(apiSchema, ask(query))).text ?? 'null');

describe('a supergraph in the place of another', () => {
  it('answers what comes after it, while what came before ends on the one before', async () => {
    const held = gate();
    let isHeld = true;
    const {
      ask: asked,
      replaceSupergraph,
      called,
    } = await noting(async (name) => {
      if (name === 'stories' && isHeld) {
        isHeld = false;
        await held.opened;
      }
    });
    const before = asked(story);
    while (called.length === 0) await nextTurn();
    await replaceSupergraph(versionOf(2));
    expect((await asked(story)).body).toEqual({ data });
    held.open();
    expect((await before).body).toEqual({ data });
    const stories = 'http://stories.test/graphql';
    expect(called).toEqual([stories, stories, urlOf(2), urlOf(1)]);
  });

  it('is the one that operations are checked against, those that are known by heart too', async () => {
    const { ask: asked, replaceSupergraph } = await noting();
    for (const _ of [1, 2, 3]) expect((await asked(story)).body).toEqual({ data });
    await replaceSupergraph(other);
    expect((await asked(story)).body.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await asked('{ writers { id } }')).body).toEqual({
      data: { writers: [{ id: 'w1' }, { id: 'w2' }] },
    });
    await replaceSupergraph(versionOf(1));
    expect((await asked(story)).body).toEqual({ data });
  });

  it('plans what is known before it takes over, the most used first, and nothing twice', async () => {
    const { graphs: those, counts } = await counted();
    const often = '{ story(id: 2) { title } }';
    await answerOf(those, story);
    for (const _ of [1, 2]) await answerOf(those, often);
    await answerOf(those, '{ stories { id } }');
    counts.made.length = 0;
    const seen: string[][] = [];
    those.onReplace(() => void seen.push([...counts.made]));
    await those.replace(versionOf(2));
    expect(seen).toHaveLength(1);
    expect(seen[0]).toHaveLength(3);
    expect(seen[0]?.[0]).toContain('story(id:$v0){title}');
    expect(await answerOf(those, story)).toEqual(data);
    await answerOf(those, often);
    expect(counts.made).toEqual(seen[0]);
  });

  it('plans nothing of what is not valid there', async () => {
    const { graphs: those, counts } = await counted();
    await answerOf(those, story);
    await answerOf(those, '{ writers { id } }');
    counts.made.length = 0;
    await those.replace(other);
    expect(counts.made).toEqual([expect.stringContaining('writers')]);
  });

  it('is refused when it is broken: the one before goes on answering', async () => {
    const { ask: asked, replaceSupergraph, logged } = await noting();
    await expect(replaceSupergraph(broken)).rejects.toThrow(
      /^Expected a supergraph that this gateway can run, but got: /,
    );
    expect((await asked(story)).body).toEqual({ data });
    await replaceSupergraph(versionOf(2));
    expect((await asked(story)).body).toEqual({ data });
    expect(logged.join('')).not.toContain('"level":60');
  });

  it('changes nothing when it is the same', async () => {
    const { graphs: those, counts } = await counted();
    const before = those.now();
    await those.replace(versionOf(1));
    expect(those.now()).toBe(before);
    expect(counts.opened).toHaveLength(1);
  });

  it('is the last of several that come at once, also where one between is broken', async () => {
    const { graphs: those, counts } = await counted();
    const all = [versionOf(2), broken, versionOf(3), versionOf(4)].map((sdl) => those.replace(sdl));
    await Promise.all(all);
    expect(those.now().supergraphSdl).toBe(versionOf(4));
    expect(counts.opened).toEqual([versionOf(1), versionOf(2), versionOf(4)]);
    expect(counts.closed.sort()).toEqual([versionOf(1), versionOf(2)].sort());
  });

  it('is the one before where the last of several is that again', async () => {
    const { graphs: those, counts } = await counted();
    const before = those.now();
    await Promise.all([those.replace(versionOf(2)), those.replace(versionOf(1))]);
    expect(those.now()).toBe(before);
    expect(counts.closed).toEqual([versionOf(2)]);
  });

  it('is closed when the gateway ends while it is being opened', async () => {
    const { graphs: those, counts } = await counted();
    for (let n = 0; n < 5; n++) await answerOf(those, `{ s${n}: story(id: 1) { id } }`);
    counts.made.length = 0;
    const replaced = those.replace(versionOf(2));
    await those.close();
    await replaced;
    expect(counts.opened).toHaveLength(2);
    expect(counts.closed.sort()).toEqual([...counts.opened].sort());
    expect(counts.closedDesks).toBe(counts.desks);
    expect(counts.made).toEqual([]);
  });

  it('takes what was checked against one that is gone meanwhile', async () => {
    const { graphs: those } = await counted();
    const before = those.now();
    await those.replace(versionOf(2));
    expect(await answerOf(those, story, before)).toEqual(data);
    await those.replace(other);
    const outcome = those.execute(before.apiSchema, ask(story));
    await expect(outcome).rejects.toMatchObject({ extensions: { code: 'PLANNER_BUSY' } });
  });
});

describe('what is gone', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;

  /** How many are still there once all that nobody holds has been collected. */
  async function left(refs: readonly WeakRef<object>[]): Promise<number> {
    await nextTurn();
    collectGarbage();
    return refs.filter((ref) => ref.deref()).length;
  }

  it('leaves nothing behind, a thousand times over, and each of the thousand answers', async () => {
    const versions = [1, 2, 3].map(versionOf);
    // Reading a supergraph for its plans takes most of the time, and is the same each time.
    const desk = await openPlannerHere(versionOf(1), { maxPaths: 10 });
    const { graphs: those, counts } = await counted(async () => ({ ...desk, close: async () => {} }));
    const schemas: WeakRef<GraphQLSchema>[] = [];
    for (let n = 1; n <= 1000; n++) {
      await those.replace(versions[n % 3] as string);
      expect(await answerOf(those, story)).toEqual(data);
      schemas.push(new WeakRef(those.now().apiSchema));
    }
    expect({ desks: counts.desks, closed: counts.closedDesks }).toEqual({ desks: 1001, closed: 1000 });
    expect(await left(schemas)).toBe(1);
  }, 180_000);

  it('is not kept for the operations that were asked of it', async () => {
    const opened: WeakRef<SubgraphCall>[] = [];
    const { calls } = tinyCalls();
    gateway = await makeGateway({
      callSubgraph: (name) => {
        const call: SubgraphCall = (request) => (calls[name] as SubgraphCall)(request);
        opened.push(new WeakRef(call));
        return call;
      },
    });
    for (let n = 1; n <= 10; n++) {
      await gateway.replaceSupergraph(versionOf(n));
      for (const _ of ['whole', 'short'])
        expect((await gateway.ask(`{ a${n}: story(id: 1) { id } }`)).body).toEqual({
          data: { [`a${n}`]: { id: '1' } },
        });
    }
    // Each version has another URL for one of the two subgraphs.
    expect(opened).toHaveLength(12);
    // Two subgraphs, of the graph that answers and perhaps of the one before.
    expect(await left(opened)).toBeLessThanOrEqual(4);
  });
});
