/** Converts literals of an operation to JSON values. */
import {
  type DocumentNode,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  type ObjectFieldNode,
  type ObjectValueNode,
  type ValueNode,
  visit,
} from 'graphql';
import { callerError } from '../errors.ts';

/**
 * The value of a literal that is valid for `type`, as a client would send it for a variable of that type. Undefined
 * if a variable cannot have exactly this value: the literal contains variables, a number that JSON or JavaScript
 * cannot represent, an enum value for a custom scalar, or no value for a field such as "constructor".
 */
export function valueOfLiteral(node: ValueNode, type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return valueOfLiteral(node, type.ofType);
  if (node.kind === Kind.VARIABLE) return undefined;
  if (node.kind === Kind.NULL) return null;
  if (isListType(type)) {
    const { ofType } = type;
    return allOf((node.kind === Kind.LIST ? node.values : [node]).map((one) => valueOfLiteral(one, ofType)));
  }
  if (isInputObjectType(type)) {
    if (node.kind !== Kind.OBJECT) return undefined;
    const fields = type.getFields();
    const given = new Set(node.fields.map(({ name }) => name.value));
    // For variables, graphql-js reads missing fields from the prototype; for literals it does not.
    if (Object.keys(fields).some((name) => name in Object.prototype && !given.has(name))) return undefined;
    return objectOf(sortedFields(node), ({ name, value }) => {
      const field = fields[name.value];
      return field && valueOfLiteral(value, field.type);
    });
  }
  if (isEnumType(type)) return node.kind === Kind.ENUM ? node.value : undefined;
  switch (type.name) {
    case 'Int':
      return node.kind === Kind.INT ? numberOf(node.value) : undefined;
    case 'Float':
      return node.kind === Kind.INT || node.kind === Kind.FLOAT ? numberOf(node.value) : undefined;
    case 'ID':
      return node.kind === Kind.INT || node.kind === Kind.STRING ? node.value : undefined;
    case 'String':
      return node.kind === Kind.STRING ? node.value : undefined;
    case 'Boolean':
      return node.kind === Kind.BOOLEAN ? node.value : undefined;
    default:
      return valueOfOwnScalar(node);
  }
}

/** The fields of an input object, sorted by name, since their order has no meaning. */
export function sortedFields({ fields }: ObjectValueNode): ObjectFieldNode[] {
  return [...fields].sort((one, other) => (one.name.value < other.name.value ? -1 : 1));
}

/** A value with the fields of its objects sorted. */
export function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, inOrder(inner)]));
}

/**
 * Prints a value; `order` sorts the fields of objects, `variable` prints variables, and `long` prints long integers.
 */
export function textOfValue(
  node: ValueNode,
  variable: (name: string) => string,
  order: (node: ObjectValueNode) => readonly ObjectFieldNode[] = sortedFields,
  long: (text: string) => string = (text) => text,
): string {
  if (node.kind === Kind.INT && isLong(node)) return long(node.value);
  switch (node.kind) {
    case Kind.VARIABLE:
      return variable(node.name.value);
    case Kind.LIST:
      return `[${node.values.map((value) => textOfValue(value, variable, order, long)).join()}]`;
    case Kind.OBJECT:
      return `{${order(node)
        .map(({ name, value }) => `${name.value}:${textOfValue(value, variable, order, long)}`)
        .join()}}`;
    case Kind.STRING:
      return JSON.stringify(node.value);
    case Kind.NULL:
      return 'null';
    default:
      return String(node.value);
  }
}

/**
 * The value of a custom scalar's literal; undefined if it has several possible forms. The order of fields stays,
 * since it may have a meaning, and variables have it too.
 */
function valueOfOwnScalar(node: ValueNode): unknown {
  switch (node.kind) {
    case Kind.NULL:
      return null;
    case Kind.STRING:
    case Kind.BOOLEAN:
      return node.value;
    case Kind.INT:
      return isLong(node) ? BigInt(node.value) : numberAsWritten(node.value);
    case Kind.FLOAT:
      return numberAsWritten(node.value);
    case Kind.LIST:
      return allOf(node.values.map(valueOfOwnScalar));
    case Kind.OBJECT:
      return objectOf(node.fields, ({ value }) => valueOfOwnScalar(value));
    default:
      return undefined;
  }
}

/** Whether a literal is an integer that a JavaScript number would round. */
export const isLong = (node: ValueNode): boolean =>
  node.kind === Kind.INT && !Number.isSafeInteger(Number(node.value));

/**
 * Throws BAD_USER_INPUT for a number beyond the range of numbers, such as 1e400, which could not be sent to a
 * subgraph.
 */
export function rejectInfiniteNumbers(document: DocumentNode): void {
  const refuse = ({ value }: { value: string }) => {
    if (Number.isFinite(Number(value)) || /^-?\d+$/.test(value)) return;
    throw callerError('BAD_USER_INPUT', {}, `Expected a finite number, but got: ${value}.`);
  };
  visit(document, { FloatValue: refuse });
}

/** The JSON of a literal's value. */
export function jsonOfLiteral(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map(jsonOfLiteral).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(
    ([name, inner]) => `${JSON.stringify(name)}:${jsonOfLiteral(inner)}`,
  );
  return `{${fields.join()}}`;
}

const numberAsWritten = (text: string) => (String(Number(text)) === text ? numberOf(text) : undefined);

/** JSON has no infinity, and JavaScript writes -0 as 0. */
function numberOf(text: string): number | undefined {
  const number = Number(text);
  return Number.isFinite(number) && !Object.is(number, -0) ? number : undefined;
}

function allOf(values: readonly unknown[]): unknown {
  return values.includes(undefined) ? undefined : Object.freeze(values);
}

function objectOf(fields: readonly ObjectFieldNode[], toValue: (field: ObjectFieldNode) => unknown): unknown {
  const entries = fields.map((field) => [field.name.value, toValue(field)] as const);
  // The meaning of a property with this name depends on the parser.
  return entries.some(([name, value]) => value === undefined || name === '__proto__')
    ? undefined
    : Object.freeze(Object.fromEntries(entries));
}
