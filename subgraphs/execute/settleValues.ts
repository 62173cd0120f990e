/**
 * One result under construction: values are stored as they arrive, errors are located at their paths, and a null
 * propagates to the nearest nullable place.
 * https://spec.graphql.org/October2021/#sec-Handling-Field-Errors
 */
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  locatedError,
  type OperationDefinitionNode,
} from 'graphql';

export type Args = Readonly<Record<string, unknown>>;
export type Container = Record<string | number, unknown>;

export interface Run {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  variables: Record<string, unknown>;
  context: unknown;
  errors: GraphQLError[];
  /** Arguments with variables, by the field's argument index: the same for every object of a list. */
  args: (Args | undefined)[];
  /** The number of pending values. */
  pending: number;
  finish: (() => void) | undefined;
}

/** A field of a selection set on one type. */
export interface Field {
  key: string;
  name: string;
  nodes: readonly FieldNode[];
  parentType: GraphQLObjectType;
  type: GraphQLOutputType;
  resolve: GraphQLFieldResolver<unknown, unknown> | undefined;
  place: number;
  /** Arguments without variables; undefined if there are variables. */
  fixedArgs: Args | undefined;
  readArgs: (variables: Readonly<Record<string, unknown>>) => Args;
  completer: Completer;
  /** Returns the maker of an object of the type, with the fields that this field selects. */
  makerOf: (type: GraphQLObjectType) => MakeObject;
}

/** Stores an object at `into[key]`, which belongs to `up`, and starts its fields. Never throws. */
export type MakeObject = (
  run: Run,
  source: unknown,
  up: Frame | null,
  into: Container,
  key: string | number,
  isNullable: boolean,
) => void;

/** Completes a value that is neither null nor an error. An error that it throws is located at the field's path. */
export interface Completer {
  isNullable: boolean;
  complete(run: Run, field: Field, value: unknown, up: Frame, into: Container, key: string | number): void;
}

/** The position of an object or a list, with the way up for null propagation and paths. */
export class Frame {
  readonly up: Frame | null;
  readonly into: Container;
  readonly key: string | number;
  readonly isNullable: boolean;
  /** Undefined for a list. */
  readonly typeName: string | undefined;
  isGone = false;

  constructor(
    up: Frame | null,
    into: Container,
    key: string | number,
    isNullable: boolean,
    typeName: string | undefined,
  ) {
    this.up = up;
    this.into = into;
    this.key = key;
    this.isNullable = isNullable;
    this.typeName = typeName;
  }
}

/** Stores a value, at once or when its promise settles. Never throws. */
export function settle(
  run: Run,
  field: Field,
  completer: Completer,
  value: unknown,
  up: Frame,
  into: Container,
  key: string | number,
): void {
  try {
    if (isPromise(value)) {
      // A thenable that is not a promise may call back at once, twice, or throw; a real promise does not.
      const promise = Promise.resolve(value);
      run.pending += 1;
      promise.then(
        (result) => {
          settle(run, field, completer, result, up, into, key);
          oneSettled(run);
        },
        (error: unknown) => {
          fail(run, field, completer, error, up, into, key);
          oneSettled(run);
        },
      );
      return;
    }
    if (value instanceof Error) throw value;
    if (value != null) completer.complete(run, field, value, up, into, key);
    else if (completer.isNullable) into[key] = null;
    else throw new Error(`Cannot return null for non-nullable field ${field.parentType.name}.${field.name}.`);
  } catch (error) {
    fail(run, field, completer, error, up, into, key);
  }
}

export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as PromiseLike<unknown> | undefined | null)?.then === 'function';

function oneSettled(run: Run): void {
  run.pending -= 1;
  if (run.pending === 0) run.finish?.();
}

/**
 * Records an error at a path, and sets null there or at the nearest nullable parent. Errors below a discarded parent
 * are dropped.
 */
export function fail(
  run: Run,
  { nodes }: Field,
  { isNullable }: Completer,
  error: unknown,
  up: Frame,
  into: Container,
  key: string | number,
): void {
  for (let frame: Frame | null = up; frame; frame = frame.up) if (frame.isGone) return;
  run.errors.push(locatedError(error, nodes, pathOf(up, key)));
  if (isNullable) {
    into[key] = null;
    return;
  }
  let frame = up;
  while (!frame.isNullable && frame.up) {
    frame.isGone = true;
    frame = frame.up;
  }
  frame.isGone = true;
  frame.into[frame.key] = null;
}

/** The outermost frame is `data` itself, which is not part of a path. */
function pathOf(up: Frame, key: string | number): (string | number)[] {
  const path = [key];
  for (let frame = up; frame.up; frame = frame.up) path.push(frame.key);
  return path.reverse();
}
