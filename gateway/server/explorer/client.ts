/** GraphiQL for the page beside Apollo Sandbox: it needs nothing from anywhere else. */
import 'graphiql/style.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const root = document.getElementById('graphiql');
if (root) {
  const { endpoint = '/graphql', operations = '' } = root.dataset;
  const fetcher = createGraphiQLFetcher({ url: new URL(endpoint, location.href).href });
  // What somebody typed before stays: these are for the first visit.
  createRoot(root).render(createElement(GraphiQL, { fetcher, defaultQuery: operations }));
}
