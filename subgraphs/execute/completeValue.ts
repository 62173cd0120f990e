/**
 * Value completion for each kind of type.
 * https://spec.graphql.org/October2021/#sec-Value-Completion
 */
import {
  defaultTypeResolver,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';
import { infoOf } from './resolveFields.ts';
import { type Completer, Frame, isPromise, type MakeObject, settle } from './settleValues.ts';

/** Completes a scalar or an enum with its own `serialize`. */
export function leafCompleter(type: GraphQLLeafType, isNullable: boolean): Completer {
  return {
    isNullable,
    complete(_run, _field, value, _up, into, key) {
      const serialised = type.serialize(value);
      if (serialised == null)
        throw new Error(`Expected ${type.name} to serialise a value, but it answered ${serialised}.`);
      into[key] = serialised;
    },
  };
}

/** Completes any iterable except a string; each item settles separately. */
export function listCompleter(item: Completer, isNullable: boolean): Completer {
  return {
    isNullable,
    complete(run, field, value, up, into, key) {
      if (!isIterable(value))
        throw new GraphQLError(
          `Expected Iterable, but did not find one for field "${field.parentType.name}.${field.name}".`,
        );
      const items = Array.isArray(value) ? value : [...value];
      const list: unknown[] = new Array(items.length).fill(null);
      into[key] = list;
      const frame = new Frame(up, into, key, isNullable, undefined);
      for (let place = 0; place < items.length; place += 1)
        settle(run, field, item, items[place], frame, list as never, place);
    },
  };
}

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && typeof (value as Iterable<unknown> | null)?.[Symbol.iterator] === 'function';

/** Completes an object of a known type. The completer belongs to one field. */
export function objectCompleter(type: GraphQLObjectType, isNullable: boolean): Completer {
  let make: MakeObject | undefined;
  return {
    isNullable,
    complete(run, field, value, up, into, key) {
      make ??= field.makerOf(type);
      make(run, value, up, into, key, isNullable);
    },
  };
}

/** Completes an object of an interface or a union, whose type is resolved at once or by a promise. */
export function abstractCompleter(
  schema: GraphQLSchema,
  type: GraphQLAbstractType,
  isNullable: boolean,
): Completer {
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const make: Completer['complete'] = (run, field, [value, name]: [unknown, unknown], up, into, key) => {
    const actual = typeof name === 'string' ? schema.getType(name) : undefined;
    if (!isObjectType(actual))
      throw new GraphQLError(
        `Abstract type "${type.name}" must resolve to one of its Object types at runtime for field "${field.parentType.name}.${field.name}", but got: ${String(name)}.`,
      );
    if (!schema.isSubType(type, actual))
      throw new GraphQLError(
        `Runtime Object type "${actual.name}" is not a possible type for "${type.name}".`,
      );
    field.makerOf(actual)(run, value, up, into, key, isNullable);
  };
  const byTypeName: Completer = { isNullable, complete: make };
  return {
    isNullable,
    complete(run, field, value, up, into, key) {
      const name = resolveType(value, run.context, infoOf(run, field, up), type);
      if (!isPromise(name)) {
        make(run, field, [value, name], up, into, key);
        return;
      }
      const pair = name.then((typeName) => [value, typeName]);
      settle(run, field, byTypeName, pair, up, into, key);
    },
  };
}
