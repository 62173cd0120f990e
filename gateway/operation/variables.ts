/** Whether the values that a caller sends fit the variables of an operation. */
import {
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getVariableValues,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';

/** The errors of the values, undefined when there are none. */
export type CheckVariables = (
  given: Readonly<Record<string, unknown>>,
) => readonly GraphQLError[] | undefined;

/**
 * A function that checks values for the variables of `operation`, as GraphQL section 6.1.2 has it. Values that plainly
 * fit are seen to fit by one look at each; the rest, and the words for what does not fit, are left to graphql-js.
 */
export function compileVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): CheckVariables {
  if (variableDefinitions.length === 0) return () => undefined;
  const plain = plainValues(schema);
  const checks = variableDefinitions.map((definition) => checkOf(schema, definition, plain));
  return (given) =>
    checks.every((fits) => fits(given))
      ? undefined
      : getVariableValues(schema, variableDefinitions, given).errors;
}

type Fits = (value: unknown) => boolean;

function checkOf(
  schema: GraphQLSchema,
  { variable, type: node, defaultValue }: VariableDefinitionNode,
  plain: (type: GraphQLInputType) => Fits,
): (given: Readonly<Record<string, unknown>>) => boolean {
  const name = variable.name.value;
  const type = typeFromAST(schema, node as Parameters<typeof typeFromAST>[1]) as GraphQLInputType | undefined;
  if (!type) return () => false;
  const fits = plain(type);
  const mayBeMissing = defaultValue !== undefined || !isNonNullType(type);
  return (given) => (Object.hasOwn(given, name) ? fits(given[name]) : mayBeMissing);
}

const known = new WeakMap<GraphQLSchema, (type: GraphQLInputType) => Fits>();

/** Functions that say whether a value is plainly of a type; what they say no to may be of it still. */
function plainValues(schema: GraphQLSchema): (type: GraphQLInputType) => Fits {
  const there = known.get(schema);
  if (there) return there;
  const named = new Map<string, Fits>();
  const plain = (type: GraphQLInputType): Fits => {
    if (isNonNullType(type)) {
      const fits = plain(type.ofType);
      return (value) => value !== null && fits(value);
    }
    if (isListType(type)) {
      const fits = plain(type.ofType);
      return (value) => value === null || (Array.isArray(value) && value.every(fits));
    }
    // Asked for by name each time, since input objects may contain themselves.
    const { name } = type;
    if (!named.has(name)) {
      named.set(name, () => false);
      named.set(name, plainNamed(type, plain));
    }
    if (!isInputObjectType(type)) return named.get(name) as Fits;
    return (value) => (named.get(name) as Fits)(value);
  };
  known.set(schema, plain);
  return plain;
}

function plainNamed(type: GraphQLInputType, plain: (type: GraphQLInputType) => Fits): Fits {
  if (isInputObjectType(type)) {
    const fields = new Map(Object.values(type.getFields()).map((field) => [field.name, plain(field.type)]));
    const required = Object.values(type.getFields())
      .filter(isRequiredInputField)
      .map(({ name }) => name);
    const { isOneOf } = type;
    return (value) => {
      if (value === null) return true;
      if (typeof value !== 'object' || Array.isArray(value)) return false;
      const item = value as Readonly<Record<string, unknown>>;
      const names = Object.keys(item);
      if (isOneOf && (names.length !== 1 || item[names[0] as string] === null)) return false;
      return (
        names.every((name) => fields.get(name)?.(item[name]) === true) &&
        required.every((name) => Object.hasOwn(item, name))
      );
    };
  }
  if (isEnumType(type)) {
    const values = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => value === null || values.has(value);
  }
  return plainScalars.get(type.toString()) ?? isGiven;
}

/** A scalar that a subgraph defines takes anything here: only the subgraph knows it. */
const isGiven: Fits = (value) => value !== undefined;

/** GraphQL section 3.5, input coercion. */
const plainScalars: ReadonlyMap<string, Fits> = new Map<string, Fits>([
  ['Int', (value) => value === null || (typeof value === 'number' && (value | 0) === value)],
  ['Float', (value) => value === null || (typeof value === 'number' && Number.isFinite(value))],
  ['String', (value) => value === null || typeof value === 'string'],
  ['Boolean', (value) => value === null || typeof value === 'boolean'],
  ['ID', (value) => value === null || typeof value === 'string' || Number.isInteger(value)],
]);
