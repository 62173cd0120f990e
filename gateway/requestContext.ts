/** The context of a request: what travels with it from the endpoint to the last call of a subgraph. */
import type { Logger } from 'pino';
import type { Reader } from './auth/readerClaims.ts';
import type { Account } from './demand/account.ts';
import type { GraphResult } from './execute/graph.ts';
import type { IncomingHeaders } from './wire/headerRules.ts';
import type { Results } from './wire/results.ts';

export interface RequestContext {
  requestId: string;
  /** The caller's own. */
  headers: IncomingHeaders;
  /** Fires when the caller has disconnected. */
  signal: AbortSignal;
  /** Writes lines that bear the request id. */
  log: Logger;
  /** The reader; anonymous where no endpoint sets one. */
  reader?: Reader | undefined;
  /** The address of the caller, of IPv6 its network; subgraphs receive it with mutations. */
  client?: string | undefined;
  /** The variables, where Apollo Server has rounded numbers of them. */
  variables?: Record<string, unknown> | undefined;
  /** The account that pays for the request; absent where requests are free. */
  account?: Account | undefined;
  /** The payment of the fast path, for a request that continues at Apollo Server. */
  paid?: Promise<void> | undefined;
  /** The result of the operation steps, which Apollo Server's executor returns. */
  result?: Results<GraphResult> | undefined;
  /** Fields of the access log line beside method, path and status. */
  note: { operation?: string; account?: string; reader?: string; token?: string };
}
