/** The request of a plan to a subgraph: as JSON text for HTTP, as values for in-process calls. */
import type { FieldNode } from 'graphql';
import type { CompiledCall } from '../compile/compilePlan.ts';
import { hasLongNumber, parseJson, withoutLong, writeJson } from '../wire/losslessJson.ts';
import type { SubgraphCall, SubgraphRequest } from '../wire/subgraphCall.ts';
import type { Gathered } from './entityBatch.ts';
import type { Reporter } from './placeErrors.ts';

/** The inputs of a run of a plan, from its request. */
export interface RunOptions {
  values: Values;
  callOf: (subgraph: string) => SubgraphCall;
  /** The headers for a subgraph. */
  headersFor: (subgraph: string) => Readonly<Record<string, string>>;
  /** The identity of the caller that subgraphs receive, as JSON text. */
  identity?: string | undefined;
  /** Fires when the client disconnects. */
  signal?: AbortSignal | undefined;
  introspect: (field: FieldNode, values: Values) => string;
  reporter: Reporter;
  /** Maximum size of the result; defaults to `maxResponseBytesUsually`. */
  maxResponseBytes?: number | undefined;
}

/** The values of a plan's variables. */
export interface Values {
  /** By name; variables without a value are absent. */
  given: Readonly<Record<string, unknown>>;
  /** The values that exist as JSON text already, by name. */
  json: Readonly<Record<string, string>>;
}

/** A subgraph call with a response. */
export interface CallMeta {
  subgraph: string;
  /** From the request to the response, in milliseconds. */
  durationMs: number;
  /** The Cache-Control header of the response, where the connection reads it. */
  cacheControl: string | undefined;
  /** The "extensions" of the response. */
  extensions: Readonly<Record<string, unknown>> | undefined;
}

/** A request that builds its body and its variables lazily, when they are read. */
export class PlannedRequest implements SubgraphRequest {
  readonly kind: 'query' | 'mutation';
  readonly headers: Readonly<Record<string, string>>;
  readonly identity: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly #gathered: Gathered;
  readonly #values: Values;

  constructor(
    { kind }: CompiledCall,
    gathered: Gathered,
    headers: Readonly<Record<string, string>>,
    { values, identity, signal }: RunOptions,
  ) {
    this.kind = kind;
    this.headers = headers;
    this.identity = identity;
    this.signal = signal;
    this.#gathered = gathered;
    this.#values = values;
  }

  get query() {
    return this.#gathered.text.query;
  }

  get document() {
    return this.#gathered.text.document;
  }

  get operationName() {
    return this.#gathered.text.operationName;
  }

  get variables(): Readonly<Record<string, unknown>> {
    const variables: Record<string, unknown> = {};
    const { given } = this.#values;
    for (const name of this.#gathered.text.variables)
      if (name in given) variables[name] = withoutLong(given[name]);
    for (const { variables: own } of this.#gathered.filledBatches)
      for (const [name, json] of own)
        variables[name] = hasLongNumber(json) ? withoutLong(parseJson(json)) : JSON.parse(json);
    return variables;
  }

  get body(): string {
    const { text, filledBatches } = this.#gathered;
    const { given, json } = this.#values;
    let body = text.opening;
    let comma = '';
    for (const name of text.variables) {
      if (!(name in given)) continue;
      body += `${comma}"${name}":${json[name] ?? writeJson(given[name])}`;
      comma = ',';
    }
    for (const { variables } of filledBatches)
      for (const [name, value] of variables) {
        body += `${comma}"${name}":${value}`;
        comma = ',';
      }
    return `${body}}}`;
  }
}
