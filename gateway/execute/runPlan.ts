/** Runs a compiled plan: sends each call as soon as its inputs are available, and prints the result from their responses. */
import { type GraphQLSchema, isObjectType } from 'graphql';
import type { CompiledCall, CompiledPlan } from '../compile/compilePlan.ts';
import type { Item } from '../compile/listItems.ts';
import { copyOf, rewrite } from '../compile/mergeResponse.ts';
import { wordingOf } from '../errors.ts';
import { limits } from '../operationLimits.ts';
import { isStream, type Results } from '../wire/results.ts';
import { SubgraphFailure, type SubgraphResponse } from '../wire/subgraphCall.ts';
import { type FilledBatch, type Gathered, gather, takeApart } from './entityBatch.ts';
import {
  type FailedCall,
  type PlacedError,
  placeErrors,
  unauthorizedErrors,
  withNullViolations,
} from './placeErrors.ts';
import { areRefusals, isOfWhole } from './splitRequest.ts';
import { type CallMeta, PlannedRequest, type RunOptions } from './subgraphRequest.ts';

/** 64 MB. */
export const maxResponseBytesUsually = limits.maxResponseBytes.preset;

export interface Ran {
  /** The value of "data" as JSON. */
  text: string;
  errors: readonly PlacedError[];
  /** The calls with a response, in the order of their responses. */
  calls: readonly CallMeta[];
}

/** Resolves to the result. Never rejects because of a subgraph: its failures become errors at their paths. */
export function runPlan(plan: CompiledPlan, options: RunOptions): Promise<Ran> {
  return new Promise((resolve, reject) => {
    new Run(plan, options, resolve, reject).start();
  });
}

class Run {
  readonly root: Item = {};
  readonly failed: FailedCall[] = [];
  /** Objects for which a subgraph returned a null entity: their fields of that subgraph are null, without an error. */
  readonly absent = new Set<Item>();
  readonly calls: CallMeta[] = [];
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
    this.#send(call, gathered, call.kind === 'query')
      .then(() => this.#end(call))
      .catch(this.#reject);
  }

  /**
   * Sends a request and handles its response or failure. Resolves to whether there is data. If `mayRepeat`, a failed merged request
   * may be sent again as its single fetches.
   */
  #send(call: CompiledCall, gathered: Gathered, mayRepeat: boolean): Promise<boolean> {
    const { callOf, headersFor, signal } = this.#options;
    const sendApart = (giveUp: (part: Gathered) => void): Promise<boolean> | undefined => {
      const parts = mayRepeat && !signal?.aborted ? takeApart(gathered) : [];
      return parts.length === 0 ? undefined : this.#sendParts(call, parts, giveUp);
    };
    const fail = (failure: unknown): Promise<boolean> | boolean => {
      const giveUp = (part: Gathered) =>
        void this.failed.push({ call, gathered: part, failure, errors: [{}] });
      const apart = isOfWhole(failure) ? sendApart(giveUp) : undefined;
      if (!apart) giveUp(gathered);
      return apart ?? false;
    };
    const begunMs = performance.now();
    const handle = (responses: Results<SubgraphResponse>): Promise<boolean> | boolean => {
      if (isStream(responses))
        return fail(new SubgraphFailure('malformed', 'Expected a single response, but got: a stream.'));
      const { data, errors, cacheControl, extensions } = responses;
      const durationMs = performance.now() - begunMs;
      this.calls.push({ subgraph: call.subgraph, durationMs, cacheControl, extensions });
      const giveUp = (part: Gathered) => this.#take(call, part, responses);
      const apart = !data && !(errors && areRefusals(errors)) ? sendApart(giveUp) : undefined;
      if (!apart) giveUp(gathered);
      return apart ?? Boolean(data);
    };
    const request = new PlannedRequest(call, gathered, headersFor(call.subgraph), this.#options);
    let response: Promise<Results<SubgraphResponse>>;
    try {
      response = callOf(call.subgraph)(request);
    } catch (error) {
      response = Promise.reject(error);
    }
    return response.then(handle, fail);
  }

  /**
   * Sends two of the parts, and the others only if one of these has data: a subgraph that fails for every request does not receive
   * dozens more.
   */
  async #sendParts(
    call: CompiledCall,
    parts: readonly Gathered[],
    giveUp: (part: Gathered) => void,
  ): Promise<boolean> {
    const send = (part: Gathered) => this.#send(call, part, false);
    const others = parts.slice(2);
    const hasData = (await Promise.all(parts.slice(0, 2).map(send))).some(Boolean);
    if (hasData) await Promise.all(others.map(send));
    else for (const part of others) giveUp(part);
    return hasData;
  }

  #isWanted({ conditions }: CompiledCall): boolean {
    if (conditions.length === 0) return true;
    const values = this.#conditionValues();
    return conditions.every(({ variable, is }) => values[variable] === is);
  }

  #take(call: CompiledCall, gathered: Gathered, { data, errors }: SubgraphResponse): void {
    if (data) this.#merge(call, gathered, data, errors !== undefined);
    else if (!errors) this.#failMalformed(call, gathered, 'Expected "data", but got: null.');
    if (errors) this.failed.push({ call, gathered, errors, data });
  }

  #failMalformed(call: CompiledCall, gathered: Gathered, problem: string): void {
    const failure = new SubgraphFailure('malformed', problem);
    this.failed.push({ call, gathered, failure, errors: [{}] });
  }

  /** Merges each part of the response into the data; a malformed part fails without the others. */
  #merge(call: CompiledCall, gathered: Gathered, data: Item, hasErrors: boolean): void {
    for (const root of gathered.roots) {
      const { find, merge, rewrites, schema } = root;
      this.#orFail(call, { ...gathered, roots: [root], filledBatches: [] }, () => {
        if (rewrites.length > 0) rewrite(data, rewrites, schema);
        if (!find) merge(this.root, data);
        else for (const item of find(this.root)) merge(item, copyOf(data) as Item);
      });
    }
    for (const batch of gathered.filledBatches) {
      const { alias, texts } = batch;
      const list = data[alias];
      // With errors, the whole list of entities may be null.
      if (isNothing(list) && hasErrors) continue;
      const own = { ...gathered, roots: [], filledBatches: [batch] };
      if (!Array.isArray(list) || list.length !== texts.length) {
        const got = Array.isArray(list) ? list.length : typeof list;
        this.#failMalformed(
          call,
          own,
          `Expected "${alias}" to be a list of ${texts.length}, but got: ${got}.`,
        );
      } else this.#orFail(call, own, () => this.#mergeEntities(call, own, batch, list));
    }
  }

  /** Runs `merge`, and treats a response that is nested too deep as malformed. */
  #orFail(call: CompiledCall, gathered: Gathered, merge: () => void): void {
    try {
      merge();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#failMalformed(
        call,
        gathered,
        'Expected an answer that can be put together, but got: one nested too deep.',
      );
    }
  }

  #mergeEntities(
    call: CompiledCall,
    gathered: Gathered,
    { alias, destinations }: FilledBatch,
    list: unknown[],
  ): void {
    const unknownObjects = new Set<number>();
    const { part: first } = destinations[0] as FilledBatch['destinations'][number];
    if (first.rewrites.length > 0) rewrite(list, first.rewrites, first.schema);
    for (const { part, items, index } of destinations) {
      for (let at = 0; at < items.length; at++) {
        const entity = list[index[at] as number];
        const item = items[at] as Item;
        if (entity === null) {
          this.absent.add(item);
          continue;
        }
        const own = part.isCopied ? copyOf(entity) : entity;
        const isKnown = isItem(own) && isSameKind(item, own, part.schema) && part.merge(item, own);
        // An entity without any of the fields selected on its type is of another type.
        if (!isKnown && part.isNeverEmpty) unknownObjects.add(index[at] as number);
      }
    }
    if (unknownObjects.size > 0) {
      const failure = new SubgraphFailure('malformed', 'Expected an entity, but got: one of another type.');
      const errors = [...unknownObjects].map((index) => ({ path: [alias, index] }));
      this.failed.push({ call, gathered, failure, errors, data: { [alias]: list } });
    }
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
    const { introspect, values, reporter, maxResponseBytes = maxResponseBytesUsually } = this.#options;
    const { failed, root, calls } = this;
    const plan = this.#plan;
    const conditions = this.#conditionValues();
    const printed = plan.write(root, conditions, {
      introspect: (field) => introspect(field, values),
      absent: this.absent,
      maxBytes: maxResponseBytes,
    });
    if (!printed) {
      this.#resolve({ text: 'null', errors: [tooLarge(maxResponseBytes)], calls });
      return;
    }
    const { text, violations, unauthorized } = printed;
    const execution = { plan, conditions, root };
    const placed = failed.length > 0 ? placeErrors(failed, execution, reporter) : nonePlaced;
    const errors =
      violations.length > 0
        ? withNullViolations(placed, violations, failed, execution, reporter)
        : placed.errors;
    const allErrors = unauthorized.length > 0 ? [...unauthorizedErrors(unauthorized), ...errors] : errors;
    this.#resolve({ text, errors: allErrors, calls });
  }

  #conditionValues(): Record<string, unknown> {
    if (!this.#conditions) {
      const { given } = this.#options.values;
      this.#conditions = {};
      for (const [name, defaultValue] of this.#plan.conditions)
        this.#conditions[name] = Object.hasOwn(given, name) ? given[name] : defaultValue;
    }
    return this.#conditions;
  }
}

const nonePlaced = { errors: [], isAnyUnplaced: false };

function tooLarge(maxBytes: number): PlacedError {
  const code = 'OPERATION_TOO_LARGE';
  return {
    message: wordingOf(code, { limit: limits.maxResponseBytes.says(maxBytes) }),
    extensions: { code },
  };
}

const isNothing = (value: unknown): value is null | undefined => value === null || value === undefined;

const isItem = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether an entity may be merged into an item: the types are equal or unknown, or one of them is an interface. */
function isSameKind(item: Item, entity: Item, schema: GraphQLSchema): boolean {
  const itemType = item.__typename;
  const entityType = entity.__typename;
  if (entityType === undefined || entityType === itemType) return true;
  const isObject = (name: unknown) => isObjectType(schema.getType(String(name)));
  return !(isObject(itemType) && isObject(entityType));
}
