/** Operations that mean the same have one text, and none loses its meaning by it. */
import { describe, expect, it } from '@jest/globals';
import { parse, validate } from 'graphql';
import { normaliseOperation } from '../../../gateway/operation/normalise.ts';
import { buildModel } from '../../../gateway/supergraph/supergraphModel.ts';

const sdl = `
  type Query { stories(filter: Filter, first: Int = 10, ids: [ID!]): [Story!]! items: [Item] any(value: Any): String things: [Thing] float(is: Float): String }
  interface Item { id: ID! name: String }
  type Story implements Item @join__type(graph: STORIES, key: "id") @join__type(graph: MORE, key: "id") {
    id: ID! name: String title(short: Boolean, words: Int): String parts: [Part] owner: Item legacy: String
    mark(of: Mark): String @join__field(graph: MORE, requires: "parts { text(first: 3) } owner { id }")
  }
  type Film implements Item { id: ID! name: String title(short: Boolean, words: Int): String owner: Item minutes: String parts: [Part] }
  type Mutation { one(n: Int): Story two: Story three: Int }
  interface Thing @join__type(graph: STORIES) @join__type(graph: MORE, isInterfaceObject: true) { id: ID! }
  type Pen implements Thing { id: ID! ink: String }
  type Cup implements Thing { id: ID! size: Int }
  union Any_ = Pen | Story
  type Part { text(first: Int): String by: String @join__field(graph: MORE, contextArguments: [{context: "c", name: "n", type: "String", selection: " { place }"}]) }
  enum Mark { FULL HALF }
  input Filter { mark: Mark words: [Int!] any: Any not: Filter since: Float }
  scalar Any
`;
const model = buildModel(sdl, sdl);

function normal(query: string, operationName?: string) {
  const document = parse(query);
  expect(validate(model.apiSchema, document)).toEqual([]);
  const operation = normaliseOperation(model, document, operationName);
  expect(validate(model.apiSchema, parse(operation.text))).toEqual([]);
  return operation;
}

const textOf = (query: string, operationName?: string) => normal(query, operationName).text;

/** The names and values of literals. */
function literalsOf(query: string) {
  return Object.fromEntries(
    normal(query).variables.flatMap((one) => ('from' in one ? [] : [[one.name, one.json] as const])),
  );
}

const namesOf = (query: string) => Object.fromEntries(normal(query).names);

describe('the text of an operation', () => {
  const usual = 'query Q($a: Int) { stories(first: $a) { id ...F } } fragment F on Story { name legacy }';

  it.each([
    [
      'spaces, commas and comments',
      '# one\nquery Q ( $a : Int, ) {\n stories(first:$a,) { id, ...F } }\nfragment F on Story { name,legacy }',
    ],
    [
      'the names of variables',
      'query Q($first: Int) { stories(first: $first) { id ...F } } fragment F on Story { name legacy }',
    ],
    [
      'the names of fragments',
      'query Q($a: Int) { stories(first: $a) { id ...other } } fragment other on Story { name legacy }',
    ],
    [
      'the order of definitions',
      'fragment F on Story { name legacy } query Q($a: Int) { stories(first: $a) { id ...F } }',
    ],
    [
      'other operations and their fragments',
      `query Other { items { ...G } } fragment G on Item { id } ${usual}`,
    ],
    [
      'aliases that change nothing',
      'query Q($a: Int) { stories: stories(first: $a) { id: id ...F } } fragment F on Story { name legacy }',
    ],
  ])('is the same whatever %s are', (_what, query) => {
    expect(textOf(query, 'Q')).toBe(textOf(usual));
  });

  it.each([
    [
      'the order of arguments',
      '{ items { ... on Story { title(short: true, words: 2) } } }',
      '{ items { ... on Story { title(words: 2, short: true) } } }',
    ],
    [
      'the order of variables',
      'query($a: Int, $b: [ID!]) { stories(first: $a, ids: $b) { id } }',
      'query($b: [ID!], $a: Int) { stories(ids: $b, first: $a) { id } }',
    ],
    [
      'the values of arguments',
      '{ stories(first: 1, filter: {mark: FULL}) { id } }',
      '{ stories(first: 2, filter: {words: 3, not: {}}) { id } }',
    ],
    ['strings in blocks', '{ stories(ids: ["a"]) { id } }', '{ stories(ids: """a""") { id } }'],
  ])('is the same whatever %s', (_what, one, other) => {
    expect(textOf(one)).toBe(textOf(other));
  });

  it.each([
    ['the name of the operation', 'query A { items { id } }', 'query B { items { id } }'],
    ['the order of fields', '{ items { id name } }', '{ items { name id } }'],
    [
      'the default of a variable',
      'query($a: Int = 1) { stories(first: $a) { id } }',
      'query($a: Int = 2) { stories(first: $a) { id } }',
    ],
    ['what stands in a directive', '{ items { id @skip(if: true) } }', '{ items { id @skip(if: false) } }'],
    [
      'a variable used twice',
      'query($a: Int, $b: Int) { x: stories(first: $a) { id } y: stories(first: $b) { id } }',
      'query($a: Int) { x: stories(first: $a) { id } y: stories(first: $a) { id } }',
    ],
    ['a name of an answer', '{ items { id } }', '{ all: items { id } }'],
  ])('differs by %s', (_what, one, other) => {
    expect(textOf(one)).not.toBe(textOf(other));
  });

  it('is the one of the operation that is asked for', () => {
    const query = 'query A { items { id } } query B { items { name } }';
    expect(textOf(query, 'B')).toBe('query B{items{name}}');
    expect(normal('mutation { x: __typename }'.replace('mutation', 'query')).kind).toBe('query');
  });

  it('tells the variables of the client from those of a plan', () => {
    const { text, variables } = normal(
      'query($representations: Int) { stories(first: $representations) { id } }',
    );
    expect(text).toBe('query($v0:Int){stories(first:$v0){id}}');
    expect(variables).toEqual([{ name: 'v0', from: 'representations' }]);
  });

  it('numbers a variable where it comes, in a directive and in a fragment too', () => {
    expect(
      normal(
        'query($b: Int, $a: Boolean!) { items @include(if: $a) { ...F @skip(if: $a) } } fragment F on Story { title(words: $b) }',
      ).text,
    ).toBe(
      'query($v0:Boolean!,$v1:Int){items@include(if:$v0){...f0@skip(if:$v0) _a0_:__typename}}fragment f0 on Story{title(words:$v1)}',
    );
  });
});

describe('literals', () => {
  it('are variables of the type of the argument', () => {
    expect(textOf('{ stories(first: 3, filter: {mark: HALF}, ids: ["a", 7]) { id } }')).toBe(
      'query($v0:Filter,$v1:Int,$v2:[ID!]){stories(filter:$v0,first:$v1,ids:$v2){id}}',
    );
  });

  it('have the values that a caller would send', () => {
    expect(literalsOf('{ stories(first: 3, filter: {words: 5, mark: HALF}, ids: 7) { id } }')).toEqual({
      v0: '{"mark":"HALF","words":[5]}',
      v1: '3',
      v2: '["7"]',
    });
  });

  it('may be null', () => {
    expect(literalsOf('{ stories(first: null, filter: {words: null}) { id } }')).toEqual({
      v0: '{"words":null}',
      v1: 'null',
    });
  });

  it('are one variable when they are the same, so that their fields stay one', () => {
    const { text } = normal(
      '{ stories(first: 2, filter: {mark: FULL, words: 1}) { id } stories(filter: {words: 1, mark: FULL}, first: 2) { name } }',
    );
    expect(text).toBe(
      'query($v0:Filter,$v1:Int){stories(filter:$v0,first:$v1){id} stories(filter:$v0,first:$v1){name}}',
    );
  });

  it('around a variable stay, and what is in them becomes variables', () => {
    const { text } = normal(
      'query($w: [Int!]) { stories(filter: {words: $w, since: 1, not: {mark: FULL}}) { id } }',
    );
    expect(text).toBe(
      'query($v0:Filter,$v1:Float,$v2:[Int!]){stories(filter:{not:$v0,since:$v1,words:$v2}){id}}',
    );
  });

  it.each([
    ['a number that JSON cannot hold', '{ float(is: 1e400) }', 'float(is:1e400)'],
    ['a zero below zero', '{ float(is: -0.0) }', 'float(is:-0.0)'],
    ['a fraction for a scalar of a subgraph', '{ any(value: 1.0) }', 'any(value:1.0)'],
    ['a value of an enum for a scalar of a subgraph', '{ any(value: [FULL]) }', 'any(value:[FULL])'],
    [
      'a number within an object',
      '{ stories(filter: {since: 1e400}) { id } }',
      'stories(filter:{since:1e400})',
    ],
    [
      'a single value for a list',
      'query { stories(filter: {any: 1.0, words: 1}) { id } }',
      'stories(filter:{any:1.0,words:$v0})',
    ],
  ])('stay where a variable could not say the same: %s', (_what, query, part) => {
    expect(textOf(query)).toContain(part);
  });

  it('are variables where they are long numbers for a scalar of a subgraph, which a planner would round', () => {
    const { text, variables } = normal('query ($n: Int) { any(value: { a: 12345678901234567890, b: $n }) }');
    expect(text).toBe('query($v0:Int,$v1:Any){any(value:{a:$v1,b:$v0})}');
    expect(variables[1]).toEqual({
      name: 'v1',
      value: 12345678901234567890n,
      json: '12345678901234567890',
    });
  });

  it('for a scalar of a subgraph are variables where JSON says the same', () => {
    expect(literalsOf('{ any(value: {b: [1, 2.5, true, null], a: "x"}) }')).toEqual({
      v0: '{"b":[1,2.5,true,null],"a":"x"}',
    });
    expect(textOf('query($v: Int) { any(value: {b: 1, a: $v}) }')).toBe(
      'query($v0:Int){any(value:{b:1,a:$v0})}',
    );
  });

  it('cannot be changed by whoever gets them', () => {
    const [variable] = normal('{ any(value: {a: [1]}) }').variables;
    if (!variable || !('value' in variable)) throw new Error('Expected a literal.');
    expect(() => (variable.value as { a: number[] }).a.push(2)).toThrow(TypeError);
  });
});

describe('names', () => {
  it.each([
    ['a key', '{ items { ... on Story { id: legacy } } }', '_a0_id:legacy'],
    ['a required field', '{ items { ... on Story { owner: legacy } } }', '_a0_owner:legacy'],
    ['what a context is of', '{ items { place: name } }', '_a0_place:name'],
    ['a property of every object', '{ items { __proto__: name } }', '_a0___proto__:name'],
    ['the type', '{ items { __typename: name } }', '_a0___typename:name'],
    ['a name that was given', '{ items { _a0_name: name } }', '_a0__a0_name:name'],
  ])('of the client that hide %s are kept apart', (_what, query, part) => {
    expect(textOf(query)).toContain(part);
  });

  it('of required fields with arguments are kept apart from those of the client', () => {
    const query = '{ stories { parts { text(first: 1) } } }';
    expect(textOf(query)).toContain('parts{_a0_text:text(first:$v0)}');
    expect(namesOf(query)).toEqual({ _a0_text: 'text' });
  });

  it('stay where nothing can be mistaken', () => {
    const query =
      '{ all: stories(first: 1) { id key: id kind: __typename __typename owner { id } title(words: 2) } items { all: id } }';
    expect(namesOf(query)).toEqual({});
  });

  it('are apart where one means different fields for different types', () => {
    const query = '{ items { ... on Story { x: legacy } ... on Film { x: minutes } } }';
    expect(textOf(query)).toBe('query{items{...on Story{_a0_x:legacy} ...on Film{_a1_x:minutes}}}');
    expect(namesOf(query)).toEqual({ _a0_x: 'x', _a1_x: 'x' });
  });

  it('are apart where one means different arguments for different types', () => {
    expect(textOf('{ items { ... on Story { title(words: 1) } ... on Film { title(words: 2) } } }')).toBe(
      'query($v0:Int,$v1:Int){items{...on Story{_a0_title:title(words:$v0)} ...on Film{_a1_title:title(words:$v1)}}}',
    );
  });

  it('are apart below fields that are not', () => {
    const query = `{ items { ... on Story { owner { ...S } } ... on Film { owner { ... on Film { x: minutes } } } } }
      fragment S on Story { x: legacy }`;
    expect(Object.keys(namesOf(query))).toEqual(['_a0_x', '_a1_x']);
  });

  it('that mean different things at different places stay', () => {
    expect(
      namesOf('{ a: stories { x: legacy title(words: 1) } b: stories { x: name title(words: 2) } }'),
    ).toEqual({});
  });

  it('of fields that are one stay one', () => {
    const query = '{ items { ... on Film { id: minutes } ... { ...F } } } fragment F on Film { id: minutes }';
    expect(textOf(query)).toBe(
      'query{items{...on Film{_a0_id:minutes} ...{...f0}}}fragment f0 on Film{_a0_id:minutes}',
    );
  });

  it('are those of the client where the schema is asked about', () => {
    const query = '{ __schema { types { id: name } } __type(name: "Film") { owner: kind } }';
    expect(textOf(query)).toBe('query($v0:String!){__schema{types{id:name}} __type(name:$v0){owner:kind}}');
    expect(namesOf(query)).toEqual({});
  });

  it('are found where fragments lead to more places than can be looked at', () => {
    const depth = 30;
    const levels = Array.from(
      { length: depth },
      (_, at) =>
        `fragment F${at} on Item { ... on Story { a: owner { ...F${at + 1} } b: owner { ...F${at + 1} } } }`,
    );
    const query = `{ items { ...F0 } } ${levels.join('\n')} fragment F${depth} on Item { ... on Story { x: legacy } ... on Film { x: minutes } }`;
    const operation = normaliseOperation(model, parse(query), undefined);
    expect([...operation.names.values()]).toEqual(['x', 'x']);
  });
});

describe('the root of a mutation', () => {
  it('stays as it is where each name comes once', () => {
    expect(textOf('mutation($a: Boolean!) { one { id } ... @include(if: $a) { three } }')).toBe(
      'mutation($v0:Boolean!){one{id} ...@include(if:$v0){three}}',
    );
  });

  it('has a field once that comes twice, with all that is selected in it', () => {
    expect(textOf('mutation { one { id } three ...F } fragment F on Mutation { three one { name } }')).toBe(
      'mutation{one{id name} three}',
    );
  });

  it('has a field once that comes again under a condition', () => {
    expect(textOf('mutation($a: Boolean!) { one { id } two { id } one @skip(if: $a) { name } }')).toBe(
      'mutation($v0:Boolean!){one{id ...@skip(if:$v0){name}} two{id}}',
    );
  });

  it('has a field that comes first under a condition once for each case, each where it would run', () => {
    expect(textOf('mutation($a: Boolean!) { one @include(if: $a) { id } two { id } one { name } }')).toBe(
      'mutation($v0:Boolean!){...@include(if:$v0){one{id name}} two{id} ...@skip(if:$v0){one{name}}}',
    );
  });

  it('has no field for a case that never comes', () => {
    const query =
      'mutation($a: Boolean!) { three @skip(if: $a) @include(if: $a) three @skip(if: true) three @include(if: $a) }';
    expect(textOf(query)).toBe('mutation($v0:Boolean!){...@include(if:$v0){three}}');
  });

  it('is refused where it has more cases than anybody means', () => {
    const fields = Array.from({ length: 40 }, (_, at) => `three @include(if: $a${at}) @skip(if: $b${at})`);
    const variables = fields.map((_, at) => `$a${at}: Boolean! $b${at}: Boolean!`);
    const query = `mutation(${variables.join(' ')}) { ${fields.join(' ')} }`;
    expect(() => normal(query)).toThrow('planned in time');
  });
});

describe('an object of which nothing may be asked', () => {
  it.each([
    ['all is left out by a variable', 'query($a: Boolean!) { items { id @skip(if: $a) } }'],
    ['all is left out', '{ items { id @include(if: false) } }'],
    ['a fragment is left out', 'query($a: Boolean!) { items { ... on Item @skip(if: $a) { id } } }'],
    ['no type is left', '{ items { ... on Story { ... on Item { ... on Film { id } } } } }'],
  ])('is asked for its type where %s', (_what, query) => {
    expect(textOf(query)).toContain('_a0_:__typename}');
    expect(namesOf(query)).toEqual({ _a0_: '' });
  });

  it.each([
    ['anything stands without a condition', 'query($a: Boolean!) { items { id @skip(if: $a) name } }'],
    ['some type has something', '{ items { ... on Story { id } } }'],
    ['the schema is asked', 'query($a: Boolean!) { __schema { types { name @skip(if: $a) } } }'],
  ])('is not where %s', (_what, query) => {
    expect(namesOf(query)).toEqual({});
  });
});

describe('fragments on part of an interface that a subgraph has for an object', () => {
  it('are written for each type', () => {
    expect(
      textOf('{ things { id ... on Any_ { __typename } ...F } } fragment F on Any_ { ... on Pen { ink } }'),
    ).toBe(
      'query{things{id ...on Pen{...f0} ...on Pen{...f1}}}fragment f0 on Any_{__typename}fragment f1 on Any_{...on Pen{ink}}',
    );
  });

  it('stay where they are for all of it', () => {
    expect(textOf('{ things { ... on Thing { id } ... on Pen { ink } } items { ... on Item { id } } }')).toBe(
      'query{things{...{id} ...on Pen{ink}} items{...{id}}}',
    );
  });
});
