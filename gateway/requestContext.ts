/** The context of a request, from its endpoint to its subgraph calls. */
import type { Logger } from 'pino';
import type { Reader } from './auth/readerClaims.ts';
import type { Account } from './demand/account.ts';
import type { GraphResult } from './execute/graph.ts';
import type { IncomingHeaders } from './wire/headerRules.ts';
import type { Results } from './wire/results.ts';

export interface RequestContext {
  requestId: string;
  /** The headers of the request. */
  headers: IncomingHeaders;
  /** Fires when the caller has disconnected. */
  signal: AbortSignal;
  /** Writes lines that bear the request id. */
  log: Logger;
  /** The reader; absent or `anonymousReader` for anonymous requests. */
  reader?: Reader | undefined;
  /** The IPv4 address or IPv6 network of the client; subgraphs receive it with mutations. */
  client?: string | undefined;
  /** The variables with exact numbers, if Apollo Server would round some of them. */
  variables?: Record<string, unknown> | undefined;
  /** The account that pays for the request; absent if requests are free. */
  account?: Account | undefined;
  /** The payment of the fast path, for a request that continues at Apollo Server. */
  paid?: Promise<void> | undefined;
  /** The result of the operation steps, which Apollo Server's executor returns. */
  result?: Results<GraphResult> | undefined;
  /** Fields of the access log line beside method, path and status. */
  note: { operation?: string; account?: string; reader?: string; token?: string };
}
