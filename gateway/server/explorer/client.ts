/** GraphiQL in the browser, bundled with all of its dependencies. */
import 'graphiql/style.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { parse, print, separateOperations } from 'graphql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

/**
 * Sends the selected operation without the others of its tab, which together may exceed the limits of the gateway. Just after a
 * change of tabs GraphiQL still selects the operation of the other tab: the only one of a tab is always meant.
 */
function selectedOnly<Params extends { query: string; operationName?: string | null }>(
  params: Params,
): Params {
  try {
    const operations = separateOperations(parse(params.query));
    const [only, ...others] = Object.keys(operations);
    const operationName = others.length === 0 ? only : params.operationName;
    const selected = operations[operationName ?? ''];
    return selected ? { ...params, query: print(selected), operationName: operationName || null } : params;
  } catch {
    // The gateway reports syntax errors.
    return params;
  }
}

const root = document.getElementById('graphiql');
if (root) {
  const { endpoint = '/graphql', tabs = '[]' } = root.dataset;
  const send = createGraphiQLFetcher({ url: new URL(endpoint, location.href).href });
  const fetcher: typeof send = (params, options) => send(selectedOnly(params), options);
  // For the first visit only; GraphiQL restores earlier input.
  const defaultTabs = (JSON.parse(tabs) as { query: string; variables?: object }[]).map(
    ({ query, variables }) => ({ query, variables: variables ? JSON.stringify(variables, null, 2) : null }),
  );
  // GraphiQL fills the variables of the tab that is open at first from here only, and restores earlier input otherwise.
  const isFirstVisit = localStorage.getItem('graphiql:tabState') === null;
  const variables = isFirstVisit ? defaultTabs[0]?.variables : undefined;
  // A further tab is empty.
  createRoot(root).render(
    createElement(GraphiQL, {
      ...{ fetcher, defaultTabs, defaultQuery: '' },
      ...(variables && { variables }),
      defaultEditorToolsVisibility: 'variables',
    }),
  );
}
