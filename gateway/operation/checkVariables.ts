/** Validates the variable values of a request. */
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getVariableValues,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  Kind,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
  visit,
} from 'graphql';

/** Returns the errors of the values, or undefined if they are valid. */
export type CheckVariables = (
  given: Readonly<Record<string, unknown>>,
) => readonly GraphQLError[] | undefined;

/**
 * Compiles a validator for the variables of `operation` (GraphQL section 6.1.2). Plainly valid values are accepted
 * with one check each; graphql-js checks all others and words the errors. The variables in `conditions`, used by
 * `@skip` and `@include`, must not be null, even if they have a default value: a subgraph would reject null (section
 * 5.8.5), and without a subgraph call it would be undefined whether the field is included.
 */
export function compileVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  conditions: ReadonlySet<string> = new Set(),
): CheckVariables {
  if (variableDefinitions.length === 0) return () => undefined;
  const plain = plainValues(schema);
  const checks = variableDefinitions.map((definition) => checkOf(schema, definition, plain));
  const conditionVariables = variableDefinitions.filter(({ variable }) =>
    conditions.has(variable.name.value),
  );
  return (given) => {
    const isNull = ({ variable }: VariableDefinitionNode) => given[variable.name.value] === null;
    if (checks.every((fits) => fits(given)) && !conditionVariables.some(isNull)) return undefined;
    const { errors } = getVariableValues(schema, variableDefinitions, rounded(given));
    if (errors) return errors.map(asInputError);
    const wrong = [
      ...conditionVariables.filter(isNull).map(nullError),
      ...variableDefinitions
        .filter(({ variable }) => isEndless(given[variable.name.value]))
        .map(endlessError),
    ];
    return wrong.length > 0 ? wrong.map(asInputError) : undefined;
  };
}

/** The variables in the `@skip` and `@include` of a document. */
export function conditionsIn(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: given = [] }) => {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return names;
}

/** Marks an error as the caller's: one without a code is logged as internal. */
function asInputError(error: GraphQLError): GraphQLError {
  error.extensions.code = 'BAD_USER_INPUT';
  return error;
}

/** The error of graphql-js for a variable of a non-null type. */
function nullError(definition: VariableDefinitionNode): GraphQLError {
  const message = `Variable "$${definition.variable.name.value}" of non-null type "Boolean!" must not be null.`;
  return new GraphQLError(message, { nodes: definition });
}

/** The error for a number such as 1e400, which is valid JSON but exceeds the range of numbers. */
function endlessError(definition: VariableDefinitionNode): GraphQLError {
  const message = `Variable "$${definition.variable.name.value}" got invalid value Infinity; Expected a finite number, but got: a larger one.`;
  return new GraphQLError(message, { nodes: definition });
}

/** Whether a value contains an infinite number. */
function isEndless(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(isEndless);
}

/** Rounds long numbers (wire/losslessJson.ts) to JavaScript numbers, for graphql-js. */
function rounded(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, roundedValue(inner)]));
}

function roundedValue(value: unknown): unknown {
  if (isLong(value)) return Number(value);
  if (Array.isArray(value)) return value.map(roundedValue);
  return typeof value === 'object' && value !== null ? rounded(value as Record<string, unknown>) : value;
}

/** Whether a value is a number that a JavaScript number cannot represent (wire/losslessJson.ts). */
export function isLong(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint';
  return typeof value.valueOf === 'function' && typeof value.valueOf() === 'number';
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

const plainBySchema = new WeakMap<GraphQLSchema, (type: GraphQLInputType) => Fits>();

/** Returns functions that accept plainly valid values of a type; a rejected value may still be valid. */
function plainValues(schema: GraphQLSchema): (type: GraphQLInputType) => Fits {
  const cached = plainBySchema.get(schema);
  if (cached) return cached;
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
    // Looked up by name each time, since input objects may be recursive.
    const { name } = type;
    if (!named.has(name)) {
      named.set(name, () => false);
      named.set(name, plainNamed(type, plain));
    }
    if (!isInputObjectType(type)) return named.get(name) as Fits;
    return (value) => (named.get(name) as Fits)(value);
  };
  plainBySchema.set(schema, plain);
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
      if (typeof value !== 'object' || Array.isArray(value) || isLong(value)) return false;
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

/** A custom scalar accepts any value here: only the subgraph can validate it. */
const isGiven: Fits = (value) => value !== undefined && !isEndless(value);

/** GraphQL section 3.5, input coercion. */
const plainScalars: ReadonlyMap<string, Fits> = new Map<string, Fits>([
  ['Int', (value) => value === null || (typeof value === 'number' && (value | 0) === value)],
  [
    'Float',
    (value) =>
      value === null || ((typeof value === 'number' || isLong(value)) && Number.isFinite(Number(value))),
  ],
  ['String', (value) => value === null || typeof value === 'string'],
  ['Boolean', (value) => value === null || typeof value === 'boolean'],
  [
    'ID',
    (value) =>
      value === null || typeof value === 'string' || typeof value === 'bigint' || Number.isInteger(value),
  ],
]);
