/** The lengths of lists that an operation requests, from slicing arguments or, for introspection, from the schema. */
import {
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { isLong } from '../operation/checkVariables.ts';
import type { ListSize } from './costDirectives.ts';

type Variables = Readonly<Record<string, unknown>>;

/** A constant, or a value read from the variables. */
export type SliceValue =
  | { constant: unknown }
  | { read: (variables: Variables) => unknown /** Equal for readers of the same value. */; source: string };

interface Input {
  type: GraphQLInputType;
  defaultValue?: unknown;
}

/** The values of a field's slicing arguments. Without `usesDefaults`, only values that the operation passes. */
export function slicesOf(
  { arguments: given = [] }: FieldNode,
  { args }: GraphQLField<unknown, unknown>,
  { slicingArguments }: ListSize,
  usesDefaults: boolean,
): SliceValue[] {
  return slicingArguments.flatMap(([name, ...path]) => {
    const input = args.find((one) => one.name === name);
    const node = given.find((one) => one.name.value === name)?.value;
    return input ? [sliceValueIn(node, input, path, usesDefaults)] : [];
  });
}

function sliceValueIn(
  node: ValueNode | undefined,
  input: Input,
  path: readonly string[],
  usesDefaults: boolean,
): SliceValue {
  if (!node) return { constant: valueIn(undefined, input, path, usesDefaults) };
  if (node.kind === Kind.VARIABLE) {
    const name = node.name.value;
    const defaultText = usesDefaults ? JSON.stringify(input.defaultValue) : '';
    return {
      read: (variables) => valueIn(variables[name], input, path, usesDefaults),
      source: `${[name, ...path].join('.')} ${String(input.type)} ${defaultText}`,
    };
  }
  const [next, ...rest] = path;
  if (next === undefined)
    return { constant: node.kind === Kind.LIST ? node.values : valueFromASTUntyped(node) };
  const field = inputFieldOf(input, next);
  if (node.kind !== Kind.OBJECT || !field) return { constant: undefined };
  return sliceValueIn(node.fields.find(({ name }) => name.value === next)?.value, field, rest, usesDefaults);
}

function valueIn(value: unknown, input: Input, path: readonly string[], usesDefaults: boolean): unknown {
  const used = value === undefined && usesDefaults ? input.defaultValue : value;
  const [next, ...rest] = path;
  if (next === undefined || used === undefined || used === null) return used;
  const field = inputFieldOf(input, next);
  if (typeof used !== 'object' || !field) return undefined;
  return valueIn((used as Record<string, unknown>)[next], field, rest, usesDefaults);
}

function inputFieldOf({ type }: Input, name: string): Input | undefined {
  const named = getNamedType(type);
  return isInputObjectType(named) ? named.getFields()[name] : undefined;
}

/**
 * The list length that a slicing argument requests: a number (numeric strings and bigints too), or the length of a
 * list value.
 */
export function lengthIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value >= 0 ? value : undefined;
  if (isLong(value)) return lengthIn(Number(value));
  if (typeof value === 'string') return /^\d{1,20}$/.test(value) ? Number(value) : undefined;
  return Array.isArray(value) ? value.length : undefined;
}

/** The length of an introspection list, with the lengths of its child lists where they depend on the path. */
export interface FixedLength {
  length: number;
  within?: ReadonlyMap<string, FixedLength>;
}

/**
 * The lengths of introspection lists, by "Type.field". Lists in `__schema.types` count with the mean length over all
 * types, so that their sum is right; lists of a single `__type` with the maximum.
 */
export function introspectionLengths(schema: GraphQLSchema): ReadonlyMap<string, FixedLength> {
  const types = Object.values(schema.getTypeMap());
  const owners = types.filter((type) => isObjectType(type) || isInterfaceType(type));
  const fields = owners.map((type) => Object.values(type.getFields()));
  const counts = {
    fields: fields.map((some) => some.length),
    interfaces: owners.map((type) => type.getInterfaces().length),
    possibleTypes: types.map((type) =>
      'getTypes' in type
        ? type.getTypes().length
        : isInterfaceType(type)
          ? schema.getPossibleTypes(type).length
          : 0,
    ),
    enumValues: types.map((type) => (isEnumType(type) ? type.getValues().length : 0)),
    inputFields: types.map((type) => (isInputObjectType(type) ? Object.keys(type.getFields()).length : 0)),
  };
  const args = fields.flat().map((field) => field.args.length);
  const directives = schema.getDirectives();
  const mean = (some: readonly number[], among: number) =>
    among === 0 ? 0 : some.reduce((sum, one) => sum + one, 0) / among;
  const longest = (some: readonly number[]) => some.reduce((most, one) => Math.max(most, one), 0);

  const ofAll = new Map<string, FixedLength>(
    Object.entries(counts).map(([name, some]) => [name, { length: mean(some, types.length) }]),
  );
  const meanArgs = { length: mean(args, args.length) };
  ofAll.set('fields', {
    length: mean(counts.fields, types.length),
    within: new Map([['args', meanArgs]]),
  });
  return new Map<string, FixedLength>([
    ['__Schema.types', { length: types.length, within: ofAll }],
    ['__Schema.directives', { length: directives.length }],
    ...Object.entries(counts).map(([name, some]) => [`__Type.${name}`, { length: longest(some) }] as const),
    ['__Field.args', { length: longest(args) }],
    ['__Directive.args', { length: longest(directives.map((one) => one.args.length)) }],
    ['__Directive.locations', { length: longest(directives.map((one) => one.locations.length)) }],
  ]);
}
