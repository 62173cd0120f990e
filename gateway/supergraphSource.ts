/** Where the supergraph of a library comes from: a text, a file, a URL, or whoever composes it. */

import { parse } from 'graphql';
import { loadSupergraph, SupergraphError } from './supergraph/loadSupergraph.ts';
import { readSupergraph } from './supergraph/supergraphModel.ts';
import { watchSupergraph } from './supergraph/watchSupergraph.ts';
import { ownHeaders } from './wire/headerRules.ts';
import { singleResult } from './wire/results.ts';
import type { SubgraphCall, SubgraphResponse } from './wire/subgraphCall.ts';

/** One of the two. */
export interface SupergraphSource {
  /** The composed supergraph; or who brings it and those that come later, such as IntrospectAndCompose of @apollo/gateway. */
  supergraphSdl?: string | SupergraphHook | { initialize(options: HookOptions): Promise<Brought> };
  /** A file or an http(s) URL, which is looked at again and again. */
  supergraph?: string;
}

export type SupergraphHook = (options: HookOptions) => Promise<Brought>;

export interface Brought {
  supergraphSdl: string;
  /** Called when the gateway stops. */
  cleanup?: (() => Promise<void>) | undefined;
}

export interface HookOptions {
  /** Takes another supergraph; one that cannot be run is told to the log. */
  update: (supergraphSdl: string) => void;
  /** Asks each subgraph of a supergraph for its `__typename`; rejects when one does not answer. */
  healthCheck: (supergraphSdl: string) => Promise<void>;
  /** Asks a subgraph as the gateway does, for whoever composes. */
  getDataSource: (subgraph: { name: string; url?: string | undefined }) => DataSource;
}

export interface DataSource {
  process(asked: { request: AskedOfSource }): Promise<SubgraphResponse>;
}

interface AskedOfSource {
  query?: string | undefined;
  variables?: Record<string, unknown> | undefined;
  http?: { headers: Iterable<[string, string]> } | undefined;
}

export interface OpenSourceOptions {
  pollMs: number;
  callOf: (name: string, url: string) => SubgraphCall;
  /** Takes a supergraph that comes later; rejects when it cannot be run. */
  take: (sdl: string) => Promise<void>;
  onProblem: (sentence: string) => void;
}

export interface OpenSupergraph {
  sdl: string;
  /** From now on what comes later is taken. */
  start: () => void;
  stop: () => Promise<void>;
}

/** Brings the first supergraph; rejects when there is none. */
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
  bringer: Exclude<SupergraphSource['supergraphSdl'], string | undefined>,
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
  const { supergraphSdl: sdl, cleanup } = await ('initialize' in bringer
    ? bringer.initialize(options)
    : bringer(options));
  return {
    sdl,
    start: () => {
      isOpen = true;
      // What came while the first one was being opened.
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
