/** The current graph, and its atomic replacement: requests in flight complete on the graph on which they began. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type GraphQLSchema, validate } from 'graphql';
import { isStream, type Results, withEnd } from '../wire/results.ts';
import type { Graph, GraphRequest, GraphResult } from './graph.ts';

export interface Graphs {
  /** The current graph, which executes new requests. */
  now: () => Graph;
  /** The graph with this `apiSchema`, or the current graph if there is none. */
  of: (schema: GraphQLSchema) => Graph;
  /**
   * Executes an operation on the graph against whose schema it was validated. Where that graph has been closed while earlier steps
   * were working, the current graph executes it if it is valid there too.
   */
  execute: (schema: GraphQLSchema, request: GraphRequest) => Promise<Results<GraphResult>>;
  /**
   * Opens the graph of `supergraphSdl`, plans the cached operations, and replaces the current graph, which is closed when its
   * last request ends. Rejects, and changes nothing, if the supergraph cannot be run. Of several replacements requested while one
   * is opening, only the last takes effect.
   */
  replace: (supergraphSdl: string) => Promise<void>;
  /** Calls `listener` with each new graph; returns a function that removes the listener. */
  onReplace: (listener: (graph: Graph) => void) => () => void;
  close: () => Promise<void>;
}

/** Maximum operations planned before a new graph takes over; others are planned on their first request. */
const maxWarmed = 500;

/** Opens the first graph; rejects if it cannot be run. */
export async function openGraphs(
  supergraphSdl: string,
  open: (supergraphSdl: string) => Promise<Graph>,
): Promise<Graphs> {
  const listeners = new Set<(graph: Graph) => void>();
  const leases = new WeakMap<GraphQLSchema, GraphLease>();
  const begin = (graph: Graph): GraphLease => {
    const lease = new GraphLease(graph);
    leases.set(graph.apiSchema, lease);
    return lease;
  };
  let now = begin(await open(supergraphSdl));
  let latestSdl = supergraphSdl;
  let replacing: Promise<void> | undefined;
  let isClosed = false;

  async function replaceByLatest(): Promise<void> {
    while (now.graph.supergraphSdl !== latestSdl) {
      const sdl = latestSdl;
      let next: Graph;
      try {
        next = await open(sdl);
      } catch (error) {
        // A newer supergraph may be valid.
        if (sdl !== latestSdl) continue;
        latestSdl = now.graph.supergraphSdl;
        throw error;
      }
      const isLatest = () => !isClosed && sdl === latestSdl;
      await warm(next, now.graph, isLatest);
      if (!isLatest()) {
        await next.close();
        if (isClosed) return;
        continue;
      }
      const before = now;
      now = begin(next);
      for (const listener of listeners) listener(next);
      before.end();
    }
  }

  return {
    now: () => now.graph,
    of: (schema) => (leases.get(schema) ?? now).graph,
    execute: (schema, request) => {
      const lease = leases.get(schema) ?? now;
      const isLate = lease.isClosed && validate(now.graph.apiSchema, request.document).length === 0;
      return (isLate ? now : lease).execute(request);
    },
    replace: (sdl) => {
      latestSdl = sdl;
      replacing ??= replaceByLatest().finally(() => {
        replacing = undefined;
      });
      return replacing;
    },
    onReplace: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: async () => {
      isClosed = true;
      await replacing?.catch(() => undefined);
      await now.end();
    },
  };
}

/** A reference-counted graph: it is closed when its last request ends. */
class GraphLease {
  readonly graph: Graph;
  #open = 0;
  #isOver = false;
  #closed: Promise<void> | undefined;

  constructor(graph: Graph) {
    this.graph = graph;
  }

  get isClosed(): boolean {
    return this.#closed !== undefined;
  }

  /** Holds the graph until the result is complete; for a stream, until the stream ends. */
  async execute(request: GraphRequest): Promise<Results<GraphResult>> {
    this.#open++;
    let results: Results<GraphResult> | undefined;
    try {
      results = await this.graph.execute(request);
      return isStream(results) ? withEnd(results, () => this.#release()) : results;
    } finally {
      if (results === undefined || !isStream(results)) this.#release();
    }
  }

  #release(): void {
    this.#open--;
    if (this.#isOver) this.#closeWhenIdle();
  }

  /** Closes the graph when its last request ends; resolves at once while requests are in flight. */
  end(): Promise<void> {
    this.#isOver = true;
    this.#closeWhenIdle();
    return this.#closed ?? Promise.resolve();
  }

  #closeWhenIdle(): void {
    if (this.#open === 0) this.#closed ??= this.graph.close();
  }
}

/** Plans the cached operations of the previous graph, the most used first, and yields to requests between them. */
async function warm(next: Graph, before: Graph, isLatest: () => boolean): Promise<void> {
  for (const { document, operationName, reader } of before.known().slice(0, maxWarmed)) {
    if (!isLatest()) return;
    if (validate(next.apiSchema, document).length > 0) continue;
    // A planning error is reported to the next request for the operation.
    await next.explain({ document, operationName, reader }).catch(() => undefined);
    await nextTurn();
  }
}
