/**
 * The diagnostics channels (`node:diagnostics_channel`) on which the parts of a process publish what they did. A channel without a
 * subscriber costs one check; `telemetry/` subscribes to all of them. Durations are in seconds.
 */
import { type Channel, channel } from 'node:diagnostics_channel';

export interface HttpRequestMessage {
  /** The pattern of the path, such as "/health/live"; "" where nothing is served. */
  route: string;
  method: string;
  status: number;
  seconds: number;
}

export interface OperationMessage {
  /** The name of the operation; "" if it has none. */
  operation: string;
  isStored: boolean;
  /** The name that the client gives itself in the header apollographql-client-name. */
  client: string;
  version: string;
  /** "ok", "partial" where there is data beside errors, else "failed". */
  outcome: 'ok' | 'partial' | 'failed';
  /** The codes of the errors. */
  codes: readonly string[];
  seconds: number;
  /** The subgraph calls with a response, in the order of their responses. */
  calls: readonly { subgraph: string; durationMs: number }[];
  /** The id of the request in the log. */
  requestId: string;
  /** The parsed document, the same object for each request of a known operation. */
  document: object;
  /** The schema that the document is valid against. */
  schema: object;
}

export interface SubgraphCallMessage {
  subgraph: string;
  /** "ok", "errors" for a response with errors, else the kind of the failure. */
  outcome: string;
  seconds: number;
}

export interface PlanMessage {
  /** Whether the plan could be made. */
  outcome: 'made' | 'failed';
  seconds: number;
}

export interface PlanCacheMessage {
  isHit: boolean;
}

export interface StatementMessage {
  subgraph: string;
  /** The name of the prepared statement; "unnamed" for others. */
  statement: string;
  isFailed: boolean;
  seconds: number;
}

/** Publishes the messages of one type. */
export interface TypedChannel<Message> {
  readonly name: string;
  /** Whether to build a message at all. */
  readonly hasSubscribers: boolean;
  publish: (message: Message) => void;
  subscribe: (listener: (message: Message) => void) => () => void;
}

function typed<Message>(name: string): TypedChannel<Message> {
  const inner: Channel = channel(name);
  return {
    name,
    get hasSubscribers() {
      return inner.hasSubscribers;
    },
    publish: (message) => inner.publish(message),
    subscribe: (listener) => {
      const onMessage = (message: unknown) => listener(message as Message);
      inner.subscribe(onMessage);
      return () => void inner.unsubscribe(onMessage);
    },
  };
}

export const channels = {
  httpRequest: typed<HttpRequestMessage>('dateline.http.request'),
  operation: typed<OperationMessage>('dateline.graphql.operation'),
  subgraphCall: typed<SubgraphCallMessage>('dateline.subgraph.call'),
  plan: typed<PlanMessage>('dateline.plan'),
  planCache: typed<PlanCacheMessage>('dateline.plan.cache'),
  statement: typed<StatementMessage>('dateline.sql.statement'),
};

/** Seconds since `startMs`, a time of `performance.now()`. */
export const secondsSince = (startMs: number): number => (performance.now() - startMs) / 1000;
