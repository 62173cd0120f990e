/** Makes an operation of a list of numbers: valid for the schema, with a bit of everything. */
import {
  doTypesOverlap,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isUnionType,
  parse,
  validate,
} from 'graphql';
import type { Question } from '../../support/federation/open.ts';

/** Bold operations give one response name to several fields; where that is not valid, a tame one is made. */
export function operationFrom(schema: GraphQLSchema, tape: readonly number[]): Question {
  const bold = new Writing(schema, tape, true).question();
  if (validate(schema, parse(bold.query)).length === 0) return bold;
  const tame = new Writing(schema, tape, false).question();
  const [problem] = validate(schema, parse(tame.query));
  if (problem) throw new Error(`Expected a valid operation, but: ${problem.message}\n${tame.query}`);
  return tame;
}

const maxDepth = 5;
const maxFields = 40;
const aliases = ['x', 'y', 'id', 'code', '_0', '__e', 'constructor', 'k', 'a'];

class Writing {
  readonly #schema: GraphQLSchema;
  readonly #tape: readonly number[];
  readonly #isBold: boolean;
  #at = 0;
  #fields = 0;
  readonly #definitions: string[] = [];
  readonly #variables: Record<string, unknown> = {};
  readonly #conditions = new Set<string>();
  /** Fragments that are complete: on which type they are, and their text. */
  readonly #fragments: { name: string; on: GraphQLCompositeType; text: string }[] = [];

  constructor(schema: GraphQLSchema, tape: readonly number[], isBold: boolean) {
    this.#schema = schema;
    this.#tape = tape;
    this.#isBold = isBold;
  }

  question(): Question {
    const mutation = this.#schema.getMutationType();
    const isMutation = mutation && this.#chance(20);
    const root = isMutation ? mutation : this.#schema.getQueryType();
    if (!root) throw new Error('Expected a schema with queries.');
    const body = this.#selections(root, maxDepth);
    const isNamed = this.#chance(25);
    const variables = this.#definitions.length > 0 ? `(${this.#definitions.join(', ')})` : '';
    const head = `${isMutation ? 'mutation' : 'query'}${isNamed ? ' Asked' : ''}${variables}`;
    const other = isNamed && this.#chance(50) ? ['query Other { __typename }'] : [];
    const query = [`${head} ${body}`, ...this.#fragments.map(({ text }) => text), ...other].join('\n');
    return {
      query,
      ...(this.#definitions.length > 0 && { variables: this.#variables }),
      ...(isNamed && { operationName: 'Asked' }),
    };
  }

  #number(): number {
    const number = this.#tape[this.#at] ?? 0;
    this.#at++;
    return number;
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[this.#number() % items.length] as Item;
  }

  /** Zero is no. */
  #chance(percent: number): boolean {
    return this.#number() % 100 >= 100 - percent;
  }

  #selections(type: GraphQLCompositeType, depth: number): string {
    const count = 1 + (this.#number() % (depth === maxDepth ? 4 : 5));
    const written: string[] = [];
    const again: { head: string; type: GraphQLCompositeType }[] = [];
    for (let made = 0; made < count; made++) {
      const isFull = this.#fields >= maxFields || this.#at > this.#tape.length;
      const kind = this.#number() % 20;
      if (isFull && made > 0) break;
      if (depth > 0 && !isFull && (kind >= 15 || (isAbstractType(type) && kind >= 7))) {
        written.push(kind === 19 ? this.#spread(type, depth) : this.#inline(type, depth));
      } else if (kind === 14 || isUnionType(type)) {
        const alias = this.#chance(30) ? 't: ' : '';
        written.push(`${alias}__typename${this.#directives()}`);
      } else if (kind === 13 && again.length > 0) {
        const one = this.#pick(again);
        written.push(`${one.head}${this.#directives()} ${this.#selections(one.type, depth - 1)}`);
      } else if (kind === 12 && depth === maxDepth && type === this.#schema.getQueryType()) {
        const one = this.#number() % introspections.length;
        written.push(`i${one}: ${introspections[one]}`);
      } else written.push(this.#field(type, depth, again));
    }
    return `{ ${written.join(' ')} }`;
  }

  #field(
    type: GraphQLCompositeType,
    depth: number,
    again: { head: string; type: GraphQLCompositeType }[],
  ): string {
    if (isUnionType(type)) return '__typename';
    const all = Object.values(type.getFields());
    const fields = depth > 0 ? all : all.filter((field) => isLeafType(getNamedType(field.type)));
    if (fields.length === 0) return '__typename';
    const field = this.#pick(fields);
    this.#fields++;
    const args = this.#arguments(field);
    const head = `${this.#alias(field, args)}${field.name}${args}`;
    const of = getNamedType(field.type);
    const directives = this.#directives();
    if (!isCompositeType(of)) return `${head}${directives}`;
    again.push({ head, type: of });
    return `${head}${directives} ${this.#selections(of, depth - 1)}`;
  }

  #alias(field: GraphQLField<unknown, unknown>, args: string): string {
    const isAliased = this.#chance(25);
    const number = this.#number();
    if (this.#isBold) return isAliased ? `${aliases[number % aliases.length]}: ` : '';
    if (args === '') return isAliased ? `${field.name}_${number % 2}: ` : '';
    // The same name for the same arguments only.
    return `${field.name}_${args.replace(/\W+/g, '_').slice(0, 60)}${args.length}: `;
  }

  #inline(type: GraphQLCompositeType, depth: number): string {
    const isPlain = this.#chance(15);
    const on = this.#overlapping(type);
    const directives = this.#directives();
    if (isPlain) return `...${directives} ${this.#selections(type, depth - 1)}`;
    return `... on ${on.name}${directives} ${this.#selections(on, depth - 1)}`;
  }

  #spread(type: GraphQLCompositeType, depth: number): string {
    const fitting = this.#fragments.filter(({ on }) => doTypesOverlap(this.#schema, type, on));
    if (fitting.length > 0 && this.#chance(50)) return `...${this.#pick(fitting).name}${this.#directives()}`;
    const on = this.#overlapping(type);
    const body = this.#selections(on, depth - 1);
    const name = `f${this.#fragments.length}`;
    this.#fragments.push({ name, on, text: `fragment ${name} on ${on.name} ${body}` });
    return `...${name}${this.#directives()}`;
  }

  #overlapping(type: GraphQLCompositeType): GraphQLCompositeType {
    const all = Object.values(this.#schema.getTypeMap()).filter(
      (each): each is GraphQLCompositeType =>
        isCompositeType(each) && !each.name.startsWith('__') && doTypesOverlap(this.#schema, type, each),
    );
    const narrower = all.filter((each) => each !== type);
    return this.#chance(80) && narrower.length > 0
      ? this.#pick(narrower)
      : this.#chance(50)
        ? type
        : this.#pick(all);
  }

  #directives(): string {
    if (!this.#chance(15)) return '';
    const both = this.#chance(20);
    const [one, other] = [this.#pick(['skip', 'include']), this.#condition()];
    const first = ` @${one}(if: ${other})`;
    return both ? `${first} @${one === 'skip' ? 'include' : 'skip'}(if: ${this.#condition()})` : first;
  }

  #condition(): string {
    const number = this.#number() % 10;
    if (number < 2) return number === 0 ? 'true' : 'false';
    const name = `b${number % 3}`;
    if (!this.#conditions.has(name)) {
      this.#conditions.add(name);
      const value = this.#chance(50);
      // The last has a default, and no value now and then.
      this.#definitions.push(name === 'b2' ? `$b2: Boolean! = ${value}` : `$${name}: Boolean!`);
      if (name !== 'b2' || this.#chance(50)) this.#variables[name] = this.#chance(50);
    }
    return `$${name}`;
  }

  #arguments({ args }: GraphQLField<unknown, unknown>): string {
    const given = args.flatMap((argument) => {
      const isLeftOut = !isNeeded(argument) && this.#chance(30);
      return isLeftOut ? [] : [`${argument.name}: ${this.#value(argument.type, argument.defaultValue, 2)}`];
    });
    return given.length > 0 ? `(${given.join(', ')})` : '';
  }

  /** A literal, with variables in it at any depth. */
  #value(type: GraphQLInputType, usual: unknown, depth: number): string {
    if (this.#chance(35)) return this.#variable(type, usual);
    if (isNonNullType(type)) return this.#literal(type.ofType, depth);
    return this.#chance(12) ? 'null' : this.#literal(type, depth);
  }

  #literal(type: GraphQLInputType, depth: number): string {
    if (isListType(type)) {
      const items = Array.from({ length: this.#number() % 3 }, () =>
        this.#value(type.ofType, undefined, depth),
      );
      return `[${items.join(', ')}]`;
    }
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => this.#chance(50) && (depth > 0 || !isInputObjectType(getNamedType(field.type))),
      );
      const given = fields.map(
        (field) => `${field.name}: ${this.#value(field.type, field.defaultValue, depth - 1)}`,
      );
      return `{ ${given.join(', ')} }`;
    }
    const json = this.#json(type, 0);
    return isEnumType(type) ? String(json) : JSON.stringify(json);
  }

  #variable(type: GraphQLInputType, usual: unknown): string {
    const name = `v${this.#definitions.length}`;
    const isOptional = !isNonNullType(type) || usual !== undefined;
    // A variable of a nullable type fits where a default stands in for what is not given (GraphQL section 5.8.5).
    const isDefaulted = isOptional && !isNonNullType(type) && this.#chance(25) && isScalarLike(type);
    const text = isDefaulted ? ` = ${textOf(type, this.#json(type, 0))}` : '';
    const isAbsent = (!isNonNullType(type) && this.#chance(25)) || isDefaulted;
    this.#definitions.push(`$${name}: ${type}${text}`);
    if (!isAbsent) this.#variables[name] = this.#json(type, 2);
    return `$${name}`;
  }

  #json(type: GraphQLInputType, depth: number): unknown {
    if (isNonNullType(type)) return this.#json(type.ofType, depth);
    if (isListType(type))
      return Array.from({ length: this.#number() % 3 }, () => this.#json(type.ofType, depth));
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => this.#chance(50) && (depth > 0 || !isInputObjectType(getNamedType(field.type))),
      );
      return Object.fromEntries(fields.map((field) => [field.name, this.#json(field.type, depth - 1)]));
    }
    if (isEnumType(type)) return this.#pick(type.getValues()).name;
    const number = this.#number();
    if (type.name === 'Int') return (number % 7) - 1;
    if (type.name === 'Boolean') return number % 2 === 0;
    return this.#pick(['', 'word', '"quoted"', '7', '\u2028é']);
  }
}

const isNeeded = ({ type, defaultValue }: GraphQLArgument) =>
  isNonNullType(type) && defaultValue === undefined;
const isScalarLike = (type: GraphQLInputType) => isLeafType(type);
const textOf = (type: GraphQLInputType, json: unknown) =>
  isEnumType(type) ? String(json) : JSON.stringify(json);

const introspections = [
  '__schema { queryType { name } mutationType { name } }',
  '__type(name: "E0") { name kind fields { name type { name kind } } }',
  '__type(name: "Thing") { kind possibleTypes { name } }',
  '__type(name: "Mood") { enumValues { name } }',
];
