/**
 * One answer in the making: values are put in their places as they come, errors at their paths, and a null goes up to
 * where one may stand.
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
  /** Arguments with variables, by the field's place: the same for every object of a list. */
  args: (Args | undefined)[];
  /** Values that are still to come. */
  pending: number;
  finish: (() => void) | undefined;
}

/** A field of a selection on one type. */
export interface Field {
  key: string;
  name: string;
  nodes: readonly FieldNode[];
  parentType: GraphQLObjectType;
  type: GraphQLOutputType;
  resolve: GraphQLFieldResolver<unknown, unknown> | undefined;
  place: number;
  /** Arguments without variables; undefined where they have some. */
  fixedArgs: Args | undefined;
  readArgs: (variables: Readonly<Record<string, unknown>>) => Args;
  slot: Slot;
  /** The maker of an object of the type, as this field selects of it. */
  makerOf: (type: GraphQLObjectType) => MakeObject;
}

/** Puts an object into `into[key]`, which lies in `up`, and begins its fields. Throws nothing. */
export type MakeObject = (
  run: Run,
  source: unknown,
  up: Frame | null,
  into: Container,
  key: string | number,
  isNullable: boolean,
) => void;

/** What happens to a value that is there. What it throws becomes an error at its place. */
export interface Slot {
  isNullable: boolean;
  complete(run: Run, field: Field, value: unknown, up: Frame, into: Container, key: string | number): void;
}

/** Where an object or a list stands: the way up for nulls and for paths. */
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

/** Puts a value in its place, now or when it comes. Throws nothing. */
export function settle(
  run: Run,
  field: Field,
  slot: Slot,
  value: unknown,
  up: Frame,
  into: Container,
  key: string | number,
): void {
  try {
    if (isPromise(value)) {
      // What only looks like a promise may call back at once, twice, or throw; a real one does not.
      const coming = Promise.resolve(value);
      run.pending += 1;
      coming.then(
        (come) => {
          settle(run, field, slot, come, up, into, key);
          ended(run);
        },
        (error: unknown) => {
          fail(run, field, slot, error, up, into, key);
          ended(run);
        },
      );
      return;
    }
    if (value instanceof Error) throw value;
    if (value != null) slot.complete(run, field, value, up, into, key);
    else if (slot.isNullable) into[key] = null;
    else throw new Error(`Cannot return null for non-nullable field ${field.parentType.name}.${field.name}.`);
  } catch (error) {
    fail(run, field, slot, error, up, into, key);
  }
}

export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as PromiseLike<unknown> | undefined | null)?.then === 'function';

function ended(run: Run): void {
  run.pending -= 1;
  if (run.pending === 0) run.finish?.();
}

/** An error at a place: null there, or above. Below what is gone already nobody hears of it. */
export function fail(
  run: Run,
  { nodes }: Field,
  { isNullable }: Slot,
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

/** The outermost frame is the answer itself, which has no name in a path. */
function pathOf(up: Frame, key: string | number): (string | number)[] {
  const path = [key];
  for (let frame = up; frame.up; frame = frame.up) path.push(frame.key);
  return path.reverse();
}
