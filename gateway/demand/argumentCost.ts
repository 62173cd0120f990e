/** Computes the cost of a field's arguments from their values. */
import {
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isInputObjectType,
  Kind,
  type ValueNode,
} from 'graphql';
import type { Weights } from './costDirectives.ts';

type Variables = Readonly<Record<string, unknown>>;

/** A cost in hundredths of a point: a constant part, and functions for the parts that depend on variables. */
export interface ArgumentsCost {
  constant: number;
  dynamic: ((variables: Variables) => number)[];
}

/** The cost of the arguments that a field node passes, including list items and input object fields. */
export function costOfArguments(
  weights: Weights,
  parentName: string,
  { name: fieldName, args }: GraphQLField<unknown, unknown>,
  { arguments: given = [] }: FieldNode,
): ArgumentsCost {
  const cost: ArgumentsCost = { constant: 0, dynamic: [] };
  for (const { name, value } of given) {
    const argument = args.find((one) => one.name === name.value);
    if (argument)
      addNode(cost, weights, value, argument.type, weights.ofArgument(parentName, fieldName, argument));
  }
  return cost;
}

function addNode(
  cost: ArgumentsCost,
  weights: Weights,
  node: ValueNode,
  type: GraphQLInputType,
  weight: number,
): void {
  if (node.kind === Kind.NULL) return;
  if (node.kind === Kind.VARIABLE) {
    const { value } = node.name;
    if (!isFree(weights, type, weight, new Set()))
      cost.dynamic.push((variables) => costOfValue(weights, variables[value], type, weight));
  } else if (node.kind === Kind.LIST) {
    for (const item of node.values) addNode(cost, weights, item, type, weight);
  } else {
    cost.constant += weight;
    const named = getNamedType(type);
    if (node.kind !== Kind.OBJECT || !isInputObjectType(named)) return;
    for (const { name, value } of node.fields) {
      const field = named.getFields()[name.value];
      if (field) addNode(cost, weights, value, field.type, weights.ofInputField(named.name, field));
    }
  }
}

function costOfValue(weights: Weights, value: unknown, type: GraphQLInputType, weight: number): number {
  if (value === undefined || value === null) return 0;
  if (Array.isArray(value))
    return value.reduce<number>((sum, item) => sum + costOfValue(weights, item, type, weight), 0);
  const named = getNamedType(type);
  if (typeof value !== 'object' || !isInputObjectType(named)) return weight;
  let sum = weight;
  for (const [name, one] of Object.entries(value)) {
    const field = named.getFields()[name];
    if (field) sum += costOfValue(weights, one, field.type, weights.ofInputField(named.name, field));
  }
  return sum;
}

/** Whether every value of the type costs nothing. */
function isFree(weights: Weights, type: GraphQLInputType, weight: number, seen: Set<string>): boolean {
  if (weight !== 0) return false;
  const named = getNamedType(type);
  if (!isInputObjectType(named) || seen.has(named.name)) return true;
  seen.add(named.name);
  return Object.values(named.getFields()).every((field) =>
    isFree(weights, field.type, weights.ofInputField(named.name, field), seen),
  );
}
