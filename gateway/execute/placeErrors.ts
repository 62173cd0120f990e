/** Errors at their places in the answer: those that subgraphs sent, those of calls that failed, nulls that may not be. */
import type { FieldNode } from 'graphql';
import type { CompiledCall, Part } from '../compile/compilePlan.ts';
import { own } from '../compile/generatedCode.ts';
import { type Item, isOfType } from '../compile/listItems.ts';
import type { NullViolation } from '../compile/nullViolations.ts';
import { wordingOf } from '../errors.ts';
import type { SubgraphError } from '../wire/subgraphCall.ts';
import { type Asked, clientPaths, fieldsOf, nameOf, renamedIn } from './clientPaths.ts';
import type { Destination, FilledBatch, Gathered } from './entityBatch.ts';
import { type Key, type Placed, placesOf } from './locateObjects.ts';

/** An error as a caller may see it. */
export interface ShownError {
  message: string;
  extensions: Record<string, unknown>;
}

export interface PlacedError extends ShownError {
  path?: readonly Key[];
}

/** A call that brought errors, or that failed as a whole. */
export interface Failed {
  subgraph: string;
  /** Why there is no answer, where there is none. */
  failure?: unknown;
  errors: readonly SubgraphError[];
}

/** Says what a caller is told of the errors of a call. Called once for each call. */
export interface Reporter {
  ofCall: (failed: Failed) => (error: SubgraphError) => ShownError;
  /** Of nulls, and values of a wrong type, that no subgraph told an error about. */
  ofHoles: (violations: readonly NullViolation[]) => (violation: NullViolation) => ShownError;
}

export interface FailedCall {
  call: CompiledCall;
  gathered: Gathered;
  failure?: unknown;
  errors: readonly SubgraphError[];
  /** What came beside the errors. */
  data?: Item | null | undefined;
}

/** One call that fails for a long list tells so at a hundred places, not at thousands. */
const maxErrorsPerCall = 100;

/** As many errors of one call are looked at: a subgraph may send a million of them, each for every place. */
const maxErrorsLookedAt = 1000;

/** Errors of calls at their places. */
export interface PlacedErrors {
  errors: readonly PlacedError[];
  /** Whether one of them has no place because nothing tells where it belongs: it may be why anything is missing. */
  isAnyUnplaced: boolean;
}

/** The errors of the calls, each at its place in the answer, in the names of the client. */
export function placeErrors(failed: readonly FailedCall[], asked: Asked, reporter: Reporter): PlacedErrors {
  let isAnyUnplaced = false;
  const errors = failed.flatMap((one) => {
    const { call, failure, errors: sent, data } = one;
    const show = reporter.ofCall({ subgraph: call.subgraph, failure, errors: sent });
    const places = new PlacesOfCall(one, asked.root);
    const placed: PlacedError[] = [];
    const seen = new Set<string>();
    const add = (error: PlacedError) => {
      const key = JSON.stringify([error.path, error.message]);
      if (!seen.has(key)) placed.push(error);
      seen.add(key);
    };
    for (const error of sent.slice(0, maxErrorsLookedAt)) {
      if (placed.length >= maxErrorsPerCall) break;
      const shown = show(error);
      const paths = places.of(error, shown);
      let isPlaced = false;
      for (const { path, part } of paths ?? []) {
        if (placed.length >= maxErrorsPerCall) break;
        isPlaced = true;
        for (const place of clientPaths(path, part, asked))
          add(place.length > 0 ? { ...shown, path: place } : shown);
      }
      if (isPlaced) continue;
      add(shown);
      // Beside data that is whole, it explains nothing.
      if (!paths || !data) isAnyUnplaced = true;
    }
    return placed.slice(0, maxErrorsPerCall);
  });
  return { errors, isAnyUnplaced };
}

/**
 * `errors`, and those violations that no error explains: none of them is at the violation, in it or around it, and the violation is not
 * in an object that a subgraph took away for one of them.
 */
export function withNullViolations(
  { errors, isAnyUnplaced }: PlacedErrors,
  violations: readonly NullViolation[],
  failed: readonly FailedCall[],
  asked: Asked,
  reporter: Reporter,
): readonly PlacedError[] {
  if (isAnyUnplaced) return errors;
  const paths = new Set<string>();
  const around = new Set<string>();
  const add = (path: readonly Key[]) => {
    paths.add(keyOf(path));
    for (let length = 0; length <= path.length; length++) around.add(keyOf(path.slice(0, length)));
  };
  const isUntold = ({ path }: NullViolation) => {
    if (around.has(keyOf(path))) return false;
    for (let length = 1; length < path.length; length++)
      if (paths.has(keyOf(path.slice(0, length)))) return false;
    return true;
  };
  for (const { path } of errors) if (path) add(path);
  // What may be null and is missing is told at its own place, unless that was told already.
  const missing = violations.filter((violation) => violation.isMissing && isUntold(violation));
  const isNear = nearnessOf(violations, asked);
  for (const one of failed)
    for (const { path, part } of new PlacesOfCall(one, asked.root).takenAway(isNear))
      for (const own of clientPaths(path, part, asked)) add(own);
  const untold = violations.filter((violation) => {
    if (violation.isMissing ? !missing.includes(violation) : !isUntold(violation)) return false;
    add(violation.path);
    return true;
  });
  if (untold.length === 0) return errors;
  const show = reporter.ofHoles(untold);
  return [...errors, ...untold.map((violation) => ({ ...show(violation), path: violation.path }))];
}

/** Errors for what was unauthorized, at its places. */
export function unauthorizedErrors(paths: readonly (readonly Key[])[]): PlacedError[] {
  const code = 'UNAUTHORIZED_FIELD_OR_TYPE';
  return paths.map((path) => ({ message: wordingOf(code), path, extensions: { code } }));
}

const keyOf = (path: readonly Key[]) => JSON.stringify(path);

/** Whether a place is around a violation or within it: a list of thousands has no more than a few that are. */
function nearnessOf(
  violations: readonly NullViolation[],
  { plan: { names } }: Asked,
): (keys: readonly Key[]) => boolean {
  const at = new Set(violations.map(({ path }) => keyOf(path)));
  const around = new Set(
    violations.flatMap(({ path }) => path.map((_, length) => keyOf(path.slice(0, length)))),
  );
  return (keys) => {
    const own = keys.map((key) => (typeof key === 'string' ? (names.get(key) ?? key) : key));
    return around.has(keyOf(own)) || own.some((_, index) => at.has(keyOf(own.slice(0, index + 1))));
  };
}

interface Path {
  path: readonly Key[];
  part: Part;
}

/** Which entities of a call, and what in them. */
interface Sought {
  isMeant?: (index: number) => boolean;
  isNear?: ((keys: readonly Key[]) => boolean) | undefined;
  within?: readonly Key[];
}

/** The places that one call would have filledBatches. */
class PlacesOfCall {
  readonly #failed: FailedCall;
  readonly #root: Item;
  readonly #known = new Map<Destination, Placed[]>();

  constructor(failed: FailedCall, root: Item) {
    this.#failed = failed;
    this.#root = root;
  }

  /**
   * Where an error is: at its path; wherever nothing is, when it has none, since a path is that of a null (GraphQL section 7.1.2).
   * Undefined for a caller's fault that has none.
   */
  of({ path }: SubgraphError, shown: ShownError): Iterable<Path> | undefined {
    const { gathered } = this.#failed;
    const [first, second, ...rest] = isPath(path) ? path : [];
    const batch = gathered.filledBatches.find(({ alias }) => alias === first);
    if (batch && typeof second === 'number') {
      const at = [...this.#entities(batch, { isMeant: (index) => index === second, within: rest })];
      if (at.length > 0) return at;
    } else if (first !== undefined) {
      const part = gathered.roots.find(({ selections }) =>
        fieldsOf(selections).some((field) => nameOf(field) === first),
      );
      if (part)
        return this.#rootPlaces(part).map(({ keys }) => ({ path: [...keys, ...(path as Key[])], part }));
    }
    return shown.extensions.code === 'BAD_USER_INPUT' ? undefined : this.#all();
  }

  /** What an answer with errors has no object for, at the places that are near. */
  *takenAway(isNear: (keys: readonly Key[]) => boolean): Generator<Path> {
    const { data, gathered } = this.#failed;
    if (!data) return yield* this.#all(isNear);
    for (const filledBatches of gathered.filledBatches) {
      const list = data[filledBatches.alias];
      yield* this.#entities(filledBatches, {
        isMeant: (index) =>
          Array.isArray(list) ? list[index] === null : list === null || list === undefined,
        isNear,
      });
    }
  }

  *#all(isNear?: (keys: readonly Key[]) => boolean): Generator<Path> {
    const { gathered } = this.#failed;
    for (const part of gathered.roots)
      for (const { keys, item } of this.#rootPlaces(part))
        for (const field of fieldsOf(part.selections))
          if (isNothingAt(item, field, part)) yield { path: [...keys, nameOf(field)], part };
    for (const filledBatches of gathered.filledBatches) yield* this.#entities(filledBatches, { isNear });
  }

  /** The places of these entities; without a path within them, each field that was asked of them and is not there. */
  *#entities({ destinations }: FilledBatch, { isMeant, isNear, within = [] }: Sought): Generator<Path> {
    for (const feed of destinations) {
      const { part, index } = feed;
      for (const [at, { keys, item }] of this.#placesOf(feed).entries()) {
        if (isMeant?.(index[at] as number) === false || isNear?.(keys) === false) continue;
        if (within.length > 0) {
          yield { path: [...keys, ...within], part };
          continue;
        }
        const applies = (type: string) => isOfType(part.schema, item.__typename, type);
        for (const field of fieldsOf(part.selections, applies))
          if (isNothingAt(item, field, part)) yield { path: [...keys, nameOf(field)], part };
      }
    }
  }

  #rootPlaces({ find, path }: CompiledCall['roots'][number]): Pick<Placed, 'item' | 'keys'>[] {
    return find ? placesOf(this.#root, path, find(this.#root)) : [{ item: this.#root, keys: [] }];
  }

  #placesOf(feed: Destination): Placed[] {
    const known = this.#known.get(feed) ?? placesOf(this.#root, feed.part.path, feed.items);
    this.#known.set(feed, known);
    return known;
  }
}

/** Whether a field of an object has no value. */
function isNothingAt(item: Item, field: FieldNode, { rewrites }: Part): boolean {
  const value = own(item, renamedIn(rewrites).get(nameOf(field)) ?? nameOf(field));
  return value === null || value === undefined;
}

function isPath(path: unknown): path is Key[] {
  return (
    Array.isArray(path) &&
    path.length > 0 &&
    path.length <= 100 &&
    path.every((key) => typeof key === 'number' || (typeof key === 'string' && key.length <= 200))
  );
}
