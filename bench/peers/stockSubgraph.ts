/** One of our subgraphs as Apollo Server's documentation would serve it: the same schema, resolvers and database. */
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { openSubgraphs } from '../../subgraphs/openSubgraphs.ts';
import type { OpenSubgraph } from '../../subgraphs/serve/subgraph.ts';
import { readSubgraphSettings, subgraphNames } from '../../subgraphs/settings.ts';
import { anonymous } from '../../subgraphs/trust/reader.ts';

const name = subgraphNames.find((known) => known === process.argv[2]);
if (!name) throw new Error(`Expected one of ${subgraphNames.join(', ')}, but got: ${process.argv[2]}.`);
const { open } = await openSubgraphs([name], { settings: readSubgraphSettings() });
const subgraph: OpenSubgraph<unknown> = open[name];
const { url } = await startStandaloneServer(new ApolloServer<object>({ schema: subgraph.schema }), {
  listen: { port: 0, host: '127.0.0.1' },
  context: async () => subgraph.contextFor({ reader: anonymous }),
});
process.stdout.write(`Graph: ${url}\n`);
