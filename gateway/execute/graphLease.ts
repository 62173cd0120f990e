/** The graph that answers now. Another takes its place whole: what has begun ends on the one it began with. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type GraphQLSchema, validate } from 'graphql';
import { isStream, type Results, withEnd } from '../wire/results.ts';
import type { Graph, GraphRequest, GraphResult } from './graph.ts';

export interface Graphs {
  /** The graph that answers new requests. */
  now: () => Graph;
  /** The graph with this schema for clients; the one that answers now where nobody has that any longer. */
  of: (schema: GraphQLSchema) => Graph;
  /**
   * Executes an operation on the graph against whose schema it was validated. Where that graph has been closed while earlier steps
   * were working, the current graph executes it if it is valid there too.
   */
  execute: (schema: GraphQLSchema, request: GraphRequest) => Promise<Results<GraphResult>>;
  /**
   * Opens the graph of `supergraphSdl`, plans the operations that are known by now, and puts it in the place of the one
   * before, which is closed when its last answer is given. Rejects, and changes nothing, when it cannot be run. Of
   * several that are given while one is being opened only the last is taken.
   */
  replace: (supergraphSdl: string) => Promise<void>;
  /** Calls `listener` with each graph that comes; returns what ends that. */
  onReplace: (listener: (graph: Graph) => void) => () => void;
  close: () => Promise<void>;
}

/** Operations that are planned before a new graph takes over; the rest is planned when it is asked for. */
const maxWarmed = 500;

/** Opens the first graph; rejects when it cannot be run. */
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
  let wanted = supergraphSdl;
  let replacing: Promise<void> | undefined;
  let isClosed = false;

  async function replaceByWanted(): Promise<void> {
    while (now.graph.supergraphSdl !== wanted) {
      const sdl = wanted;
      let next: Graph;
      try {
        next = await open(sdl);
      } catch (error) {
        // One that came meanwhile may be whole.
        if (sdl !== wanted) continue;
        wanted = now.graph.supergraphSdl;
        throw error;
      }
      const isWanted = () => !isClosed && sdl === wanted;
      await warm(next, now.graph, isWanted);
      if (!isWanted()) {
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
      wanted = sdl;
      replacing ??= replaceByWanted().finally(() => {
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

  /** Holds the graph until the result is there; for a stream, until that ends. */
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

  /** Closes the graph after its last answer; resolves at once while there are some to give. */
  end(): Promise<void> {
    this.#isOver = true;
    this.#closeWhenIdle();
    return this.#closed ?? Promise.resolve();
  }

  #closeWhenIdle(): void {
    if (this.#open === 0) this.#closed ??= this.graph.close();
  }
}

/** Plans what the graph before was asked, the most used first, a bit at a time so that others are answered meanwhile. */
async function warm(next: Graph, before: Graph, isWanted: () => boolean): Promise<void> {
  for (const { document, operationName, reader } of before.known().slice(0, maxWarmed)) {
    if (!isWanted()) return;
    if (validate(next.apiSchema, document).length > 0) continue;
    // What cannot be planned says so to whoever asks for it.
    await next.explain({ document, operationName, reader }).catch(() => undefined);
    await nextTurn();
  }
}
