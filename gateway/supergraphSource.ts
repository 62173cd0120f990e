/** The source of the library's supergraph: SDL, a file, a URL, or a composer such as IntrospectAndCompose. */

import { parse } from 'graphql';
import { loadSupergraph, SupergraphError } from './supergraph/loadSupergraph.ts';
import { readSupergraph } from './supergraph/supergraphModel.ts';
import { watchSupergraph } from './supergraph/watchSupergraph.ts';
import { ownHeaders } from './wire/headerRules.ts';
import { singleResult } from './wire/results.ts';
import type { SubgraphCall, SubgraphResponse } from './wire/subgraphCall.ts';

/** Options for the source; exactly one of them must be set. */
export interface SupergraphSource {
  /** The composed supergraph, or a supergraph manager that loads and updates it, such as IntrospectAndCompose of @apollo/gateway. */
  supergraphSdl?: string | SupergraphHook | { initialize(options: HookOptions): Promise<Brought> };
  /** A file or an http(s) URL, which is polled for updates. */
  supergraph?: string;
}

export type SupergraphHook = (options: HookOptions) => Promise<Brought>;

export interface Brought {
  supergraphSdl: string;
  /** Called when the gateway stops. */
  cleanup?: (() => Promise<void>) | undefined;
}

export interface HookOptions {
  /** Replaces the supergraph; one that cannot be run is logged. */
  update: (supergraphSdl: string) => void;
  /** Queries `__typename` of each subgraph of a supergraph; rejects if one fails. */
  healthCheck: (supergraphSdl: string) => Promise<void>;
  /** Returns a data source for a subgraph, which sends requests as the gateway does. */
  getDataSource: (subgraph: { name: string; url?: string | undefined }) => DataSource;
}

export interface DataSource {
  process(options: { request: DataSourceRequest }): Promise<SubgraphResponse>;
}

interface DataSourceRequest {
  query?: string | undefined;
  variables?: Record<string, unknown> | undefined;
  http?: { headers: Iterable<[string, string]> } | undefined;
}

export interface OpenSourceOptions {
  pollMs: number;
  callOf: (name: string, url: string) => SubgraphCall;
  /** Replaces the supergraph by an update; rejects if it cannot be run. */
  take: (sdl: string) => Promise<void>;
  onProblem: (sentence: string) => void;
}

export interface OpenSupergraph {
  sdl: string;
  /** Applies updates from now on. */
  start: () => void;
  stop: () => Promise<void>;
}

/** Loads the first supergraph; rejects if that fails. */
export async function openSupergraph(
  { supergraphSdl, supergraph }: SupergraphSource,
  { pollMs, callOf, take, onProblem }: OpenSourceOptions,
): Promise<OpenSupergraph> {
  if (supergraph !== undefined && supergraphSdl === undefined) {
    const sdl = await loadSupergraph(supergraph);
    let stop = () => {};
    const start = () => {
      ({ stop } = watchSupergraph({ source: supergraph, sdl, pollMs, take, onProblem }));
    };
    return { sdl, start, stop: async () => stop() };
  }
  if (typeof supergraphSdl === 'string' && supergraph === undefined)
    return { sdl: supergraphSdl, start: () => {}, stop: async () => {} };
  if (supergraphSdl === undefined || typeof supergraphSdl === 'string' || supergraph !== undefined)
    throw new SupergraphError(
      `Expected either "supergraphSdl" or "supergraph", but got: ${supergraph === undefined ? 'neither' : 'both'}.`,
    );
  return openHook(supergraphSdl, { callOf, take, onProblem });
}

async function openHook(
  hook: Exclude<SupergraphSource['supergraphSdl'], string | undefined>,
  { callOf, take, onProblem }: Omit<OpenSourceOptions, 'pollMs'>,
): Promise<OpenSupergraph> {
  let isOpen = false;
  let isStopped = false;
  let latest: string | undefined;
  const update = (sdl: string) => {
    latest = sdl;
    if (!isOpen || isStopped) return;
    take(sdl).catch((error: unknown) => onProblem(error instanceof Error ? error.message : String(error)));
  };
  const options: HookOptions = {
    update,
    healthCheck: (next) => checkSubgraphs(next, callOf),
    getDataSource: ({ name, url = '' }) => sourceOf(callOf(name, url)),
  };
  const { supergraphSdl: sdl, cleanup } = await ('initialize' in hook
    ? hook.initialize(options)
    : hook(options));
  return {
    sdl,
    start: () => {
      isOpen = true;
      // Applies an update that arrived while the first graph was opening.
      if (latest !== undefined) update(latest);
    },
    stop: async () => {
      isStopped = true;
      await cleanup?.();
    },
  };
}

async function checkSubgraphs(sdl: string, callOf: OpenSourceOptions['callOf']): Promise<void> {
  const { subgraphs } = readSupergraph(sdl, parse(sdl, { noLocation: true }));
  await Promise.all(
    subgraphs.map(async ({ name, url }) => {
      const request = { query: '{ __typename }', kind: 'query', headers: {} } as const;
      const { errors } = singleResult(await callOf(name, url)(request));
      if (errors) throw new Error(`Expected subgraph "${name}" to answer, but got: ${errors[0]?.message}`);
    }),
  );
}

function sourceOf(call: SubgraphCall): DataSource {
  return {
    process: async ({ request: { query = '', variables, http } }) => {
      const headers = ownHeaders(Object.fromEntries(http?.headers ?? []));
      return singleResult(await call({ query, variables, kind: 'query', headers }));
    },
  };
}
