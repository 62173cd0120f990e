/** A request of a plan to a subgraph: as text for the wire, as values for a call in this process. */
import type { SubgraphRequest } from '../wire/call.ts';
import { hasLongNumber, parseJson, withoutLong, writeJson } from '../wire/json.ts';
import type { CompiledCall } from './compile.ts';
import type { Gathered } from './gather.ts';
import type { RunOptions, Values } from './run.ts';

/** Text and values are made when one of them is read. */
export class PlannedRequest implements SubgraphRequest {
  readonly kind: 'query' | 'mutation';
  readonly headers: Readonly<Record<string, string>>;
  readonly asker: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly #gathered: Gathered;
  readonly #values: Values;

  constructor(
    { kind }: CompiledCall,
    gathered: Gathered,
    headers: Readonly<Record<string, string>>,
    { values, asker, signal }: RunOptions,
  ) {
    this.kind = kind;
    this.headers = headers;
    this.asker = asker;
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
    for (const { variables: own } of this.#gathered.filled)
      for (const [name, json] of own)
        variables[name] = hasLongNumber(json) ? withoutLong(parseJson(json)) : JSON.parse(json);
    return variables;
  }

  get body(): string {
    const { text, filled } = this.#gathered;
    const { given, json } = this.#values;
    let body = text.opening;
    let comma = '';
    for (const name of text.variables) {
      if (!(name in given)) continue;
      body += `${comma}"${name}":${json[name] ?? writeJson(given[name])}`;
      comma = ',';
    }
    for (const { variables } of filled)
      for (const [name, value] of variables) {
        body += `${comma}"${name}":${value}`;
        comma = ',';
      }
    return `${body}}}`;
  }
}
