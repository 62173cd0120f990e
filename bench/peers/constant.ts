/** Apollo Server on Fastify that answers every operation with one object: what its front costs by itself. */
import { readFileSync } from 'node:fs';
import { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { fastify } from 'fastify';
import { buildASTSchema, type GraphQLSchema, parse } from 'graphql';

const [schemaFile = '', answerFile = ''] = process.argv.slice(2);
const apiSchema = buildASTSchema(parse(readFileSync(schemaFile, 'utf8')), { assumeValidSDL: true });
const { data } = JSON.parse(readFileSync(answerFile, 'utf8'));
const listeners: ((loaded: { apiSchema: GraphQLSchema; coreSupergraphSdl: string }) => void)[] = [];

const apollo = new ApolloServer({
  gateway: {
    onSchemaLoadOrUpdate(listener) {
      listeners.push(listener);
      return () => {};
    },
    async load() {
      for (const listener of listeners) listener({ apiSchema, coreSupergraphSdl: '' });
      return { executor: async () => ({ data }) };
    },
    stop: async () => {},
  },
});
await apollo.start();
const app = fastify();
app.route({ method: ['GET', 'POST'], url: '/graphql', handler: fastifyApolloHandler(apollo) });
process.stdout.write(`Graph: ${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql\n`);
