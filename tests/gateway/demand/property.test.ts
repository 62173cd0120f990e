import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  buildSchema,
  execute,
  type GraphQLFieldResolver,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { actualCost } from '../../../gateway/demand/actualCost.ts';
import { openCosts } from '../../../gateway/demand/estimateCost.ts';

/** How long a list is of which nobody says how long it is. */
const listSize = 3;

const directives = `
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
  directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR`;

/** One field of a made-up type: what it gives, and what it costs. */
const madeField = fc.record({
  gives: fc.constantFrom('leaf', 'leaves', 'object', 'objects', 'grid', 'page'),
  type: fc.constantFrom('A', 'B', 'C', 'Face', 'Pick'),
  weight: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
  size: fc.constantFrom('none', 'assumed', 'sliced'),
  argumentWeight: fc.integer({ min: -3, max: 5 }),
});
type MadeField = typeof madeField extends fc.Arbitrary<infer Field> ? Field : never;

const fieldSdl = ({ gives, type, weight, size, argumentWeight }: MadeField, name: string): string => {
  const given = {
    leaf: 'Int',
    leaves: '[Int]',
    object: type,
    objects: `[${type}!]`,
    grid: `[[${type}]!]`,
    page: 'Page',
  }[gives];
  const isList = gives !== 'leaf' && gives !== 'object';
  const sized = gives === 'page' ? ', sizedFields: ["nodes", "edges"]' : '';
  const listed = !isList
    ? ''
    : size === 'assumed'
      ? `@listSize(assumedSize: 2${sized}, requireOneSlicingArgument: false)`
      : size === 'sliced' || gives === 'page'
        ? `@listSize(slicingArguments: ["n", "in.n"]${sized}, requireOneSlicingArgument: false, assumedSize: 1)`
        : '';
  const cost = weight === undefined ? '' : `@cost(weight: ${weight})`;
  return `${name}(n: Int, in: In, w: Int @cost(weight: ${argumentWeight})): ${given} ${listed} ${cost}`;
};

const names = ['p', 'q', 'r', 's'];

const madeSchema = fc
  .record({
    shared: fc.array(madeField, { minLength: 1, maxLength: 2 }),
    own: fc.array(madeField, { minLength: 9, maxLength: 9 }),
    weights: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 3, maxLength: 3 }),
  })
  .map(({ shared, own, weights }) => {
    const sharedSdl = shared.map((field, at) => fieldSdl(field, `f${at}`)).join('\n');
    const ownOf = (at: number) =>
      own
        .slice(at * 3, at * 3 + 3)
        .map((field, index) => fieldSdl(field, names[index] as string))
        .join('\n');
    const types = ['A', 'B', 'C'].map(
      (name, at) =>
        `type ${name} implements Face @cost(weight: ${weights[at]}) { x: Int y: String ${sharedSdl} ${ownOf(at)} }`,
    );
    return `${directives}
      input In { n: Int = 2 deep: In }
      interface Face { x: Int ${sharedSdl} }
      union Pick = A | C
      type Page { nodes: [Face!]! edges: [Edge] total: Int @cost(weight: 5) }
      type Edge { node: Pick }
      type Query { a: A face(n: Int, in: In, w: Int): Face list: [B] page(n: Int, in: In, w: Int): Page @listSize(slicingArguments: ["n"], sizedFields: ["nodes"], assumedSize: 2, requireOneSlicingArgument: false) }
      ${types.join('\n')}`;
  });

/** Numbers that decide, one after the other, how an operation is made. */
type Dice = (sides: number) => number;
const diceOf = (rolls: readonly number[]): Dice => {
  let at = 0;
  return (sides) => (rolls[at++ % rolls.length] as number) % sides;
};

function madeOperation(sdl: string, rolls: readonly number[]): string {
  const schema = buildSchema(sdl);
  const dice = diceOf(rolls);
  let aliases = 0;
  const argumentsOf = () =>
    [
      '',
      '',
      '(n: $n)',
      '(n: 2)',
      '(in: { n: $m })',
      '(in: {})',
      '(n: 1, w: 1)',
      '(w: $n)',
      '(in: $in)',
      '(n: $none)',
    ][dice(10)];
  const conditionOf = () => ['', '', '', '@include(if: $yes)', '@skip(if: $no)', '@skip(if: $yes)'][dice(6)];
  const selectionOf = (typeName: string, depth: number): string => {
    const type = schema.getType(typeName);
    const parts: string[] = [];
    for (let count = 1 + dice(3); count > 0; count--) {
      if (isAbstractType(type) && dice(2) === 0) {
        const possible = schema.getPossibleTypes(type);
        const name = possible[dice(possible.length)]?.name ?? 'A';
        parts.push(`... on ${name} ${conditionOf()} ${selectionOf(name, depth)}`);
        continue;
      }
      const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
      const field = fields[dice(Math.max(1, fields.length))];
      if (!field) {
        parts.push('__typename');
        continue;
      }
      const given = field.args.length > 0 ? argumentsOf() : '';
      const named = getNamedType(field.type);
      const alias = `z${aliases++}: `;
      if (isLeafType(named)) parts.push(`${alias}${field.name}${given} ${conditionOf()}`);
      else if (depth > 0)
        parts.push(`${alias}${field.name}${given} ${conditionOf()} ${selectionOf(named.name, depth - 1)}`);
      else parts.push('__typename');
      // The same again, as other fragments would ask for it.
      if (isLeafType(named) && dice(3) === 0) parts.push(parts.at(-1) as string);
    }
    return `{ ${parts.join(' ')} }`;
  };
  return `query ($n: Int, $m: Int = 4, $none: Int, $in: In, $yes: Boolean!, $no: Boolean = false) ${selectionOf('Query', 3)}`;
}

/** An answer whose lists are as long as they may be, or shorter where the dice say so. */
function answerOf(schema: ReturnType<typeof buildSchema>, text: string, variables: object, shorten: Dice) {
  const bySlice = (
    { n, in: input }: { n?: number | null; in?: { n?: number | null } | null },
    isNested: boolean,
  ) => {
    const given = [n, isNested ? input?.n : null].filter((one) => typeof one === 'number');
    return given.length > 0 ? Math.max(...given) : undefined;
  };
  const fieldResolver: GraphQLFieldResolver<{ sized?: Record<string, number> }, unknown> = (
    source,
    args,
    _,
    info,
  ) => {
    const field = info.parentType.getFields()[info.fieldName];
    const owners = [info.parentType, ...info.parentType.getInterfaces()];
    const [directive] = owners.flatMap(
      (type) =>
        type
          .getFields()
          [info.fieldName]?.astNode?.directives?.filter(({ name }) => name.value === 'listSize') ?? [],
    );
    const numberOf = (name: string) => {
      const value = directive?.arguments?.find((one) => one.name.value === name)?.value;
      return value?.kind === 'IntValue' ? Number(value.value) : undefined;
    };
    const isSliced = directive?.arguments?.some(({ name }) => name.value === 'slicingArguments');
    const own = directive
      ? ((isSliced ? bySlice(args, info.parentType.name !== 'Query') : undefined) ?? numberOf('assumedSize'))
      : undefined;
    const length = source?.sized?.[info.fieldName] ?? own ?? listSize;
    const named = getNamedType(info.returnType);
    const item = () => {
      if (isLeafType(named)) return 1;
      const types = isAbstractType(named) ? schema.getPossibleTypes(named) : [];
      const __typename = types.length > 0 ? types[shorten(types.length)]?.name : undefined;
      return { __typename, sized: named.name === 'Page' ? { nodes: own, edges: own } : undefined };
    };
    const valueFor = (type: unknown, most: number): unknown => {
      if (isNonNullType(type as never)) return valueFor((type as { ofType: unknown }).ofType, most);
      if (!isListType(type as never)) return item();
      const count = shorten(4) === 0 ? shorten(most + 1) : most;
      return Array.from({ length: count }, () => valueFor((type as { ofType: unknown }).ofType, listSize));
    };
    return field && valueFor(info.returnType, length);
  };
  const result = execute({
    schema,
    document: parse(text),
    variableValues: variables as never,
    fieldResolver: fieldResolver as never,
  });
  return result as { data: unknown; errors?: readonly Error[] };
}

const madeVariables = fc.record({
  n: fc.option(fc.integer({ min: 0, max: 3 })),
  in: fc.option(fc.record({ n: fc.option(fc.integer({ min: 0, max: 3 })) }, { requiredKeys: [] })),
  yes: fc.boolean(),
  no: fc.boolean(),
});

const rolls = fc.array(fc.nat(59), { minLength: 20, maxLength: 60 });

describe('the estimate of an operation', () => {
  it('is never less than its answer costs, where that keeps its list sizes', () => {
    let compared = 0;
    const property = fc.property(madeSchema, rolls, rolls, madeVariables, (sdl, made, short, variables) => {
      const schema = buildSchema(sdl);
      const text = madeOperation(sdl, made);
      const document = parse(text);
      // Uses of one name with other arguments are none of an operation's.
      fc.pre(validate(schema, document).every(({ message }) => message.includes('never used')));
      const operation = document.definitions[0] as OperationDefinitionNode;
      const costs = openCosts(schema, schema, { listSize });
      const estimated = costs.of(document, operation).estimate(variables);
      const { data, errors } = answerOf(schema, text, variables, diceOf(short));
      expect(errors).toBeUndefined();
      const actual = actualCost(costs.weights, { schema, document, operation, variables, data });
      expect(actual).toBeLessThanOrEqual(estimated);
      if (actual > 0) compared++;
    });
    fc.assert(property, { numRuns: 120 });
    expect(compared).toBeGreaterThan(80);
  });

  it('is what the answer costs, where lists are full and each object can have one type only', () => {
    const sdl = `${directives}
      type Query { a(n: Int): [A] @listSize(slicingArguments: ["n"]) page(n: Int = 2): Page @listSize(slicingArguments: ["n"], sizedFields: ["nodes"]) }
      type Page @cost(weight: 3) { nodes: [A] total: Int @cost(weight: 5) }
      type A { x: Int y: String @cost(weight: 2) grid: [[A]] }`;
    const schema = buildSchema(sdl);
    const text = '{ a(n: 4) { x z: y grid { x } } page { total nodes { y __typename } } }';
    const document = parse(text);
    const operation = document.definitions[0] as OperationDefinitionNode;
    const costs = openCosts(schema, schema, { listSize });
    const { data } = answerOf(schema, text, {}, () => 3);
    const actual = actualCost(costs.weights, { schema, document, operation, variables: {}, data });
    expect(actual).toBe(costs.of(document, operation).estimate({}));
    expect(actual).toBe(4 * (1 + 0.01 + 2 + 9 * 1.01) + 3 + 5 + 2 * (1 + 2 + 0.01));
  });
});
