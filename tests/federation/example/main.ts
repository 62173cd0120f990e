/** Serves the two subgraphs of the example, at the addresses that its supergraph names. */
import { createServer } from 'node:http';
import { graphql } from 'graphql';
import { exampleSubgraphs } from './schema.ts';

for (const { name, port, schema } of exampleSubgraphs('tests/federation/example')) {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    response.setHeader('content-type', 'application/json');
    try {
      const { query, variables } = JSON.parse(body);
      response.end(JSON.stringify(await graphql({ schema, source: query, variableValues: variables })));
    } catch (error) {
      response.statusCode = 400;
      response.end(JSON.stringify({ errors: [{ message: String(error) }] }));
    }
  });
  server.listen(port, '127.0.0.1', () => process.stdout.write(`${name}: http://127.0.0.1:${port}/graphql\n`));
}
