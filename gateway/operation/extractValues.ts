/** Extracts the values of an operation: literals and client variables become variables, numbered in order. */
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

/**
 * A variable of the normalised operation: from a client variable, or from a literal with its frozen value and its
 * JSON.
 */
export type NormalVariable = { name: string; from: string } | { name: string; value: unknown; json: string };

/** Collects the values of one operation with these variable definitions. */
export class ValueTexts {
  /** The variables written so far. */
  readonly variables: NormalVariable[] = [];
  readonly #definitionsByName: ReadonlyMap<string, VariableDefinitionNode>;
  readonly #definitions: string[] = [];
  readonly #clients = new Map<string, string>();
  readonly #literals = new Map<string, string>();
  readonly #texts = new Map<string, string>();

  constructor(definitions: readonly VariableDefinitionNode[]) {
    this.#definitionsByName = new Map(definitions.map((one) => [one.variable.name.value, one]));
  }

  /** The definitions of the variables written so far. */
  definitions(): string {
    return this.#definitions.length > 0 ? `(${this.#definitions.join()})` : '';
  }

  /** Writes the arguments of a field, sorted by name. */
  argumentsOf({ arguments: given = [] }: FieldNode, { args }: GraphQLField<unknown, unknown>): string {
    if (given.length === 0) return '';
    const types = new Map(args.map((one) => [one.name, one.type]));
    const texts = sorted(given).map(({ name, value }) => {
      const type = types.get(name.value);
      return `${name.value}:${type ? this.#value(value, type) : this.#constant(value)}`;
    });
    return `(${texts.join()})`;
  }

  /** Writes directives with renamed variables. Literals stay, because the planner needs their values. */
  directivesOf(directives: readonly DirectiveNode[] = []): string {
    return directives
      .map(({ name, arguments: given = [] }) => {
        const texts = sorted(given).map((one) => `${one.name.value}:${this.#constant(one.value)}`);
        return `@${name.value}${texts.length > 0 ? `(${texts.join()})` : ''}`;
      })
      .join('');
  }

  /** Writes a value of the type: as a variable, or with variables for the parts that allow it. */
  #value(node: ValueNode, type: GraphQLInputType): string {
    if (node.kind === Kind.VARIABLE) return this.#clientVariable(node.name.value);
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
   * Writes a value of a custom scalar, with the field order of its first occurrence. Long integers become variables,
   * because the planner would round them.
   */
  #written(node: ValueNode, type: string): string {
    const sorted = this.#constant(node);
    const text =
      this.#texts.get(sorted) ??
      textOfValue(
        node,
        (name) => this.#clientVariable(name),
        ({ fields }) => fields,
        (text) => this.#literal(BigInt(text), type),
      );
    this.#texts.set(sorted, text);
    return text;
  }

  /** Writes a value with renamed variables. */
  #constant(node: ValueNode): string {
    return textOfValue(node, (name) => this.#clientVariable(name));
  }

  #clientVariable(from: string): string {
    let name = this.#clients.get(from);
    if (name === undefined) {
      const definition = this.#definitionsByName.get(from);
      if (!definition) throw new Error(`Expected the operation to define the variable, but got: ${from}.`);
      name = `v${this.variables.length}`;
      this.#clients.set(from, name);
      this.variables.push({ name, from });
      this.#definitions.push(definitionText(name, definition));
    }
    return `$${name}`;
  }

  /** Equal literals share a variable, so that fields that can be merged stay mergeable. */
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
  const defaultText = defaultValue ? `=${stripIgnoredCharacters(print(defaultValue))}` : '';
  return `$${name}:${print(type)}${defaultText}${directives.map(print).join('')}`;
}

function sorted(given: readonly ArgumentNode[]): ArgumentNode[] {
  return [...given].sort((one, other) => (one.name.value < other.name.value ? -1 : 1));
}
