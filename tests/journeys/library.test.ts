import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { createGateway } from '../../gateway/library.ts';
import { type SubgraphServer, serveTiny } from '../support/subgraph-server.ts';
import { tinySupergraph } from '../support/tiny-graph.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const query = '{ story(id: 1) { title byline { name } } }';
const data = { story: { title: 'Story 1', byline: { name: 'Writer w1' } } };

interface Context {
  token?: string | undefined;
}

/** The two subgraphs on ports of their own, and a gateway for them that tells them the token of the context. */
async function open(): Promise<{ gateway: ReturnType<typeof createGateway>; subgraphs: SubgraphServer[] }> {
  const stories = await serveTiny('stories');
  const writers = await serveTiny('writers');
  ends.push(stories.close, writers.close);
  const gateway = createGateway<Context>({
    supergraphSdl: tinySupergraph({ stories: stories.url, writers: writers.url }),
    headers: ({ context }) => ({ authorization: context.token }),
    showsPlans: true,
  });
  return { gateway, subgraphs: [stories, writers] };
}

async function post(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

const tokensOf = (subgraphs: SubgraphServer[]) =>
  subgraphs.flatMap(({ seen }) => seen.map(({ authorization }) => authorization));

describe('createGateway over HTTP', () => {
  it('answers behind the standalone server of Apollo', async () => {
    const { gateway, subgraphs } = await open();
    const server = new ApolloServer<Context>({ gateway, stopOnTerminationSignals: false });
    const { url } = await startStandaloneServer(server, {
      listen: { port: 0, host: '127.0.0.1' },
      context: async ({ req }) => ({ token: req.headers.authorization }),
    });
    ends.push(() => server.stop());
    expect(await post(url, { authorization: 'Bearer 1' })).toEqual({ data });
    expect(tokensOf(subgraphs)).toEqual(['Bearer 1', 'Bearer 1']);
    const planned = (await post(url, { 'apollo-query-plan-experimental': '1' })) as {
      extensions?: { __queryPlanExperimental?: string };
    };
    expect(planned.extensions?.__queryPlanExperimental).toMatch(/^QueryPlan \{/);
  });

  it('answers behind Fastify', async () => {
    const { gateway, subgraphs } = await open();
    const app = fastify();
    const plugins = [fastifyApolloDrainPlugin(app)];
    const server = new ApolloServer<Context>({ gateway, plugins, stopOnTerminationSignals: false });
    await server.start();
    ends.push(() => server.stop());
    app.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      handler: fastifyApolloHandler(server, {
        context: async ({ headers }) => ({ token: headers.authorization }),
      }),
    });
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    expect(await post(`${address}/graphql`, { authorization: 'Bearer 2' })).toEqual({ data });
    expect(tokensOf(subgraphs)).toEqual(['Bearer 2', 'Bearer 2']);
  });
});
