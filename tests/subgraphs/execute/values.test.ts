import { afterEach, describe, expect, it, jest } from '@jest/globals';
import {
  buildSchema,
  type ExecutionResult,
  execute,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLScalarType,
  type GraphQLSchema,
  parse,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { executorOf } from '../../../subgraphs/execute/runOperation.ts';

const sdl = `
  interface Named { name: String }
  type Cat implements Named { name: String! kitten: Cat kittens: [[Named]] same: Cat }
  type Dog implements Named { name: String }
  enum Mood { HAPPY SAD }
  input Range { from: Int = 1 to: Int! moods: [Mood!] = [SAD] }
  scalar Stamp
  type Query {
    cat: Cat named: Named pets: [Named!]
    echo(text: String = "none", many: [Int], range: Range, mood: Mood = HAPPY, stamp: Stamp, need: Int! = 3): String
  }
`;
const readStamp = (value: unknown) => {
  if (typeof value !== 'string') throw new Error('Expected a stamp.');
  return { stamp: value };
};
const stamp = {
  serialize: (value: unknown) => {
    if (value === 'refused') throw new Error('no stamp');
    return value === 'nothing' ? null : String(value);
  },
  parseValue: readStamp,
  parseLiteral: (node: ValueNode) => readStamp(valueFromASTUntyped(node)),
};

function schemaWith(fields: Record<string, (...given: never[]) => unknown>, more = ''): GraphQLSchema {
  const schema = buildSchema(sdl + more);
  Object.assign(schema.getType('Stamp') as GraphQLScalarType, stamp);
  for (const [name, resolve] of Object.entries(fields)) {
    const [type, field] = name.split('.') as [string, string];
    const found = (schema.getType(type) as GraphQLObjectType).getFields()[field];
    if (found) found.resolve = resolve as never;
  }
  return schema;
}

const answerOf = (schema: GraphQLSchema, source: string, variables = {}) =>
  executorOf(schema)({ document: parse(source, { noLocation: true }), variables, context: {} });

const shown = ({ data, errors }: ExecutionResult) => ({
  data: JSON.stringify(data),
  errors: errors?.map(({ message, path }) => ({ message, path })),
});

/** The answer, where it is the same as that of graphql-js. */
async function agreed(schema: GraphQLSchema, source: string, variables = {}) {
  const ours = await answerOf(schema, source, variables);
  const document = parse(source, { noLocation: true });
  const theirs = await execute({ schema, document, variableValues: variables, contextValue: {} });
  expect(shown(ours)).toEqual(shown(theirs));
  return shown(ours);
}

function* breaking() {
  yield 1;
  throw new Error('broke off');
}

describe('values that a subgraph is given', () => {
  const odd = [
    0,
    -0,
    7,
    1.5,
    2 ** 31 - 1,
    2 ** 31,
    -(2 ** 31),
    -(2 ** 31) - 1,
    2 ** 53,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    3n,
    '',
    '7',
    ' 7',
    'SAD',
    'text',
    'refused',
    true,
    false,
    null,
    undefined,
    [],
    {},
    Symbol('s'),
    new Date(0),
    { valueOf: () => 5 },
    {
      valueOf() {
        throw new Error('no value');
      },
    },
    Object.create(null),
    new Error('a value'),
    () => 'called',
    () => {
      throw new Error('called');
    },
  ];
  const types = ['Int', 'Float', 'String', 'ID', 'Boolean', 'Mood', 'Stamp'];

  it.each(types.flatMap((type) => [type, `${type}!`]))(
    'are serialised or refused as %s by graphql-js and by us',
    async (type) => {
      for (const value of odd) {
        const schema = schemaWith(
          {
            'Query.held': () => ({ value, again: 'x' }),
            'Query.held2': () => [value, Promise.resolve(value)],
          },
          `type Held { value: ${type} again: String } extend type Query { held: Held held2: [${type}] }`,
        );
        await agreed(schema, '{ held { value again } held2 }');
      }
    },
  );

  it('are refused where a scalar answers nothing', async () => {
    const schema = schemaWith(
      { 'Query.held': () => ({ value: 'nothing' }) },
      'type Held { value: Stamp } extend type Query { held: Held }',
    );
    const { data, errors } = await answerOf(schema, '{ held { value } }');
    expect(data).toEqual({ held: { value: null } });
    expect(errors?.[0]?.path).toEqual(['held', 'value']);
  });

  it.each([
    'text',
    5,
    {},
    { [Symbol.iterator]: 5 },
    new Set([1, 2]),
    new Map([[1, 2]]),
    [1, undefined, 2],
    [1, Promise.reject(new Error('late')), 3],
    [new Error('an item'), 2],
  ])('are gone through as a list where they can be: %p', async (value) => {
    for (const type of ['[Int]', '[Int!]', '[Int]!', '[Int!]!', '[[Int]]']) {
      const more = `type Held { value: ${type} again: String } extend type Query { held: Held }`;
      await agreed(schemaWith({ 'Query.held': () => ({ value }) }, more), '{ held { value again } }');
    }
  });

  it('break off at the list, not at an item', async () => {
    const more = 'extend type Query { held: [Int!]! other: [Int] }';
    const fields = { 'Query.held': breaking, 'Query.other': breaking };
    const { errors } = await agreed(schemaWith(fields, more), '{ other }');
    expect(errors).toEqual([{ message: 'broke off', path: ['other'] }]);
    expect((await agreed(schemaWith(fields, more), '{ held other }')).data).toBe('null');
  });

  it('fail at their own field when reading them throws', async () => {
    const cat = {
      get name() {
        throw new Error('no name');
      },
      get same(): never {
        throw 'a text';
      },
      kitten: { name: 'Tom' },
    };
    const schema = schemaWith({ 'Query.cat': () => cat });
    const source = '{ cat { same { name } kitten { name } } }';
    expect((await agreed(schema, source)).data).toBe('{"cat":{"same":null,"kitten":{"name":"Tom"}}}');
    const { data, errors } = await agreed(schema, '{ cat { name } echo }');
    expect(data).toBe('{"cat":null,"echo":null}');
    expect(errors).toEqual([{ message: 'no name', path: ['cat', 'name'] }]);
  });

  it('reach resolvers as they are, objects or not', async () => {
    const told: unknown[] = [];
    const note = (source: unknown) => {
      told.push(source);
      return 'noted';
    };
    const schema = schemaWith({ 'Query.cat': () => 'a text', 'Query.echo': note, 'Cat.name': note });
    await agreed(schema, '{ cat { name same { name } } echo }');
    expect(told).toEqual(['a text', undefined, 'a text', undefined]);
  });

  it('may look like promises: those that call twice, at once, or throw, are answered once', async () => {
    const thenables: [unknown, string | null][] = [
      // biome-ignore lint/suspicious/noThenProperty: it is what is tested.
      [{ then: (done: (value: string) => void) => [done('one'), done('two')] }, 'one'],
      [
        {
          // biome-ignore lint/suspicious/noThenProperty: it is what is tested.
          then() {
            throw new Error('no promise');
          },
        },
        null,
      ],
      [
        {
          // biome-ignore lint/suspicious/noThenProperty: it is what is tested.
          get then() {
            throw new Error('no promise');
          },
        },
        null,
      ],
    ];
    for (const [value, expected] of thenables) {
      const schema = schemaWith({ 'Query.echo': () => value, 'Query.cat': async () => ({ name: value }) });
      const { data, errors } = await answerOf(schema, '{ echo cat { name } }');
      expect(data).toEqual({ echo: expected, cat: expected && { name: expected } });
      expect(errors?.map(({ path }) => path) ?? []).toEqual(expected ? [] : [['echo'], ['cat', 'name']]);
    }
  });
});

describe('arguments that a subgraph is given', () => {
  const schema = schemaWith({ 'Query.echo': (_source: unknown, args: object) => JSON.stringify(args) });

  it.each([
    ['{ echo }', {}],
    ['{ echo(text: null, many: 5, range: { to: 2 }, mood: SAD, stamp: "s", need: 1) }', {}],
    ['query ($many: [Int] = [1]) { echo(many: $many) b: echo(many: [1, null]) }', {}],
    ['query ($n: Int) { echo(many: [$n], range: { from: $n, to: 1 }) }', {}],
    ['query ($n: Int) { echo(many: [$n], range: { from: $n, to: 1 }) }', { n: null }],
    ['query ($n: Int) { echo(need: $n) a: echo }', {}],
    ['query ($n: Int) { echo(need: $n) a: echo }', { n: null }],
    ['query ($text: String) { echo(text: $text) }', {}],
    ['query ($range: Range) { echo(range: $range) }', { range: { to: 1, moods: 'HAPPY' } }],
    ['query ($range: Range) { echo(range: $range) }', { range: { from: 1 } }],
    ['query ($range: Range) { echo(range: $range) }', { range: { to: 1, more: 2 } }],
    ['query ($range: Range) { echo(range: $range) }', { range: JSON.parse('{ "to": 1, "__proto__": {} }') }],
    ['query ($mood: Mood) { echo(mood: $mood) }', { mood: 'ANGRY' }],
    ['query ($mood: Mood! = SAD) { echo(mood: $mood) }', {}],
    ['query ($n: [Int!]!) { echo(many: $n) }', { n: [1, null] }],
    ['query ($n: Int!) { echo(many: [$n]) }', { n: 2 ** 31 }],
    ['query ($n: Int!) { echo(many: [$n]) }', { n: '1' }],
    ['query ($stamp: Stamp) { echo(stamp: $stamp) }', { stamp: 's' }],
    ['query ($stamp: Stamp) { echo(stamp: $stamp) }', { stamp: 5 }],
    ['query ($stamp: [Int!]!) { echo(many: $stamp) }', { stamp: new Array(80).fill('x') }],
  ])('are read as graphql-js reads them: %s %j', async (source, variables) => {
    const { data, errors } = await agreed(schema, source, variables);
    expect(data ?? errors).toBeDefined();
  });

  it('are refused as a whole where a scalar does not take a value in the text', async () => {
    const { data, errors } = await answerOf(schema, '{ echo(stamp: 5) }');
    expect(data).toBeUndefined();
    expect(errors?.[0]?.message).toContain('Expected a stamp.');
  });

  it('cannot be changed by one resolver for the next', async () => {
    const greedy = schemaWith({
      'Query.echo': (_source: unknown, args: { many: number[] }) => args.many.push(1),
    });
    const { errors } = await answerOf(greedy, '{ echo(many: [5]) }');
    expect(errors?.[0]?.message).toContain('not extensible');
  });
});

describe('what is selected of a subgraph', () => {
  const cat: object = { name: 'Tom', kitten: { name: 'Tim' } };
  const schema = schemaWith({ 'Query.cat': () => cat });

  it.each([
    '{ cat { name @skip(if: true) @include(if: true) kitten { name } } }',
    '{ cat { name @skip(if: false) @include(if: false) kitten { name } } }',
    '{ cat @skip(if: true) { name } }',
    '{ cat { ...A @skip(if: true) ...A } } fragment A on Cat { name }',
    '{ cat { ... @include(if: false) { name } ... on Dog { name } ... on Named { n: name __typename } } }',
    '{ cat { kitten { name } kitten { n: name __typename } } __typename t: __typename }',
    '{ cat { name nowhere } }',
    'query ($a: Boolean = true, $b: Boolean! = false) { cat { name @include(if: $a) kitten @skip(if: $b) { name } } }',
  ])('is what graphql-js selects: %s', async (source) => {
    expect((await agreed(schema, source)).data).toContain('{');
  });

  it('tells resolvers and types where they stand', async () => {
    const tell = async (run: (schema: GraphQLSchema) => unknown) => {
      const told: unknown[] = [];
      const note = (info: GraphQLResolveInfo) => {
        const { fieldName, path, parentType, returnType, variableValues, fieldNodes, rootValue } = info;
        const steps: object[] = [];
        for (let at: typeof path | undefined = path; at; at = at.prev)
          steps.push({ key: at.key, type: at.typename });
        const nodes = fieldNodes.length;
        const types = `${parentType} ${returnType}`;
        told.push({ fieldName, steps, types, variableValues, nodes, rootValue });
        told.push(info.operation.name?.value, Object.keys(info.fragments), info.schema === noting);
      };
      const pet = { name: 'Tom', kittens: [[{}, {}]] };
      const noting = schemaWith({
        'Query.pets': () => [pet],
        'Cat.name': (_source: object, _args: object, _context: object, info: GraphQLResolveInfo) => {
          note(info);
          return 'x';
        },
      });
      (noting.getType('Named') as GraphQLInterfaceType).resolveType = (_value, _context, info) => {
        note(info);
        return 'Cat';
      };
      await run(noting);
      return told;
    };
    const source =
      'query Q($n: Int = 2) { pets { ...A } echo(need: $n) } fragment A on Cat { kittens { ...B } } fragment B on Cat { name name }';
    const ours = await tell((noting) => answerOf(noting, source));
    const theirs = await tell((noting) => execute({ schema: noting, document: parse(source) }));
    expect(ours).toHaveLength(20);
    expect(ours.map((one) => JSON.stringify(one)).sort()).toEqual(
      theirs.map((one) => JSON.stringify(one)).sort(),
    );
  });
});

describe('what is kept of operations', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });
  const schema = schemaWith({ 'Query.cat': () => ({ name: 'Tom' }) });
  const generated = () => jest.spyOn(globalThis, 'Function');

  it('is made when an answer first needs it, and once for a fragment spread twice at each step', async () => {
    const steps = 40;
    const fragments = Array.from(
      { length: steps },
      (_, step) =>
        `fragment F${step} on Cat { name a: same { ...F${step + 1} } b: same { ...F${step + 1} } }`,
    );
    const source = `{ cat { ...F0 } } ${fragments.join(' ')} fragment F${steps} on Cat { name }`;
    const deep = (depth: number): object => ({ name: 'x', same: depth > 0 ? deep(depth - 1) : null });
    const doubled = schemaWith({ 'Query.cat': () => deep(6) });
    const made = generated();
    const { data } = await answerOf(doubled, source);
    // Query, then F0; then a and b of each step, which share what lies below.
    expect(made.mock.calls.length).toBe(2 + 6 * 2);
    expect(JSON.stringify(data).match(/"name":"x"/g)).toHaveLength(2 ** 7 - 1);
  });

  it('is kept for whoever hands in the same document, and forgotten past its bound', async () => {
    const run = executorOf(schema, { plannedAtMost: 8 });
    const documents = ['{ cat { name } }', '{ cat { n: name } }', '{ cat { m: name } }'].map((source) =>
      parse(source, { noLocation: true }),
    );
    const made = generated();
    const timesMade = (document: (typeof documents)[number] | undefined) => {
      const before = made.mock.calls.length;
      expect(run({ document: document as never, context: {} })).toHaveProperty('data.cat');
      return made.mock.calls.length - before;
    };
    const [first, second, third] = documents;
    expect(timesMade(first)).toBe(2);
    expect(timesMade(first)).toBe(0);
    expect(timesMade(second)).toBe(2);
    expect(timesMade(third)).toBe(2);
    expect(timesMade(first)).toBe(2);
    expect(timesMade(first)).toBe(0);
  });

  it('takes the name of an operation exactly', async () => {
    const run = executorOf(schema);
    const document = parse('query Q { cat { name } }', { noLocation: true });
    expect(await run({ document, context: {} })).toEqual({ data: { cat: { name: 'Tom' } } });
    for (const operationName of ['', 'q', '__proto__', 'constructor'])
      expect((await run({ document, operationName, context: {} })).errors?.[0]?.message).toBe(
        `Unknown operation named "${operationName}".`,
      );
  });

  it('leaves schemas whose types ask isTypeOf, and mutations, to graphql-js', async () => {
    const asking = schemaWith({ 'Query.named': () => ({ bark: true }) });
    (asking.getType('Dog') as GraphQLObjectType).isTypeOf = () => true;
    (asking.getType('Cat') as GraphQLObjectType).isTypeOf = () => false;
    const made = generated();
    expect((await agreed(asking, '{ named { __typename } }')).data).toBe('{"named":{"__typename":"Dog"}}');
    const changing = schemaWith({ 'Mutation.put': () => 'put' }, 'type Mutation { put: String }');
    expect((await agreed(changing, 'mutation { put }')).data).toBe('{"put":"put"}');
    expect(made).not.toHaveBeenCalled();
  });
});
