/** Metrics in the text format of Prometheus, of what the parts of this process publish on their channels. */
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { channels } from '../kit/channels.ts';
import { openBoundedLabel } from './boundedLabels.ts';

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

/** Series of one metric; a histogram has 16 lines for each. */
const maxSeries = 1_000;

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
  const errors = counter(registers, 'graphql_errors_total', 'Errors in results of operations, by code.', [
    'code',
    'operation',
  ]);
  const calls = timer(
    registers,
    'subgraph_request_duration_seconds',
    'Calls of subgraphs, from the plan to the response.',
    ['subgraph', 'outcome'],
  );
  const plans = timer(
    registers,
    'plan_duration_seconds',
    'Query plans that were made.',
    ['outcome'],
    fineBuckets,
  );
  const planCache = counter(registers, 'plan_cache_requests_total', 'Lookups of compiled plans.', [
    'outcome',
  ]);
  const statements = timer(
    registers,
    'sql_duration_seconds',
    'SQL reads by their prepared statement; the time that a read waits for a connection is included.',
    ['subgraph', 'statement'],
    fineBuckets,
  );
  const failedStatements = counter(registers, 'sql_errors_total', 'SQL reads that failed.', [
    'subgraph',
    'statement',
  ]);

  const subscriptions = [
    channels.httpRequest.subscribe(({ route, method, status, seconds }) =>
      requests(seconds, route, method, String(status)),
    ),
    channels.operation.subscribe(({ operation, isStored, client, outcome, codes, seconds }) => {
      const name = nameOf(operation, isStored);
      operations(seconds, name, clientLabel(client), outcome);
      for (const code of codes) errors(1, codeLabel(code), name);
    }),
    channels.subgraphCall.subscribe(({ subgraph, outcome, seconds }) => calls(seconds, subgraph, outcome)),
    channels.plan.subscribe(({ outcome, seconds }) => plans(seconds, outcome)),
    channels.planCache.subscribe(({ isHit }) => planCache(1, isHit ? 'hit' : 'miss')),
    channels.statement.subscribe(({ subgraph, statement, isFailed, seconds }) => {
      const name = statementLabel(statement);
      statements(seconds, subgraph, name);
      if (isFailed) failedStatements(1, subgraph, name);
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

type Record = (value: number, ...labels: string[]) => void;

function timer(
  registers: Registry[],
  name: string,
  help: string,
  labelNames: string[],
  bucketsOf: number[] = buckets,
): Record {
  const histogram = new Histogram({ name, help, labelNames, buckets: bucketsOf, registers });
  const observerOf = seriesOf((labels) => histogram.labels(...labels));
  return (seconds, ...labels) => observerOf(labels).observe(seconds);
}

function counter(registers: Registry[], name: string, help: string, labelNames: string[]): Record {
  const one = new Counter({ name, help, labelNames, registers });
  const counterOf = seriesOf((labels) => one.labels(...labels));
  return (count, ...labels) => counterOf(labels).inc(count);
}

/**
 * Returns the series of some labels, looked up by their text, since prom-client hashes an object for each observation. Beyond the
 * first series all share one with "other" for each label: labels are bounded one by one, their combinations are not.
 */
function seriesOf<Series>(
  create: (labels: readonly string[]) => Series,
): (labels: readonly string[]) => Series {
  const series = new Map<string, Series>();
  const add = (key: string, labels: readonly string[]) => {
    const one = create(labels);
    series.set(key, one);
    return one;
  };
  return (labels) => {
    const key = labels.join('\n');
    const known = series.get(key);
    if (known) return known;
    if (series.size < maxSeries) return add(key, labels);
    const others = labels.map(() => 'other');
    return series.get(others.join('\n')) ?? add(others.join('\n'), others);
  };
}
