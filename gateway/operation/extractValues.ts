/** Writes the values of an operation: literals and the client's variables as variables numbered in their order. */
import {
  type ArgumentNode,
  type DirectiveNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  print,
  stripIgnoredCharacters,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql';
import { inOrder, jsonOfLiteral, sortedFields, textOfValue, valueOfLiteral } from './literalValues.ts';

/** A variable of the client, or a literal: its value, frozen, and its value as JSON. */
export type NormalVariable = { name: string; from: string } | { name: string; value: unknown; json: string };

/** The values of one operation that has these variables. Nothing of it is kept from one operation to another. */
export class ValueTexts {
  /** The variables that have been written. */
  readonly variables: NormalVariable[] = [];
  readonly #given: ReadonlyMap<string, VariableDefinitionNode>;
  readonly #definitions: string[] = [];
  readonly #clients = new Map<string, string>();
  readonly #literals = new Map<string, string>();
  readonly #texts = new Map<string, string>();

  constructor(definitions: readonly VariableDefinitionNode[]) {
    this.#given = new Map(definitions.map((one) => [one.variable.name.value, one]));
  }

  /** The definitions of the variables that have been written. */
  definitions(): string {
    return this.#definitions.length > 0 ? `(${this.#definitions.join()})` : '';
  }

  /** The arguments of a field, in an order of their own. */
  argumentsOf({ arguments: given = [] }: FieldNode, { args }: GraphQLField<unknown, unknown>): string {
    if (given.length === 0) return '';
    const types = new Map(args.map((one) => [one.name, one.type]));
    const texts = sorted(given).map(({ name, value }) => {
      const type = types.get(name.value);
      return `${name.value}:${type ? this.#value(value, type) : this.#constant(value)}`;
    });
    return `(${texts.join()})`;
  }

  /** Directives as they stand, but for the names of variables: the planner has to see their values. */
  directivesOf(directives: readonly DirectiveNode[] = []): string {
    return directives
      .map(({ name, arguments: given = [] }) => {
        const texts = sorted(given).map((one) => `${one.name.value}:${this.#constant(one.value)}`);
        return `@${name.value}${texts.length > 0 ? `(${texts.join()})` : ''}`;
      })
      .join('');
  }

  /** A value at a place of the type: a variable, or as much of it as can be variables. */
  #value(node: ValueNode, type: GraphQLInputType): string {
    if (node.kind === Kind.VARIABLE) return this.#client(node.name.value);
    const value = valueOfLiteral(node, type);
    if (value !== undefined) return this.#literal(value, String(type));
    const nullable = isNonNullType(type) ? type.ofType : type;
    if (isListType(nullable)) {
      const items = node.kind === Kind.LIST ? node.values : [node];
      return `[${items.map((item) => this.#value(item, nullable.ofType)).join()}]`;
    }
    if (isInputObjectType(nullable) && node.kind === Kind.OBJECT) {
      const fields = nullable.getFields();
      const texts = sortedFields(node).map(({ name, value: inner }) => {
        const field = fields[name.value];
        return `${name.value}:${field ? this.#value(inner, field.type) : this.#constant(inner)}`;
      });
      return `{${texts.join()}}`;
    }
    return this.#written(node, String(nullable));
  }

  /**
   * A value for a scalar of a subgraph, its fields in the order in which they come first. Long integers are variables: the planner
   * would round them.
   */
  #written(node: ValueNode, type: string): string {
    const sorted = this.#constant(node);
    const text =
      this.#texts.get(sorted) ??
      textOfValue(
        node,
        (name) => this.#client(name),
        ({ fields }) => fields,
        (text) => this.#literal(BigInt(text), type),
      );
    this.#texts.set(sorted, text);
    return text;
  }

  /** A value as it stands, but for the names of its variables. */
  #constant(node: ValueNode): string {
    return textOfValue(node, (name) => this.#client(name));
  }

  #client(from: string): string {
    let name = this.#clients.get(from);
    if (name === undefined) {
      const definition = this.#given.get(from);
      if (!definition) throw new Error(`Expected the operation to define the variable, but got: ${from}.`);
      name = `v${this.variables.length}`;
      this.#clients.set(from, name);
      this.variables.push({ name, from });
      this.#definitions.push(definitionText(name, definition));
    }
    return `$${name}`;
  }

  /** The same literal is the same variable: fields that may be one must stay so. */
  #literal(value: unknown, type: string): string {
    const json = jsonOfLiteral(value);
    const key = `${type} ${jsonOfLiteral(inOrder(value))}`;
    let name = this.#literals.get(key);
    if (name === undefined) {
      name = `v${this.variables.length}`;
      this.#literals.set(key, name);
      this.variables.push({ name, value, json });
      this.#definitions.push(`$${name}:${type}`);
    }
    return `$${name}`;
  }
}

function definitionText(
  name: string,
  { type, defaultValue, directives = [] }: VariableDefinitionNode,
): string {
  const usual = defaultValue ? `=${stripIgnoredCharacters(print(defaultValue))}` : '';
  return `$${name}:${print(type)}${usual}${directives.map(print).join('')}`;
}

function sorted(given: readonly ArgumentNode[]): ArgumentNode[] {
  return [...given].sort((one, other) => (one.name.value < other.name.value ? -1 : 1));
}
