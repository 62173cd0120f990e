import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  buildSchema,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  parse,
  validate,
} from 'graphql';
import { executorOf } from '../../../subgraphs/execute/runOperation.ts';

/** Every shape that a field can have, each nullable and not; what a field gives is drawn anew for each case. */
const schema = buildSchema(`
  directive @later on FIELD
  interface Named { name: String id: ID! }
  type Cat implements Named { name: String id: ID! lives: Int! friend: Named friends: [Named!] mood: Mood kitten: Cat! }
  type Dog implements Named { name: String id: ID! weight: Float! friend: Named! friends: [Named]! mood: Mood! good: Boolean }
  union Pet = Cat | Dog
  enum Mood { HAPPY SAD }
  input Range { from: Int = 1 to: Int! }
  scalar Stamp
  type Query {
    pet: Pet pets: [Pet!] sure: Pet! named: Named names: [String!] grid: [[Int]!]
    cat: Cat dog: Dog! echo(text: String = "none", range: Range, mood: Mood, stamp: Stamp): String
  }
`);

type Gives = 'value' | 'promise' | 'null' | 'error' | 'rejection' | 'wrong';
const gives = fc.constantFrom<Gives>(
  'value',
  'value',
  'value',
  'promise',
  'promise',
  'null',
  'error',
  'rejection',
  'wrong',
);

/** What comes late, and the same without delay. */
const atOnce: Partial<Record<Gives, Gives>> = { promise: 'value', rejection: 'error' };

const values: Record<string, unknown> = {
  name: 'Tom',
  id: 7,
  lives: 9,
  weight: 1.5,
  mood: 'SAD',
  good: true,
  names: ['a', 'b'],
  grid: [[1, null], [2]],
  friends: [{ kind: 'Cat' }, { kind: 'Dog' }],
  pets: new Set([{ kind: 'Dog' }, { kind: 'Cat' }]),
  cat: { kind: 'Cat' },
  dog: { kind: 'Dog' },
  kitten: { kind: 'Cat' },
};

/** Has each field give what `drawn` says of its place in the answer, so that two runs meet the same. */
function resolverBy(drawn: readonly Gives[]): GraphQLFieldResolver<unknown, unknown> {
  return (_source, args, _context, { path, fieldName }) => {
    if (fieldName === 'echo') return JSON.stringify(args);
    const keys: (string | number)[] = [];
    for (let at: typeof path | undefined = path; at; at = at.prev) keys.push(at.key);
    const place = [...keys.join('.')].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7);
    const value = fieldName in values ? values[fieldName] : { kind: place % 2 ? 'Cat' : 'Dog' };
    switch (drawn[place % drawn.length]) {
      case 'promise':
        return Promise.resolve(value);
      case 'null':
        return null;
      case 'error':
        throw new GraphQLError(`no ${fieldName}`, { extensions: { code: 'BAD' } });
      case 'rejection':
        return Promise.reject(new GraphQLError(`no ${fieldName}`, { extensions: { code: 'BAD' } }));
      case 'wrong':
        return fieldName === 'mood' ? 'ANGRY' : new Error(`wrong ${fieldName}`);
      default:
        return value;
    }
  };
}

function answering(drawn: readonly Gives[]) {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if ('getFields' in type && 'isTypeOf' in type)
      for (const field of Object.values((type as GraphQLObjectType).getFields()))
        field.resolve = resolverBy(drawn);
    if ('resolveType' in type)
      (type as GraphQLInterfaceType).resolveType = (value: { kind: string }) =>
        drawn[0] === 'promise' ? Promise.resolve(value.kind) : value.kind;
  }
}

/** What a fuzzed selection is made of, to a depth; valid on every type. */
const selections = (depth: number): fc.Arbitrary<string> => {
  const leaf = fc.constantFrom(
    '__typename',
    'id',
    'name',
    'other: name',
    'name @skip(if: $off)',
    'id @include(if: $on)',
  );
  if (depth === 0) return fc.array(leaf, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' '));
  const inner = selections(depth - 1);
  const cat = fc.oneof(
    fc.constantFrom('lives', 'mood', '...C'),
    inner.map((of) => `friend { ${of} }`),
    inner.map((of) => `friends { ${of} }`),
    inner.map((of) => `kitten { ${of} }`),
  );
  const dog = fc.oneof(
    fc.constantFrom('weight', 'moody: mood', 'good', '...D @include(if: $on)'),
    inner.map((of) => `best: friend { ${of} }`),
    inner.map((of) => `pack: friends @skip(if: $off) { ${of} }`),
  );
  return fc
    .tuple(
      fc.array(leaf, { maxLength: 2 }),
      fc.array(cat, { minLength: 1, maxLength: 3 }),
      fc.array(dog, { minLength: 1, maxLength: 3 }),
    )
    .map(([any, cats, dogs]) =>
      ['__typename', ...any, `... on Cat { ${cats.join(' ')} }`, `... on Dog { ${dogs.join(' ')} }`].join(
        ' ',
      ),
    );
};

const operations = fc
  .array(
    fc.oneof(
      selections(2).map((of) => `named { ${of} }`),
      selections(1).map((of) => `again: named { ${of} }`),
      selections(2).map((of) => `pets { ... on Named { ${of} } }`),
      selections(1).map((of) => `sure { ... on Named { ${of} } }`),
      fc.constantFrom(
        'names',
        'grid',
        'cat { ...C }',
        'dog { ...D }',
        'echo',
        'e: echo(text: $text, range: { to: 3 })',
        'f: echo(text: null, range: $range, mood: SAD)',
        'pet { __typename }',
      ),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map(
    (
      parts,
    ) => `query Q($on: Boolean!, $off: Boolean = false, $text: String, $range: Range) { ${parts.join(' ')} use1: echo(text: $text) @include(if: $on) use2: echo(range: $range) @skip(if: $off) }
      fragment C on Cat { id lives kitten { name } } fragment D on Dog { id weight ... on Named { name } }
      `,
  );

/** Errors in a part that became null may differ: who comes first is a matter of time. */
function told({ data, errors }: ExecutionResult) {
  const isShown = (path: readonly (string | number)[]) => {
    let value: unknown = data;
    for (const key of path.slice(0, -1)) {
      if (value === null || typeof value !== 'object') return false;
      value = (value as Record<string | number, unknown>)[key];
    }
    return value != null;
  };
  const all = (errors ?? []).map(({ path, message, extensions }) => ({
    path: path ?? [],
    message,
    extensions,
  }));
  const byPath = (a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  return {
    data: JSON.stringify(data),
    errors: all.filter(({ path }) => isShown(path)).sort(byPath),
    hasErrors: all.length > 0,
  };
}

describe('the planned execution of a subgraph', () => {
  const run = executorOf(schema);
  const ask = (source: string, variables = {}, operationName?: string) =>
    run({ document: parse(source, { noLocation: true }), variables, operationName, context: {} });

  it('says what is wrong with variables and literals, without data', async () => {
    const query = 'query ($on: Boolean!) { names @include(if: $on) }';
    for (const variables of [{}, { on: 'yes' }]) {
      const document = parse(query, { noLocation: true });
      const expected = await execute({ schema, document, variableValues: variables });
      expect(JSON.stringify(await ask(query, variables))).toBe(JSON.stringify(expected));
    }
    const { data, errors } = await ask('{ echo(mood: ANGRY) }');
    expect(data).toBeUndefined();
    expect(errors?.[0]?.message).toMatch(/^Value "ANGRY" does not exist/);
  });

  it('leaves to graphql-js what it does not plan: introspection, and a name that is not there', async () => {
    answering(['value']);
    expect((await ask('{ __type(name: "Cat") { name } names }')).data).toEqual({
      __type: { name: 'Cat' },
      names: ['a', 'b'],
    });
    expect((await ask('query A { names }', {}, 'B')).errors?.[0]?.message).toBe(
      'Unknown operation named "B".',
    );
    expect((await ask('query A { names } query B { grid }', {}, 'B')).data).toEqual({
      grid: [[1, null], [2]],
    });
  });

  it('gives each identity data of their own, in the order of the operation', async () => {
    answering(['value']);
    const document = parse('{ dog { name id } names }', { noLocation: true });
    const first = await run({ document, context: {} });
    (first.data as { dog: { name: string } }).dog.name = 'Rex';
    (first.data as { names: string[] }).names.push('c');
    const second = await run({ document, context: {} });
    expect(JSON.stringify(second.data)).toBe('{"dog":{"name":"Tom","id":"7"},"names":["a","b"]}');
  });

  it('takes keys that mean something to JavaScript as any other', async () => {
    answering(['value']);
    const { data } = await ask('{ __proto__: names constructor: names }');
    expect(JSON.stringify(data)).toBe('{"__proto__":["a","b"],"constructor":["a","b"]}');
  });

  it('answers drawn operations as graphql-js does, whatever their fields give', async () => {
    let compared = 0;
    let withErrors = 0;
    let withData = 0;
    await fc.assert(
      fc.asyncProperty(
        operations,
        fc.array(gives, { minLength: 4, maxLength: 12 }),
        fc.record({
          on: fc.boolean(),
          off: fc.boolean(),
          text: fc.constantFrom('x', null),
          range: fc.constantFrom({ to: 2 }, null),
        }),
        async (source, drawn, variables) => {
          const document = parse(source, { noLocation: true });
          // Where two uses of a field cannot be merged, or a fragment is not used, nobody would send it.
          if (validate(schema, document).some(({ message }) => !/is never used/.test(message))) return;
          // graphql-js leaves rejections without a listener where part of a list comes late, so it is given all at once.
          answering(drawn.map((one) => atOnce[one] ?? one));
          const expected = told(await execute({ schema, document, variableValues: variables }));
          answering(drawn);
          expect(told(await run({ document, variables, context: {} }))).toEqual(expected);
          compared += 1;
          if (expected.hasErrors) withErrors += 1;
          if (expected.data !== 'null') withData += 1;
        },
      ),
      { numRuns: 1_500, seed: 20_261_124 },
    );
    expect(compared).toBeGreaterThan(800);
    expect(withErrors).toBeGreaterThan(400);
    expect(withData).toBeGreaterThan(400);
  });
});
