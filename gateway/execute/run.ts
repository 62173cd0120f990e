/** Runs a compiled plan: calls as soon as what they need is there, and the answer from what they bring. */
import { type FieldNode, type GraphQLSchema, isObjectType } from 'graphql';
import {
  type SubgraphAnswer,
  type SubgraphCall,
  SubgraphFailure,
  type SubgraphRequest,
} from '../wire/call.ts';
import type { Item } from './collect.ts';
import type { CompiledCall, CompiledPlan } from './compile.ts';
import {
  deniedErrors,
  type FailedCall,
  type PlacedError,
  placeErrors,
  type Reporter,
  withHoles,
} from './fail.ts';
import { type Filled, type Gathered, gather } from './gather.ts';
import { rewrite } from './merge.ts';

export interface RunOptions {
  values: Values;
  callOf: (subgraph: string) => SubgraphCall;
  /** The headers for a subgraph. */
  headersFor: (subgraph: string) => Readonly<Record<string, string>>;
  /** What the subgraphs are told of whoever asks. */
  asker?: string | undefined;
  /** Fires when the caller has gone. */
  signal?: AbortSignal | undefined;
  introspect: (field: FieldNode, values: Values) => string;
  reporter: Reporter;
}

/** The values of a plan's variables. */
export interface Values {
  /** Those that the caller gave; one that is not there was not given. */
  given: Readonly<Record<string, unknown>>;
  /** Those of given values that are known as JSON already. */
  json: Readonly<Record<string, string>>;
}

export interface Ran {
  /** The value of "data" as JSON. */
  text: string;
  errors: readonly PlacedError[];
}

/** Resolves to the answer. Never rejects for what a subgraph does: its failures are errors at their paths. */
export function runPlan(plan: CompiledPlan, options: RunOptions): Promise<Ran> {
  return new Promise((resolve, reject) => {
    new Run(plan, options, resolve, reject).start();
  });
}

class Run {
  readonly root: Item = {};
  readonly failed: FailedCall[] = [];
  readonly #plan: CompiledPlan;
  readonly #options: RunOptions;
  readonly #waits: number[];
  readonly #resolve: (ran: Ran) => void;
  readonly #reject: (error: unknown) => void;
  #open: number;
  #conditions: Record<string, unknown> | undefined;

  constructor(
    plan: CompiledPlan,
    options: RunOptions,
    resolve: (ran: Ran) => void,
    reject: (error: unknown) => void,
  ) {
    this.#plan = plan;
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#waits = plan.calls.map(({ waits }) => waits);
    this.#open = plan.calls.length;
  }

  start(): void {
    try {
      if (this.#plan.calls.length === 0) this.#finish();
      for (const call of this.#plan.calls) if (call.waits === 0) this.#begin(call);
    } catch (error) {
      this.#reject(error);
    }
  }

  #begin(call: CompiledCall): void {
    const gathered = this.#isWanted(call) ? gather(call, this.root, this.failed.length > 0) : undefined;
    if (!gathered) {
      this.#end(call);
      return;
    }
    const { callOf, headersFor } = this.#options;
    const request = new PlannedRequest(call, gathered, headersFor(call.subgraph), this.#options);
    callOf(call.subgraph)(request)
      .then(
        (answer) => this.#take(call, gathered, answer),
        (failure: unknown) => void this.failed.push({ call, gathered, failure, errors: [{}] }),
      )
      .then(() => this.#end(call))
      .catch(this.#reject);
  }

  #isWanted({ guards }: CompiledCall): boolean {
    if (guards.length === 0) return true;
    const conditions = this.#conditionValues();
    return guards.every(({ variable, is }) => conditions[variable] === is);
  }

  #take(call: CompiledCall, gathered: Gathered, { data, errors }: SubgraphAnswer): void {
    const problem = data
      ? this.#merge(call, gathered, data, errors !== undefined)
      : errors
        ? undefined
        : 'Expected "data", but got: null.';
    if (problem !== undefined)
      this.failed.push({ call, gathered, failure: new SubgraphFailure('malformed', problem), errors: [{}] });
    else if (errors) this.failed.push({ call, gathered, errors, data });
  }

  /** Returns what is wrong with the answer, if anything is; with errors beside them, entities may be null as a whole. */
  #merge(call: CompiledCall, gathered: Gathered, data: Item, hasErrors: boolean): string | undefined {
    const { roots } = call;
    const { filled } = gathered;
    for (const { alias, count } of filled) {
      const list = data[alias];
      if (isNothing(list) && hasErrors) continue;
      if (!Array.isArray(list) || list.length !== count)
        return `Expected "${alias}" to be a list of ${count}, but got: ${Array.isArray(list) ? list.length : typeof list}.`;
    }
    for (const { find, merge, rewrites, schema } of roots) {
      if (rewrites.length > 0) rewrite(data, rewrites, schema);
      if (!find) merge(this.root, data);
      else for (const item of find(this.root)) merge(item, structuredClone(data));
    }
    for (const { alias, feeds } of filled) {
      const strangers = new Set<number>();
      const list = data[alias] as unknown[] | null | undefined;
      if (isNothing(list)) continue;
      const { part: first } = feeds[0] as Filled['feeds'][number];
      if (first.rewrites.length > 0) rewrite(list, first.rewrites, first.schema);
      for (const { part, items, index } of feeds) {
        for (let at = 0; at < items.length; at++) {
          const entity = list[index[at] as number];
          const item = items[at] as Item;
          if (entity === null) continue;
          const own = part.isCopied ? structuredClone(entity) : entity;
          const isKnown = isItem(own) && isSameKind(item, own, part.schema) && part.merge(item, own);
          // Without any field of those that were asked of its type, it is of another.
          if (!isKnown && part.isNeverEmpty) strangers.add(index[at] as number);
        }
      }
      if (strangers.size > 0) {
        const failure = new SubgraphFailure('malformed', 'Expected an entity, but got: one of another type.');
        const errors = [...strangers].map((index) => ({ path: [alias, index] }));
        this.failed.push({ call, gathered, failure, errors, data });
      }
    }
    return undefined;
  }

  #end(call: CompiledCall): void {
    this.#open--;
    if (this.#open === 0) this.#finish();
    for (const next of call.next) {
      const waits = (this.#waits[next] as number) - 1;
      this.#waits[next] = waits;
      if (waits === 0) this.#begin(this.#plan.calls[next] as CompiledCall);
    }
  }

  #finish(): void {
    const { introspect, values, reporter } = this.#options;
    const plan = this.#plan;
    const asked = { plan, conditions: this.#conditionValues(), root: this.root };
    const { text, holes, denied } = plan.write(this.root, this.#conditionValues(), (field) =>
      introspect(field, values),
    );
    const placed = this.failed.length > 0 ? placeErrors(this.failed, this.root, asked, reporter) : [];
    const errors =
      holes.length > 0 ? withHoles(placed, holes, this.failed, this.root, asked, reporter) : placed;
    this.#resolve({ text, errors: denied.length > 0 ? [...deniedErrors(denied), ...errors] : errors });
  }

  #conditionValues(): Record<string, unknown> {
    if (!this.#conditions) {
      const { given } = this.#options.values;
      this.#conditions = {};
      for (const [name, usual] of this.#plan.conditions)
        this.#conditions[name] = Object.hasOwn(given, name) ? given[name] : usual;
    }
    return this.#conditions;
  }
}

const isNothing = (value: unknown): value is null | undefined => value === null || value === undefined;

const isItem = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether what came may be about the object: a subgraph may know an interface as a type, but no other type. */
function isSameKind({ __typename: asked }: Item, { __typename: came }: Item, schema: GraphQLSchema): boolean {
  if (came === undefined || came === asked) return true;
  const isObject = (name: unknown) => isObjectType(schema.getType(String(name)));
  return !(isObject(asked) && isObject(came));
}

/** A request to a subgraph: as text for the wire, as values for a call in this process; made when one of them is read. */
class PlannedRequest implements SubgraphRequest {
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
    for (const name of this.#gathered.text.variables) if (name in given) variables[name] = given[name];
    for (const { variables: own } of this.#gathered.filled)
      for (const [name, json] of own) variables[name] = JSON.parse(json);
    return variables;
  }

  get body(): string {
    const { text, filled } = this.#gathered;
    const { given, json } = this.#values;
    let body = text.opening;
    let comma = '';
    for (const name of text.variables) {
      if (!(name in given)) continue;
      body += `${comma}"${name}":${json[name] ?? JSON.stringify(given[name])}`;
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
