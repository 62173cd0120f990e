import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DocumentNode } from 'graphql';
import { parse } from 'graphql';
import { type Graph, type GraphRequest, openGraph } from '../../../gateway/execute/graph.ts';
import { singleResult } from '../../../gateway/wire/results.ts';
import type { SubgraphCall } from '../../../gateway/wire/subgraphCall.ts';
import { tinyCalls, tinySupergraph } from '../../support/tiny-graph.ts';

const documents = new Map<string, DocumentNode>();
const documentOf = (text: string): DocumentNode => {
  const document = documents.get(text) ?? parse(text);
  documents.set(text, document);
  return document;
};

/** A graph whose calls wait until they are let go, and what was asked of it. */
async function heldGraph() {
  const { calls, sent } = tinyCalls();
  let letGo = () => {};
  let held = Promise.resolve();
  const callOf =
    (name: string): SubgraphCall =>
    async (request) => {
      const answer = (calls[name] as SubgraphCall)(request);
      await held;
      if (request.signal?.aborted) throw new Error('The caller has gone.');
      return answer;
    };
  const graph = await openGraph({ supergraphSdl: tinySupergraph(), callOf });
  const hold = () => {
    held = new Promise((resolve) => {
      letGo = resolve;
    });
  };
  return { graph, sent, hold, letGo: () => letGo() };
}

const reporter: GraphRequest['reporter'] = {
  ofCall:
    ({ failure }) =>
    () => ({ message: String(failure), extensions: {} }),
  ofHoles:
    () =>
    ({ message }) => ({ message, extensions: {} }),
};

const page = 'query ($id: ID!) { story(id: $id) { title byline { name } } }';

function ask(graph: Graph, more: Partial<GraphRequest> & { text?: string } = {}) {
  const { text = page, ...rest } = more;
  const variables = { id: '1' };
  return graph
    .execute({
      ...{
        document: documentOf(text),
        operationName: undefined,
        variables,
        headersFor: () => ({}),
        reporter,
      },
      ...rest,
    })
    .then(singleResult);
}

describe('the same question, asked again while it is being answered', () => {
  it('is answered once for all', async () => {
    const { graph, sent, hold, letGo } = await heldGraph();
    await ask(graph);
    sent.length = 0;
    hold();
    const both = [
      ask(graph),
      ask(graph),
      ask(graph, { text: page.replaceAll('$id', '$key').replace('id: $', 'id: $'), variables: { key: '1' } }),
    ];
    await turn();
    letGo();
    const [first, ...others] = await Promise.all(both);
    expect(first?.text).toBe('{"story":{"title":"Story 1","byline":{"name":"Writer w1"}}}');
    for (const other of others) expect(other).toEqual(first);
    expect(sent.map(({ name }) => name)).toEqual(['stories', 'writers']);
    await ask(graph);
    expect(sent).toHaveLength(4);
    await graph.close();
  });

  it('is answered to whoever stays when the one who asked first leaves', async () => {
    const { graph, hold, letGo } = await heldGraph();
    await ask(graph);
    hold();
    const leaver = new AbortController();
    const left = ask(graph, { signal: leaver.signal });
    const stays = ask(graph);
    await turn();
    leaver.abort();
    letGo();
    expect((await left).errors).not.toEqual([]);
    expect(await stays).toMatchObject({ text: expect.stringContaining('Writer w1'), errors: [] });
    await graph.close();
  });

  it('is asked anew when something was changed in between', async () => {
    const { graph, sent, hold, letGo } = await heldGraph();
    const change = 'mutation { rename(id: "1", title: "New") { title } }';
    await ask(graph);
    await ask(graph, { text: change, variables: {} });
    sent.length = 0;
    hold();
    const before = ask(graph);
    const changed = ask(graph, { text: change, variables: {} });
    const during = ask(graph);
    await turn();
    letGo();
    await Promise.all([before, changed, during]);
    expect(sent.filter(({ name, kind }) => name === 'stories' && kind === 'query')).toHaveLength(2);
    await graph.close();
  });

  it('is never shared by two readers of whom subgraphs are told anything different', async () => {
    const { graph, sent, hold, letGo } = await heldGraph();
    await ask(graph);
    const name = fc.constantFrom(
      'authorization',
      'cookie',
      'accept-language',
      'x-a',
      'a',
      'x-request-id',
      'traceparent',
    );
    const headers = fc.dictionary(name, fc.constantFrom('', 'a', 'b', 'a","b', 'x-a', '1'), { maxKeys: 3 });
    const bySubgraph = fc.record({ stories: headers, writers: headers });
    const told = ({
      stories,
      writers,
    }: {
      stories: Record<string, string>;
      writers: Record<string, string>;
    }) =>
      JSON.stringify(
        [stories, writers].map((one) =>
          Object.entries(one)
            .filter(([key]) => key !== 'x-request-id' && key !== 'traceparent')
            .sort(),
        ),
      );
    await fc.assert(
      fc.asyncProperty(bySubgraph, bySubgraph, async (one, other) => {
        sent.length = 0;
        hold();
        const asked = [one, other].map((sets) =>
          ask(graph, { headersFor: (subgraph) => sets[subgraph as keyof typeof sets] }),
        );
        await turn();
        letGo();
        await Promise.all(asked);
        const calls = sent.filter((call) => call.name === 'stories').length;
        if (told(one) !== told(other)) expect(calls).toBe(2);
      }),
    );
    await graph.close();
  });

  it('is another question with other values', async () => {
    const { graph, sent, hold, letGo } = await heldGraph();
    await ask(graph);
    sent.length = 0;
    hold();
    const both = [ask(graph), ask(graph, { variables: { id: '2' } })];
    await turn();
    letGo();
    const [first, second] = await Promise.all(both);
    expect(first?.text).toContain('Story 1');
    expect(second?.text).toContain('Story 2');
    await graph.close();
  });
});

const turn = () => new Promise((resolve) => setImmediate(resolve));
