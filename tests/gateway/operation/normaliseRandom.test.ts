/** Whatever is asked: the normal form of an operation is valid, and its answer is that to the operation itself. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  buildSchema,
  type DocumentNode,
  executeSync,
  type GraphQLField,
  GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedType,
  getNamedType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql';
import { normaliseOperation } from '../../../gateway/operation/normalise.ts';
import { buildModel } from '../../../gateway/supergraph/supergraphModel.ts';

const sdl = `
  type Query { node(of: In): Node nodes(first: Int = 2, ids: [ID!]): [Node] a: A grid(of: [[Int]], mode: Mode! = RICH): String }
  interface Node { id: ID! text(first: Int, mode: Mode = PLAIN): String self: Node }
  type A implements Node @join__type(graph: X, key: "id") {
    id: ID! text(first: Int, mode: Mode = PLAIN): String self: A only(value: Any, id: ID, float: Float! = 0.5): String other: B
    made: String @join__field(graph: X, requires: "text(first: 3) other { id }")
  }
  type B implements Node { id: ID! text(first: Int, mode: Mode = PLAIN): String self: B only(float: Float, flag: Boolean, string: String): String other(in: In): A }
  enum Mode { PLAIN RICH }
  type Mutation { one(n: Int): A two: B three: Int }
  input In { n: Int = 3 list: [In!] mode: Mode any: Any float: Float! = 1.5 }
  scalar Any
`;
const model = buildModel(sdl, sdl);
const schema = echoSchema();

/** A schema whose leaves tell with which arguments they were asked for. */
function echoSchema() {
  const echo = buildSchema(sdl, { assumeValid: true });
  for (const type of Object.values(echo.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isInterfaceType(type)) type.resolveType = ({ kind }: { kind: string }) => kind;
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) field.resolve = resolverOf(type, field);
  }
  return echo;
}

function resolverOf(parent: GraphQLNamedType, { name, type }: GraphQLField<unknown, unknown>) {
  const named = getNamedType(type);
  const object = (kind: string, args: object) => ({ kind: isObjectType(named) ? named.name : kind, args });
  return (from: { args?: object } | undefined, args: object) => {
    if (isLeafType(named)) return `${parent.name}.${name} ${told([args, from?.args])}`;
    return isListType(type) ? [object('A', args), object('B', args), null] : object('B', args);
  };
}

/** JSON in which properties have no order, and numbers are told apart that JSON has no words for. */
function told(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(told).join()}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([name, one]) => `${name}:${told(one)}`)
      .sort()
      .join()}}`;
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  return JSON.stringify(value) ?? 'nothing';
}

/** An operation that is made up choice by choice. */
class Maker {
  readonly variables: Record<string, unknown> = {};
  readonly #choices: readonly number[];
  readonly #definitions: string[] = [];
  readonly #fragments: string[] = [];
  #at = 0;

  constructor(choices: readonly number[]) {
    this.#choices = choices;
  }

  operation(): string {
    const body = this.#selections('Query', 3);
    const variables = this.#definitions.length > 0 ? `(${this.#definitions.join(', ')})` : '';
    return `query Q${variables} ${body}\n${this.#fragments.join('\n')}`;
  }

  #choose(count: number): number {
    const at = this.#at++;
    return (this.#choices[at] ?? Math.imul(at, 2_654_435_761) >>> 16) % count;
  }

  #pick<One>(from: readonly One[]): One {
    return from[this.#choose(from.length)] as One;
  }

  #selections(typeName: string, depth: number): string {
    const count = 1 + this.#choose(4);
    return `{ ${Array.from({ length: count }, () => this.#selection(typeName, depth)).join(' ')} }`;
  }

  #selection(typeName: string, depth: number): string {
    const type = schema.getType(typeName);
    const isRoot = typeName === 'Query';
    const form = depth > 0 ? this.#choose(8) : 0;
    if (form >= 6) {
      const condition = isRoot
        ? 'Query'
        : this.#pick(isInterfaceType(type) ? ['A', 'B', 'Node'] : [typeName, 'Node']);
      const inner = this.#selections(condition, depth - 1);
      if (form === 6) return `... on ${condition} ${this.#directive()} ${inner}`;
      const name = this.#pick(['on1', 'id', `F${this.#fragments.length}`]) + this.#fragments.length;
      this.#fragments.push(`fragment ${name} on ${condition} ${inner}`);
      return `...${name}`;
    }
    const fields = Object.values(isObjectType(type) || isInterfaceType(type) ? type.getFields() : {});
    const usable = fields.filter((one) => depth > 0 || isLeafType(getNamedType(one.type)));
    const field = usable.length > 0 ? this.#pick(usable) : undefined;
    if (!field || this.#choose(12) === 0) return `${this.#alias()}__typename`;
    const given = field.args
      .filter((one) => this.#choose(3) > 0 || (isNonNullType(one.type) && one.defaultValue === undefined))
      .map((one) => `${one.name}: ${this.#value(one.type, 2)}`);
    const named = getNamedType(field.type);
    const inner = isLeafType(named) ? '' : this.#selections(named.name, depth - 1);
    const args = given.length > 0 ? `(${given.join(' ')})` : '';
    return `${this.#alias()}${field.name}${args} ${this.#directive()}${inner}`;
  }

  #alias(): string {
    return this.#pick(['', '', '', '', '', '', 'x: ', 'id: ', 'text: ', '__proto__: ', '_a0_text: ', 'y: ']);
  }

  #directive(): string {
    switch (this.#choose(8)) {
      case 0:
        return `@include(if: ${this.#variable('Boolean!')})`;
      case 1:
        return '@skip(if: false)';
      default:
        return '';
    }
  }

  #value(type: GraphQLInputType, depth: number): string {
    if (this.#choose(5) === 0) return this.#variable(String(type));
    return this.#literal(type, depth);
  }

  #literal(type: GraphQLInputType, depth: number): string {
    if (isNonNullType(type)) return this.#literal(type.ofType, depth).replace(/^null$/, 'XX');
    if (this.#choose(9) === 0) return 'null';
    if (isListType(type)) {
      if (this.#choose(4) === 0) return this.#literal(type.ofType, depth);
      return `[${Array.from({ length: this.#choose(3) }, () => this.#value(type.ofType, depth)).join(' ')}]`;
    }
    if (type instanceof GraphQLInputObjectType) {
      const fields = Object.values(type.getFields()).filter(() => this.#choose(2) === 0);
      const kept = depth > 0 ? fields : fields.filter((one) => !isListType(one.type));
      return `{${kept.map((one) => `${one.name}: ${this.#value(one.type, depth - 1)}`).join(' ')}}`;
    }
    if (isEnumType(type)) return this.#pick(['PLAIN', 'RICH']);
    return this.#pick(literals[type.name] ?? []);
  }

  #variable(type: string): string {
    const name = `${this.#pick(['v', 'representations', 'id'])}${this.#definitions.length}`;
    const values = given[type.replace(/!$/, '')] ?? [];
    const isRequired = type.endsWith('!');
    const [value, usual] = this.#pick(values.length > 0 ? values : [[null, 'null'] as const]);
    const form = this.#choose(4);
    if (form === 0 && !isRequired) this.#definitions.push(`$${name}: ${type}`);
    else if (form === 1 && usual !== 'null') this.#definitions.push(`$${name}: ${type} = ${usual}`);
    else {
      this.#definitions.push(`$${name}: ${type}`);
      this.variables[name] = value;
    }
    return `$${name}`;
  }
}

const literals: Readonly<Record<string, readonly string[]>> = {
  Int: ['0', '1', '3', '-7', '-0'],
  Float: ['1', '1.0', '1.50', '1e400', '-0.0', '1e-400', '0.1'],
  ID: ['1', '"1"', '12345678901234567890'],
  String: ['"a"', '"""a"""', '"é\\n\\"\\u2028"', '""'],
  Boolean: ['true', 'false'],
  Any: [
    '1',
    '1.0',
    '12345678901234567890',
    'PLAIN',
    '{b: [1, "x"] a: null}',
    '{__proto__: 1}',
    '[RICH]',
    '"1"',
    'true',
  ],
};

/** Values for variables, and how they are written as defaults. */
const given: Readonly<Record<string, readonly (readonly [unknown, string])[]>> = {
  Int: [[4, '4']],
  Float: [[2.5, '2.5']],
  ID: [['7', '7']],
  String: [['s', '"s"']],
  Boolean: [
    [true, 'true'],
    [false, 'false'],
  ],
  Mode: [['RICH', 'RICH']],
  In: [[{ n: 1 }, '{n: 1}']],
  Any: [[{ k: 1 }, '{k: 1}']],
  '[In!]': [[[{ float: 2 }], '[{float: 2}]']],
  '[ID!]': [[['8'], '["8"]']],
  '[Int]': [[[1, null], '[1, null]']],
  '[[Int]]': [[[[1], null], '[[1], null]']],
};

interface Data {
  [name: string]: unknown;
}

function inClientsNames(data: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(data)) return data.map((one) => inClientsNames(one, names));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data as Data).flatMap(([name, value]) => {
      const own = names.get(name) ?? name;
      // What the client has not asked for has no name.
      return own === '' ? [] : [[own, inClientsNames(value, names)] as const];
    }),
  );
}

describe('the normal form of any operation', () => {
  it('is valid, and has the same answer', () => {
    let asked = 0;
    let renamed = 0;
    let literal = 0;
    fc.assert(
      fc.property(fc.array(fc.noBias(fc.nat(9999)), { minLength: 40, maxLength: 150 }), (choices) => {
        const maker = new Maker(choices);
        const query = maker.operation();
        const document = parse(query);
        fc.pre(validate(schema, document).length === 0);
        const normal = normaliseOperation(model, document, 'Q');
        expect(validate(schema, parse(normal.text)).map(({ message }) => message)).toEqual([]);
        expect(normaliseOperation(model, document, undefined).text).toBe(normal.text);
        const variableValues: Data = {};
        for (const one of normal.variables) {
          if (!('from' in one)) variableValues[one.name] = JSON.parse(one.json);
          else if (Object.hasOwn(maker.variables, one.from))
            variableValues[one.name] = maker.variables[one.from];
        }
        const before = executeSync({ schema, document, variableValues: maker.variables });
        const after = executeSync({ schema, document: normal.document, variableValues });
        expect(JSON.stringify(inClientsNames(after.data, normal.names))).toBe(
          JSON.stringify(inClientsNames(before.data, new Map())),
        );
        expect(after.errors?.length).toBe(before.errors?.length);
        asked++;
        renamed += normal.names.size;
        literal += normal.variables.filter((one) => 'json' in one).length;
      }),
      { numRuns: 80, maxSkipsPerRun: 30, seed: 20_251_124 },
    );
    expect(asked).toBe(80);
    expect(renamed).toBeGreaterThan(asked / 4);
    expect(literal).toBeGreaterThan(asked / 4);
  });

  it('runs every field of a mutation once, in the order of the operation', () => {
    const names = ['a', 'b', 'c'];
    const field = fc.constantFrom(
      'one { id }',
      'one { ID: id }',
      'two { id }',
      'two { x: id }',
      'three',
      'x: three',
    );
    const mark = fc.constantFrom(
      '',
      '',
      ...names.flatMap((name) => [`@skip(if: $${name})`, `@include(if: $${name})`]),
    );
    const selection = fc.letrec<{ one: string; many: string }>((tie) => ({
      one: fc.oneof(
        { maxDepth: 2 },
        fc.tuple(field, mark).map(([text, condition]) => text.replace(/( \{|$)/, ` ${condition}$1`)),
        fc.tuple(mark, tie('many')).map(([condition, inner]) => `... ${condition} { ${inner} }`),
        fc.constant('...F'),
      ),
      many: fc.array(tie('one'), { minLength: 1, maxLength: 4 }).map((texts) => texts.join(' ')),
    })).many;
    let doubled = 0;
    fc.assert(
      fc.property(selection, field, mark, (root, shared, condition) => {
        const query = `mutation($a: Boolean!, $b: Boolean!, $c: Boolean!) { ${root} ...F @skip(if: $a) three @skip(if: $b) two @include(if: $c) { id } }
          fragment F on Mutation { ${shared} ... ${condition} { two { self { id } } } }`;
        const document = parse(query);
        fc.pre(validate(schema, document).length === 0);
        const normal = normaliseOperation(model, document, undefined);
        expect(validate(schema, parse(normal.text)).map(({ message }) => message)).toEqual([]);
        for (let bits = 0; bits < 8; bits++) {
          const given = Object.fromEntries(names.map((name, at) => [name, (bits & (1 << at)) !== 0]));
          const values = Object.fromEntries(
            normal.variables.map((one) => [one.name, 'from' in one ? given[one.from] : JSON.parse(one.json)]),
          );
          const before = executeSync({ schema, document, variableValues: given });
          const after = executeSync({ schema, document: normal.document, variableValues: values });
          expect(JSON.stringify(inClientsNames(after.data, normal.names))).toBe(JSON.stringify(before.data));
          const standing = rootNames(normal.document, values);
          expect(standing).toEqual([...new Set(standing)]);
          if (rootNames(document, given).length > standing.length) doubled++;
        }
      }),
      { numRuns: 80, maxSkipsPerRun: 30, seed: 20_251_124 },
    );
    expect(doubled).toBeGreaterThan(100);
  });
});

/** The response names at the root for these values, each as often as it stands there. */
function rootNames(document: DocumentNode, values: Data): string[] {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  const namesIn = ({ selections }: SelectionSetNode): string[] =>
    selections.flatMap((selection) => {
      const isLeftOut = selection.directives?.some(({ name, arguments: given }) => {
        const value = given?.[0]?.value;
        const is = value?.kind === Kind.VARIABLE ? values[value.name.value] : undefined;
        return is === (name.value === 'skip');
      });
      if (isLeftOut) return [];
      if (selection.kind === Kind.FIELD) return [(selection.alias ?? selection.name).value];
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      return inner ? namesIn(inner.selectionSet) : [];
    });
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  return operation?.kind === Kind.OPERATION_DEFINITION ? namesIn(operation.selectionSet) : [];
}
