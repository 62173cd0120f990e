import { describe, expect, it } from '@jest/globals';
import { buildSchema, type OperationDefinitionNode, parse, validate } from 'graphql';
import { openCosts } from '../../../gateway/demand/estimateCost.ts';
import { parseJson } from '../../../gateway/wire/losslessJson.ts';

const directives = `
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
  directive @cost(weight: String!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
`;

/** What operations cost in a graph, in a function of text and variables. */
function costsIn(sdl: string, listSize = 10) {
  const schema = buildSchema(`${directives} ${sdl}`);
  const costs = openCosts(schema, schema, { listSize });
  const of = (text: string) => {
    const document = parse(text);
    expect(validate(schema, document)).toEqual([]);
    return costs.of(document, document.definitions[0] as OperationDefinitionNode);
  };
  return {
    of,
    cost: (text: string, variables: Record<string, unknown> = {}) => of(text).estimate(variables),
    problem: (text: string, variables: Record<string, unknown> = {}) => of(text).problemIn(variables),
  };
}

const { cost, of } = costsIn(`
  type Query {
    stories(first: Int, last: Int): Stories @listSize(slicingArguments: ["first", "last"], sizedFields: ["nodes", "edges"], assumedSize: 20, requireOneSlicingArgument: false)
    top(n: Int = 3): [Story!] @listSize(slicingArguments: ["n"])
    story: Story
  }
  type Mutation { rename: Story }
  type Stories { nodes: [Story!]! edges: [Edge!]! info: Info! total: Int! }
  type Edge { node: Story! }
  type Info { more: Boolean }
  type Story { title: String body: String tags: [Tag!]! words: [String!]! related(first: Int! = 4): Stories! @listSize(slicingArguments: ["first"], sizedFields: ["nodes"]) }
  type Tag { name: String }
`);

describe('what an operation costs', () => {
  it('takes each list as long as it is asked for, by a number, a variable, the default, or as the schema assumes', () => {
    expect(cost('{ story { title } }')).toBe(1.01);
    expect(cost('{ top { title } }')).toBe(3.03);
    expect(cost('{ top(n: 7) { title } }')).toBe(7.07);
    expect(cost('{ stories { nodes { title } info { more } total } }')).toBe(22.22);
    const byVariable = 'query ($n: Int) { stories(last: $n) { nodes { title } } }';
    expect(cost(byVariable, { n: 50 })).toBe(51.5);
    expect(cost(byVariable)).toBe(21.2);
    expect(cost(byVariable, { n: null })).toBe(21.2);
    expect(cost('query ($n: Int = 70) { stories(last: $n) { nodes { title } } }')).toBe(71.7);
    expect(cost('query ($n: Int = 70) { top(n: $n) { title } }', { n: 0 })).toBe(0);
  });

  it('takes a list as long as a number asks that JSON.parse would round', () => {
    const many = costsIn(`
      type Query { many(n: Float): [Story] @listSize(slicingArguments: ["n"]) }
      type Story { title: String }
    `);
    for (const n of ['700.00000000000000000001', '7000000000000000000e-16'])
      expect(many.cost('query ($n: Float) { many(n: $n) { title } }', { n: parseJson(n) })).toBe(707);
    const long = parseJson('9007199254740993') as bigint;
    expect(many.cost('query ($n: Float) { many(n: $n) { title } }', { n: long })).toBeGreaterThan(1e12);
  });

  it('takes the largest of several slicing arguments, and gives the length to each sized field', () => {
    expect(cost('{ stories(first: 3, last: 9) { nodes { title } } }')).toBe(10.09);
    expect(cost('{ stories(first: 2) { nodes { title } edges { node { title } } } }')).toBe(7.04);
  });

  it('takes a list of which nobody says how long it is as the setting says', () => {
    expect(cost('{ story { tags { name } words } }')).toBe(11.2);
    const short = costsIn('type Query { tags: [Tag] grid: [[Tag]] } type Tag { name: String }', 2);
    expect(short.cost('{ tags { name } }')).toBe(2.02);
    expect(short.cost('{ grid { name } }')).toBe(4.04);
  });

  it('is worked out once for an operation, and a sum over its variables', () => {
    const operation = of('query ($n: Int) { top(n: $n) { title } }');
    expect([7, 9, 7].map((n) => operation.estimate({ n }))).toEqual([7.07, 9.09, 7.07]);
  });

  it('multiplies what is nested, and counts each alias of one field', () => {
    expect(cost('{ stories(first: 5) { nodes { related(first: 3) { nodes { title } } } } }')).toBe(26.15);
    expect(cost('{ a: story { title } b: story { x: title y: title } }')).toBe(2.03);
    const many = Array.from({ length: 1600 }, (_, at) => `a${at}: body`).join(' ');
    expect(cost(`{ stories(first: 100) { nodes { ${many} } } }`)).toBe(1701);
  });

  it('counts a field once that several fragments ask for, as it comes once', () => {
    const twice =
      '{ story { ...A ...B title } } fragment A on Story { title tags { name } } fragment B on Story { title tags { name } }';
    expect(cost(twice)).toBe(11.11);
  });

  it('ends where nothing is too much to be counted', () => {
    const nested = (depth: number): string =>
      depth === 0 ? 'title' : `related(first: 100) { nodes { ${nested(depth - 1)} } }`;
    expect(cost(`{ story { ${nested(40)} } }`)).toBeGreaterThan(1e12);
    expect(cost('query ($n: Int) { top(n: $n) { title } }', { n: 1e308 })).toBeGreaterThan(1e12);
    // Thirty fragments, each of which leads to the next by two ways: a billion places, and thirty that differ.
    const fragments = Array.from(
      { length: 30 },
      (_, at) =>
        `fragment F${at} on Story { a: related(first: $n) { nodes { ${at < 29 ? `...F${at + 1}` : 'title'} } } b: related(first: $n) { nodes { ${at < 29 ? `...F${at + 1}` : 'title'} } } }`,
    );
    expect(cost(`query ($n: Int!) { story { ...F0 } } ${fragments.join(' ')}`, { n: 1 })).toBeGreaterThan(
      1e9,
    );
  });

  it('adds ten for a mutation', () => {
    expect(cost('mutation { rename { title } }')).toBe(11.01);
  });

  it('leaves out what the variables skip, and counts what they do not tell', () => {
    const text = 'query ($with: Boolean = true) { story { title tags @include(if: $with) { name } } }';
    expect(cost(text, { with: false })).toBe(1.01);
    expect(cost(text)).toBe(11.11);
    expect(cost('{ story { title @skip(if: true) ... @include(if: false) { tags { name } } } }')).toBe(1);
    const both =
      'query ($a: Boolean!, $b: Boolean!) { story { ... @include(if: $a) { tags { name } } ... @skip(if: $b) { tags { other: name } } } }';
    expect(cost(both, { a: true, b: true })).toBe(11.1);
    expect(cost(both, { a: false, b: false })).toBe(11.1);
    expect(cost(both, { a: true, b: false })).toBe(11.2);
    expect(cost(both, { a: false, b: true })).toBe(1);
  });
});

describe('weights', () => {
  it('of a field go before those of its type, and hold for each item of a list', () => {
    const { cost } = costsIn(`
      type Query { a: Thing b: Thing @cost(weight: "7") many: [Thing] @cost(weight: "7") @listSize(assumedSize: 3) rank: Rank code: Code n: Int @cost(weight: "0.5") free: Int @cost(weight: "0") }
      type Thing @cost(weight: "2.5") { name: String @cost(weight: "4") }
      enum Rank @cost(weight: "3") { LOW }
      scalar Code @cost(weight: "6")
    `);
    expect(cost('{ a { name } }')).toBe(6.5);
    expect(cost('{ b { name } }')).toBe(11);
    expect(cost('{ many { name } }')).toBe(33);
    expect(cost('{ rank code n free }')).toBe(9.5);
  });

  it('of arguments and input fields count where they are given, in texts, variables and lists', () => {
    const { cost } = costsIn(`
      type Query { find(text: String @cost(weight: "5"), filter: Filter, ranks: [Rank], off: Int @cost(weight: "-9")): Int @cost(weight: "1") }
      input Filter { tag: String @cost(weight: "2") inner: Filter plain: Int }
      enum Rank @cost(weight: "3") { LOW HIGH }
    `);
    expect(cost('{ find }')).toBe(1);
    expect(cost('{ find(text: "x") }')).toBe(6);
    expect(cost('{ find(text: null) }')).toBe(1);
    expect(cost('{ find(filter: { tag: "a", inner: { plain: 1 } }) }')).toBe(1 + 1 + 2 + 1);
    expect(cost('{ find(ranks: [LOW, HIGH]) }')).toBe(7);
    const text =
      'query ($text: String, $filter: Filter, $ranks: [Rank]) { find(text: $text, filter: $filter, ranks: $ranks) }';
    expect(cost(text)).toBe(1);
    expect(cost(text, { text: 'x', filter: { tag: 'a', inner: { tag: null } }, ranks: ['LOW'] })).toBe(
      1 + 5 + 1 + 2 + 1 + 3,
    );
    expect(cost('{ find(text: "x", off: 1) }')).toBe(0);
  });

  it('of an interface or a union are those of the type that costs most', () => {
    const { cost } = costsIn(`
      type Query { any: Any node: Node }
      union Any = Cheap | Dear
      interface Node { id: ID body(n: Int): [String] @cost(weight: "2") @listSize(slicingArguments: ["n"], requireOneSlicingArgument: false) }
      type Cheap implements Node { id: ID body(n: Int): [String] x: Int }
      type Dear implements Node @cost(weight: "50") { id: ID body(n: Int): [String] @cost(weight: "3") y: Int }
    `);
    expect(cost('{ any { __typename ... on Cheap { x } } }')).toBe(50.01);
    expect(cost('{ any { ... on Cheap { x id } ... on Dear { y } } }')).toBe(50.01);
    expect(cost('{ node { ... on Cheap { id } ... on Node { x: id } } }')).toBe(50.01);
    // Its own weight, and the size that its interface tells.
    expect(cost('{ node { body(n: 5) } }')).toBe(65);
    expect(cost('{ node { ... on Cheap { body(n: 40) } } }')).toBe(81);
  });

  it('are read under the names that a link gives them', () => {
    const renamed = `
      schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/cost/v0.1", as: "price", import: [{ name: "@cost", as: "@weighs" }]) { query: Query }
      directive @link(url: String, as: String, import: [Import]) repeatable on SCHEMA
      scalar Import
      directive @weighs(weight: Int!) on FIELD_DEFINITION
      directive @price__listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
      directive @join__directive(graphs: [String!], name: String!, args: Import) repeatable on FIELD_DEFINITION
      type Query {
        a: Int @weighs(weight: 5)
        b: Int @cost(weight: "9")
        c: [Int] @price__listSize(assumedSize: 300)
        d: Int @join__directive(graphs: ["A"], name: "cost", args: { weight: 4 }) @join__directive(graphs: ["B"], name: "weighs", args: { weight: 6 })
      }
    `;
    const { cost } = costsIn(renamed);
    expect(['{ a }', '{ b }', '{ c }', '{ d }'].map((text) => cost(text))).toEqual([5, 0.01, 3, 6]);
  });
});

describe('slicing arguments', () => {
  const { cost, problem } = costsIn(`
    type Query {
      page(input: Page, other: Int): [Int] @listSize(slicingArguments: ["input.window.first", "input.last"], requireOneSlicingArgument: false)
      one(first: Int, last: Int): [Int] @listSize(slicingArguments: ["first", "last"])
      usual(first: Int = 5, last: Int): [Int] @listSize(slicingArguments: ["first", "last"])
      ids(ids: [ID!]!, big: Long): [Int] @listSize(slicingArguments: ["ids", "big"], requireOneSlicingArgument: false)
    }
    input Page { window: Window last: Int = 300 }
    input Window { first: Int = 400 }
    scalar Long
  `);

  it('lie in input objects too, with their defaults', () => {
    expect(cost('{ page }')).toBe(0.1);
    expect(cost('{ page(input: { last: 700 }) }')).toBe(8);
    expect(cost('{ page(input: {}) }')).toBe(4);
    expect(cost('{ page(input: { window: { first: 900 } }) }')).toBe(11);
    expect(cost('query ($n: Int) { page(input: { window: { first: $n } }) }', { n: 900 })).toBe(11);
    expect(cost('query ($p: Page) { page(input: $p) }', { p: { window: {}, last: 1 } })).toBe(6);
    expect(cost('query ($w: Window) { page(input: { window: $w }) }', { w: { first: 900 } })).toBe(11);
  });

  it('may be texts of whole numbers, and lists', () => {
    expect(cost('{ ids(ids: [1, 2], big: "500") }')).toBe(5);
    expect(
      cost('query ($ids: [ID!]!, $big: Long) { ids(ids: $ids, big: $big) }', { ids: Array(300).fill('x') }),
    ).toBe(3);
    expect(cost('query ($big: Long) { ids(ids: [], big: $big) }', { big: '700' })).toBe(7);
  });

  it('are asked for where the schema requires one', () => {
    const expected = (got: string) =>
      `Expected "Query.one" to have exactly one of the arguments "first", "last", but got: ${got}.`;
    expect(problem('{ one }')).toBe(expected('none'));
    expect(problem('{ one(first: 1, last: 1) }')).toBe(expected('2 of them'));
    expect(problem('{ one(last: 1) }')).toBeUndefined();
    expect(problem('{ usual }')).toBeUndefined();
    expect(problem('{ usual(last: 1) }')).toBeUndefined();
    const byVariables =
      'query ($a: Int, $b: Int, $x: Boolean = true) { one(first: $a, last: $b) @include(if: $x) }';
    expect(problem(byVariables)).toBe(expected('none'));
    expect(problem(byVariables, { a: 1, b: null })).toBeUndefined();
    expect(problem(byVariables, { a: 1, b: 2 })).toBe(expected('2 of them'));
    expect(problem(byVariables, { x: false })).toBeUndefined();
  });
});

describe('introspection', () => {
  it('costs a hundredth for each object and value, and lists are as long as those of the schema', () => {
    const { cost } = costsIn('type Query { a(x: Int, y: Int): Int b: Int } enum E { A B C }');
    const text = '{ __schema { types { name } } }';
    const types = Object.keys(
      buildSchema(`${directives} type Query { a: Int } enum E { A }`).getTypeMap(),
    ).length;
    expect(cost(text)).toBeCloseTo(0.01 + types * 0.02, 6);
    const many = Array.from({ length: 1600 }, (_, at) => `a${at}: fields { name }`).join(' ');
    expect(cost(`{ __schema { types { ${many} } } }`)).toBeGreaterThan(1000);
    expect(cost('{ __type(name: "Query") { fields { args { name } } } }')).toBeGreaterThan(0.05);
  });
});
