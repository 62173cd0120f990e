/** Metrics in the text format of Prometheus, of what the parts of this process publish on their channels. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { channels } from '../kit/channels.ts';
import { openBoundedLabel, printable } from './boundedLabels.ts';

export interface Metrics {
  contentType: string;
  /** All metrics, in the text format. */
  text: () => Promise<string>;
  close: () => void;
}

/** Operations that are not stored, and clients, are counted by name up to these numbers; all others together as "". */
const maxOperations = 200;
const maxClients = 50;
/** Statements have as many names as there are combinations of filters. */
const maxStatements = 300;
/** Subgraphs choose the codes of their errors. */
const maxCodes = 100;

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Statements and planning begin below a millisecond. */
const fineBuckets = [0.0002, 0.0005, ...buckets];

export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 10 });
  const registers = [registry];
  const operationLabel = openBoundedLabel(maxOperations, '');
  const clientLabel = openBoundedLabel(maxClients, '');
  const statementLabel = openBoundedLabel(maxStatements, 'other');
  const codeLabel = openBoundedLabel(maxCodes, 'other');
  /** Stored operations are bounded by their manifests. */
  const nameOf = (operation: string, isStored: boolean) => (isStored ? operation : operationLabel(operation));

  const requests = timer(registers, 'http_server_request_duration_seconds', 'HTTP requests by route.', [
    'route',
    'method',
    'status',
  ]);
  const operations = timer(
    registers,
    'graphql_operation_duration_seconds',
    'Operations, from their first step to their result; "" are unnamed ones and those beyond the first 200.',
    ['operation', 'client', 'outcome'],
  );
  const errors = new Counter({
    name: 'graphql_errors_total',
    help: 'Errors in results of operations, by code.',
    labelNames: ['code', 'operation'] as const,
    registers,
  });
  const calls = timer(
    registers,
    'subgraph_request_duration_seconds',
    'Calls of subgraphs, from the plan to the response: retries and hedges included.',
    ['subgraph', 'outcome'],
  );
  const retries = new Counter({
    name: 'subgraph_retries_total',
    help: 'Calls that were sent again.',
    labelNames: ['subgraph'] as const,
    registers,
  });
  const circuits = new Gauge({
    name: 'subgraph_circuit_state',
    help: 'Circuit breaker of a subgraph: 0 closed, 1 half-open, 2 open.',
    labelNames: ['subgraph'] as const,
    registers,
  });
  const plans = timer(
    registers,
    'plan_duration_seconds',
    'Query plans that were made.',
    ['outcome'],
    fineBuckets,
  );
  const planCache = new Counter({
    name: 'plan_cache_requests_total',
    help: 'Lookups of compiled plans.',
    labelNames: ['outcome'] as const,
    registers,
  });
  const statements = timer(
    registers,
    'sql_duration_seconds',
    'SQL reads by their prepared statement; the time that a read waits for a connection is included.',
    ['subgraph', 'statement'],
    fineBuckets,
  );
  const failedStatements = new Counter({
    name: 'sql_errors_total',
    help: 'SQL reads that failed.',
    labelNames: ['subgraph', 'statement'] as const,
    registers,
  });

  const subscriptions = [
    channels.httpRequest.subscribe(({ route, method, status, seconds }) =>
      requests(seconds, route, method, String(status)),
    ),
    channels.operation.subscribe(({ operation, isStored, client, outcome, codes, seconds }) => {
      const name = nameOf(operation, isStored);
      operations(seconds, name, clientLabel(printable(client)), outcome);
      for (const code of codes) errors.inc({ code: codeLabel(printable(code)), operation: name });
    }),
    channels.subgraphCall.subscribe(({ subgraph, outcome, seconds }) => calls(seconds, subgraph, outcome)),
    channels.subgraphRetry.subscribe(({ subgraph }) => retries.inc({ subgraph })),
    channels.circuit.subscribe(({ subgraph, state }) =>
      circuits.set({ subgraph }, ['closed', 'half-open', 'open'].indexOf(state)),
    ),
    channels.plan.subscribe(({ outcome, seconds }) => plans(seconds, outcome)),
    channels.planCache.subscribe(({ isHit }) => planCache.inc({ outcome: isHit ? 'hit' : 'miss' })),
    channels.statement.subscribe(({ subgraph, statement, isFailed, seconds }) => {
      const name = statementLabel(statement);
      statements(seconds, subgraph, name);
      if (isFailed) failedStatements.inc({ subgraph, statement: name });
    }),
  ];
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    close: () => {
      for (const unsubscribe of subscriptions) unsubscribe();
      registry.clear();
    },
  };
}

/** A histogram whose series are looked up by the text of their labels, since prom-client hashes an object for each observation. */
function timer(
  registers: Registry[],
  name: string,
  help: string,
  labelNames: string[],
  bucketsOf: number[] = buckets,
): (seconds: number, ...labels: string[]) => void {
  const histogram = new Histogram({ name, help, labelNames, buckets: bucketsOf, registers });
  const series = new Map<string, { observe: (seconds: number) => void }>();
  return (seconds, ...labels) => {
    const key = labels.join('\n');
    let one = series.get(key);
    if (!one) {
      one = histogram.labels(...labels);
      series.set(key, one);
    }
    one.observe(seconds);
  };
}
