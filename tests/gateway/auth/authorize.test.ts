import { afterEach, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { openAuthorization } from '../../../gateway/auth/authorize.ts';
import { anonymousReader, type Reader, readerOf } from '../../../gateway/auth/readerClaims.ts';
import { type GraphRequest, openGraph } from '../../../gateway/execute/graph.ts';
import { type Graphs, openGraphs } from '../../../gateway/execute/graphLease.ts';
import { maskingReporter } from '../../../gateway/execute/reportErrors.ts';
import { openPlannerHere } from '../../../gateway/plan/plannerThread.ts';
import { singleResult } from '../../../gateway/wire/results.ts';
import { guardedFields } from '../../federation/auth/fields.ts';
import { makeSchemas } from '../../support/federation/schemas.ts';
import { makeCalls } from '../../support/federation/subgraph.ts';

const { supergraphSdl, subgraphs } = makeSchemas(guardedFields);

let graphs: Graphs | undefined;
afterEach(async () => {
  await graphs?.close();
  graphs = undefined;
});

/** A graph that tells which operations it has planned. */
async function open() {
  const planned: string[] = [];
  const calls = makeCalls(subgraphs);
  graphs = await openGraphs(supergraphSdl, (sdl) =>
    openGraph({
      supergraphSdl: sdl,
      callOf: calls.callOf,
      authorize: openAuthorization,
      planner: {
        open: async (text, options) => {
          const desk = await openPlannerHere(text, options);
          const make: typeof desk.make = (wanted) => {
            planned.push(wanted.text);
            return desk.make(wanted);
          };
          return { ...desk, make };
        },
      },
    }),
  );
  const opened = graphs;
  const log = { error: () => {}, warn: () => {} } as unknown as Parameters<typeof maskingReporter>[0];
  const question = (document: GraphRequest['document'], reader?: GraphRequest['reader']): GraphRequest => ({
    ...{ document, operationName: undefined, variables: undefined, reader },
    headersFor: () => ({}),
    reporter: maskingReporter(log),
  });
  const ask = async (document: GraphRequest['document'], reader?: GraphRequest['reader']) => {
    const { text, errors } = singleResult(
      await opened.execute(opened.now().apiSchema, question(document, reader)),
    );
    return { data: JSON.parse(text ?? 'null'), paths: errors.map(({ path }) => path?.join('.')) };
  };
  return { graphs: opened, planned, ask, question, calls };
}

const views = parse('{ stories { id views mood } }');
const signedIn = (scope: string, sub: string): (() => Reader) => {
  const reader = readerOf({ sub, scope });
  return () => reader;
};

describe('an operation that asks something of its readers', () => {
  it('is planned once for all of whom the same holds', async () => {
    const { ask, planned } = await open();
    for (let at = 0; at < 300; at++) await ask(views, signedIn('a b', `r${at}`));
    for (let at = 0; at < 100; at++) await ask(views);
    expect(planned).toEqual(['query{stories{id views mood}}', '{stories{id}}']);
  });

  it('is judged by what it needs alone: other scopes make no other plan', async () => {
    const { ask, planned } = await open();
    for (let at = 0; at < 50; at++) await ask(views, signedIn(`x${at} y${at}`, 'r'));
    expect(planned).toHaveLength(1);
  });

  it('takes nobody for somebody: what is not wholly a reader is anonymous', async () => {
    const { ask } = await open();
    const strange = [
      undefined,
      null,
      true,
      {},
      { isSignedIn: true },
      { isSignedIn: 'yes', scopes: new Set() },
    ];
    for (const one of strange)
      expect((await ask(parse('{ story(id: "s1") { views } }'), () => one)).data).toEqual({
        story: { views: null },
      });
    expect((await ask(parse('{ story(id: "s1") { views } }'))).data).toEqual({ story: { views: null } });
  });

  it('waits for who reads, and is not run when that cannot be known', async () => {
    const { ask, calls } = await open();
    const late = async () => signedIn('', 'r')();
    expect((await ask(parse('{ story(id: "s1") { views } }'), late)).data).toEqual({ story: { views: 10 } });
    calls.take();
    const lost = () => Promise.reject(new Error('no sessions'));
    await expect(ask(parse('{ story(id: "s1") { views } }'), lost)).rejects.toThrow('no sessions');
    expect(calls.take().sent).toEqual([]);
  });

  it('is the only kind for which anybody is asked who reads', async () => {
    const { ask } = await open();
    let count = 0;
    const reader = () => {
      count++;
      return anonymousReader;
    };
    await ask(parse('{ stories { id title(upper: true) writer { name } } }'), reader);
    expect(count).toBe(0);
    await ask(views, reader);
    expect(count).toBe(1);
  });

  it('is explained as it is run for a reader, or whole', async () => {
    const { graphs: all, question } = await open();
    const fetched = async (reader?: GraphRequest['reader']) =>
      (await all.now().explain(question(views, reader))).calls.map((call) => call.requestOf(1).query);
    expect(await fetched()).toEqual(['{stories{id views mood}}']);
    expect(await fetched(() => anonymousReader)).toEqual(['{stories{id}}']);
  });

  it('is planned for those who asked before another supergraph takes over', async () => {
    const { graphs: all, ask, planned } = await open();
    await ask(views);
    await ask(views, signedIn('', 'r'));
    expect(planned.splice(0)).toHaveLength(2);
    await all.replace(`${supergraphSdl}\n# another`);
    expect(planned.splice(0).sort()).toEqual(['query{stories{id views mood}}', '{stories{id}}']);
    await ask(views);
    expect(planned).toEqual([]);
  });

  it('is judged by the supergraph that answers, not by the one that it was found valid against', async () => {
    const { graphs: all, ask, question } = await open();
    const before = all.now().apiSchema;
    expect((await ask(parse('{ stories { title } }'))).paths).toEqual([]);
    const stricter = supergraphSdl.replace(/(\n {2}title\(.*)/, '$1 @authenticated');
    expect(stricter).not.toBe(supergraphSdl);
    await all.replace(stricter);
    const document = parse('{ story(id: "s1") { id title } }');
    const { text, errors } = singleResult(await all.execute(before, question(document)));
    expect([text, errors.map(({ path }) => path?.join('.'))]).toEqual(['{"story":null}', ['story.title']]);
  });
});
