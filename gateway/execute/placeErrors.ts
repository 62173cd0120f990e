/** Assigns response paths to errors: errors of subgraphs, failed calls, and null violations. */
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

/** An error that is safe to send to callers. */
export interface ShownError {
  message: string;
  extensions: Record<string, unknown>;
}

export interface PlacedError extends ShownError {
  path?: readonly Key[];
}

/** A call whose response has errors, or that failed without a response. */
export interface Failed {
  subgraph: string;
  /** The reason of a call without a response. */
  failure?: unknown;
  errors: readonly SubgraphError[];
}

/** Converts errors to those that callers see, and logs them. */
export interface Reporter {
  /** Called once for each failed call; the function converts each of its errors. */
  ofCall: (failed: Failed) => (error: SubgraphError) => ShownError;
  /** For null violations, and values of a wrong type, that no subgraph error explains. */
  ofHoles: (violations: readonly NullViolation[]) => (violation: NullViolation) => ShownError;
}

export interface FailedCall {
  call: CompiledCall;
  gathered: Gathered;
  failure?: unknown;
  errors: readonly SubgraphError[];
  /** The "data" of the response. */
  data?: Item | null | undefined;
}

/** Maximum errors in the response for one call, which may fail for thousands of list items. */
const maxErrorsPerCall = 100;

/** Maximum errors read of one call, since a subgraph may send any number of errors, each for many places. */
const maxErrorsRead = 1000;

/** Errors of calls with their paths. */
export interface PlacedErrors {
  errors: readonly PlacedError[];
  /** Whether an error has no path that can be determined: it may then explain any missing field. */
  isAnyUnplaced: boolean;
}

/** Converts the errors of the calls and assigns them to paths in the client's response. */
export function placeErrors(
  failed: readonly FailedCall[],
  execution: Asked,
  reporter: Reporter,
): PlacedErrors {
  let isAnyUnplaced = false;
  const errors = failed.flatMap((failedCall) => {
    const { call, failure, errors: subgraphErrors, data } = failedCall;
    const show = reporter.ofCall({ subgraph: call.subgraph, failure, errors: subgraphErrors });
    const places = new PlacesOfCall(failedCall, execution.root);
    const placed: PlacedError[] = [];
    const seen = new Set<string>();
    const add = (error: PlacedError) => {
      const key = JSON.stringify([error.path, error.message]);
      if (!seen.has(key)) placed.push(error);
      seen.add(key);
    };
    for (const error of subgraphErrors.slice(0, maxErrorsRead)) {
      if (placed.length >= maxErrorsPerCall) break;
      const shown = show(error);
      const paths = places.of(error, shown);
      let isPlaced = false;
      for (const { path, part } of paths ?? []) {
        if (placed.length >= maxErrorsPerCall) break;
        isPlaced = true;
        for (const place of clientPaths(path, part, execution))
          add(place.length > 0 ? { ...shown, path: place } : shown);
      }
      if (isPlaced) continue;
      add(shown);
      // An error beside complete data explains no missing field.
      if (!paths || !data) isAnyUnplaced = true;
    }
    return placed.slice(0, maxErrorsPerCall);
  });
  return { errors, isAnyUnplaced };
}

/**
 * Adds an error for each null violation that no error explains: none is at the violation, within it or above it, and the violation
 * is not in an object that a subgraph returned as null because of an error.
 */
export function withNullViolations(
  { errors, isAnyUnplaced }: PlacedErrors,
  violations: readonly NullViolation[],
  failed: readonly FailedCall[],
  execution: Asked,
  reporter: Reporter,
): readonly PlacedError[] {
  if (isAnyUnplaced) return errors;
  const paths = new Set<string>();
  const around = new Set<string>();
  const add = (path: readonly Key[]) => {
    paths.add(keyOf(path));
    for (let length = 0; length <= path.length; length++) around.add(keyOf(path.slice(0, length)));
  };
  const isUnexplained = ({ path }: NullViolation) => {
    if (around.has(keyOf(path))) return false;
    for (let length = 1; length < path.length; length++)
      if (paths.has(keyOf(path.slice(0, length)))) return false;
    return true;
  };
  for (const { path } of errors) if (path) add(path);
  // Missing nullable fields get an error at their own path, unless an error explains them already.
  const missing = violations.filter((violation) => violation.isMissing && isUnexplained(violation));
  const isNear = nearnessOf(violations, execution);
  for (const failedCall of failed)
    for (const { path, part } of new PlacesOfCall(failedCall, execution.root).missingEntities(isNear))
      for (const clientPath of clientPaths(path, part, execution)) add(clientPath);
  const unexplained = violations.filter((violation) => {
    if (violation.isMissing ? !missing.includes(violation) : !isUnexplained(violation)) return false;
    add(violation.path);
    return true;
  });
  if (unexplained.length === 0) return errors;
  const show = reporter.ofHoles(unexplained);
  return [...errors, ...unexplained.map((violation) => ({ ...show(violation), path: violation.path }))];
}

/** The errors for unauthorized fields. */
export function unauthorizedErrors(paths: readonly (readonly Key[])[]): PlacedError[] {
  const code = 'UNAUTHORIZED_FIELD_OR_TYPE';
  return paths.map((path) => ({ message: wordingOf(code), path, extensions: { code } }));
}

const keyOf = (path: readonly Key[]) => JSON.stringify(path);

/** Returns whether a path is above or within a violation; only these few of the items of a long list need to be examined. */
function nearnessOf(
  violations: readonly NullViolation[],
  { plan: { names } }: Asked,
): (keys: readonly Key[]) => boolean {
  const at = new Set(violations.map(({ path }) => keyOf(path)));
  const around = new Set(
    violations.flatMap(({ path }) => path.map((_, length) => keyOf(path.slice(0, length)))),
  );
  return (keys) => {
    const clientKeys = keys.map((key) => (typeof key === 'string' ? (names.get(key) ?? key) : key));
    return (
      around.has(keyOf(clientKeys)) ||
      clientKeys.some((_, index) => at.has(keyOf(clientKeys.slice(0, index + 1))))
    );
  };
}

interface Path {
  path: readonly Key[];
  part: Part;
}

/** Selects entities of a call, and a path within them. */
interface EntityFilter {
  matches?: (index: number) => boolean;
  isNear?: ((keys: readonly Key[]) => boolean) | undefined;
  within?: readonly Key[];
}

/** The places in the data that the response of one call would have filled. */
class PlacesOfCall {
  readonly #failed: FailedCall;
  readonly #root: Item;
  readonly #placesByDestination = new Map<Destination, Placed[]>();

  constructor(failed: FailedCall, root: Item) {
    this.#failed = failed;
    this.#root = root;
  }

  /**
   * The places of an error: those of its path; without a path, all places where the call left null, since errors with a path are
   * at a null (GraphQL section 7.1.2). Undefined for a mistake of the caller without a path.
   */
  of({ path }: SubgraphError, shown: ShownError): Iterable<Path> | undefined {
    const { gathered } = this.#failed;
    const [first, second, ...rest] = isPath(path) ? path : [];
    const batch = gathered.filledBatches.find(({ alias }) => alias === first);
    if (batch && typeof second === 'number') {
      const at = [...this.#entities(batch, { matches: (index) => index === second, within: rest })];
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

  /** The entities that a response with errors does not have, at the places for which `isNear` is true. */
  *missingEntities(isNear: (keys: readonly Key[]) => boolean): Generator<Path> {
    const { data, gathered } = this.#failed;
    if (!data) return yield* this.#all(isNear);
    for (const batch of gathered.filledBatches) {
      const list = data[batch.alias];
      yield* this.#entities(batch, {
        matches: (index) =>
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
    for (const batch of gathered.filledBatches) yield* this.#entities(batch, { isNear });
  }

  /** The places of the entities; without a path within them, those of their selected fields that have no value. */
  *#entities({ destinations }: FilledBatch, { matches, isNear, within = [] }: EntityFilter): Generator<Path> {
    for (const destination of destinations) {
      const { part, index } = destination;
      for (const [at, { keys, item }] of this.#placesOf(destination).entries()) {
        if (matches?.(index[at] as number) === false || isNear?.(keys) === false) continue;
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

  #placesOf(destination: Destination): Placed[] {
    const { part, items } = destination;
    const places = this.#placesByDestination.get(destination) ?? placesOf(this.#root, part.path, items);
    this.#placesByDestination.set(destination, places);
    return places;
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
