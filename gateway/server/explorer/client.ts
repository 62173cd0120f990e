/** GraphiQL for the page beside Apollo Sandbox: it needs nothing from anywhere else. */
import 'graphiql/style.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { parse, print, separateOperations } from 'graphql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

/** The operation that is asked for without the others of its tab: together they may be more than a gateway takes. */
function alone<Asked extends { query: string; operationName?: string | null }>(asked: Asked): Asked {
  try {
    const one = separateOperations(parse(asked.query))[asked.operationName ?? ''];
    return one ? { ...asked, query: print(one) } : asked;
  } catch {
    // What is wrong with it the gateway tells.
    return asked;
  }
}

const root = document.getElementById('graphiql');
if (root) {
  const { endpoint = '/graphql', operations = '' } = root.dataset;
  const send = createGraphiQLFetcher({ url: new URL(endpoint, location.href).href });
  const fetcher: typeof send = (asked, options) => send(alone(asked), options);
  // What somebody typed before stays: these are for the first visit.
  createRoot(root).render(createElement(GraphiQL, { fetcher, defaultQuery: operations }));
}
