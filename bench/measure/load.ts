/**
 * The load of a scene, a process of its own: told over IPC what to ask of whom, it asks with autocannon and sends back
 * what came of it.
 */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

export interface LoadJob {
  url: string;
  /** Bodies of requests, asked in turn. */
  bodies: readonly string[];
  connections: number;
  /** How many requests; all that are begun are answered before the load ends. */
  amount: number;
  /** Whether each request carries an authorization of its own, or all of them the same. */
  isUnique: boolean;
  /** Authorizations to be sent in turn in place of those. */
  authorizations?: readonly string[];
}

export interface LoadFigures {
  /** Requests that were answered with 200. */
  requests: number;
  /** From the first request to the last answer. */
  seconds: number;
  p50Ms: number;
  p99Ms: number;
  /** Answers that were no 200 or had errors, and connections that broke. */
  failures: number;
}

interface Result {
  '2xx': number;
  non2xx: number;
  /** Answers that `verifyBody` refused. */
  mismatches: number;
  errors: number;
  timeouts: number;
}

interface Cannon extends PromiseLike<Result> {
  on(event: 'response', told: (client: unknown, status: number, bytes: number, ms: number) => void): void;
}

interface CannonRequest {
  method: string;
  headers: Record<string, string>;
  body: string;
}

const required = createRequire(resolve('bench/package.json'));
const autocannon: (options: object) => Cannon = required('autocannon');

/** No bearer token, which a gateway would look at. Grows over all jobs of this process, so that no two requests of a run are alike. */
let reader = 0;

async function load({
  url,
  bodies,
  connections,
  amount,
  isUnique,
  authorizations = [],
}: LoadJob): Promise<LoadFigures> {
  const headers = { 'content-type': 'application/json', authorization: 'Reader same' };
  const requests = bodies.map((body) => ({
    method: 'POST',
    headers,
    body,
    ...(isUnique && {
      setupRequest(request: CannonRequest) {
        reader += 1;
        const authorization = authorizations[reader % authorizations.length] ?? `Reader ${reader}`;
        return { ...request, headers: { ...headers, authorization } };
      },
    }),
  }));
  const times: number[] = [];
  const started = performance.now();
  let last = started;
  const verifyBody = (body: string) => !body.includes('"errors":[');
  const cannon = autocannon({ url, connections, amount, requests, verifyBody, timeout: 60, sampleInt: 20 });
  cannon.on('response', (_client, _status, _bytes, ms) => {
    last = performance.now();
    times.push(ms);
  });
  const result = await cannon;
  times.sort((a, b) => a - b);
  const percentile = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
  return {
    requests: result['2xx'],
    seconds: (last - started) / 1000,
    p50Ms: percentile(0.5),
    p99Ms: percentile(0.99),
    failures: result.non2xx + result.mismatches + result.errors + result.timeouts,
  };
}

process.on('message', (job: LoadJob) => {
  load(job).then(
    (figures) => process.send?.(figures),
    (error) => process.send?.({ error: String(error) }),
  );
});
process.stdout.write('The load is ready.\n');
