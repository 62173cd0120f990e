/** Values of variables are let through or refused as graphql-js does it, and with its words. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema, getVariableValues, type OperationDefinitionNode, parse } from 'graphql';
import { compileVariables } from '../../../gateway/operation/checkVariables.ts';

const schema = buildSchema(`
  type Query { a(id: ID, float: Float): Int }
  enum Mode { PLAIN RICH }
  scalar Any
  input In { int: Int need: Boolean! usual: String! = "x" in: In list: [In!] any: Any mode: Mode }
  input One @oneOf { a: Int b: String }
`);

function definitionOf(variables: string): OperationDefinitionNode {
  return parse(`query (${variables}) { a }`).definitions[0] as OperationDefinitionNode;
}

const types = [
  'Int',
  'Int!',
  'Float',
  'String!',
  'Boolean',
  'ID',
  'Mode',
  'Mode!',
  'Any',
  'Any!',
  'In',
  'In!',
  '[Int!]',
  '[[ID]]!',
  '[In]',
  'One',
  '[One!]',
];

function refusalsOf(variables: string, given: Record<string, unknown>) {
  const own = compileVariables(schema, definitionOf(variables))(given);
  const theirs = getVariableValues(schema, definitionOf(variables).variableDefinitions ?? [], given).errors;
  expect(own?.map(({ message }) => message)).toEqual(theirs?.map(({ message }) => message));
  return own?.map(({ message }) => message);
}

describe('variables', () => {
  it('need not be there unless they are required and have no default', () => {
    expect(refusalsOf('$a: Int, $b: Int! = 1, $c: Int!', { c: 1 })).toBeUndefined();
    expect(refusalsOf('$a: Int, $b: Int! = 1, $c: Int!', {})).toEqual([
      'Variable "$c" of required type "Int!" was not provided.',
    ]);
    expect(refusalsOf('$b: Int! = 1', { b: null })).toHaveLength(1);
  });

  it('by which fields are skipped or included may not be null, though they have a default', () => {
    const definition = definitionOf('$a: Boolean = true, $b: Boolean = true');
    const check = compileVariables(schema, definition, new Set(['a']));
    expect(check({})).toBeUndefined();
    expect(check({ a: false, b: null })).toBeUndefined();
    expect(check({ a: null, b: null })?.map(({ message }) => message)).toEqual([
      'Variable "$a" of non-null type "Boolean!" must not be null.',
    ]);
    expect(check({ a: 'x', b: null })?.[0]?.message).toMatch(/^Variable "\$a" got invalid value "x"/);
  });

  it('that nobody defined make no difference', () => {
    expect(refusalsOf('$a: Int', { a: 1, other: {} })).toBeUndefined();
  });

  it.each([
    ['a single value for a list', '[Int!]', 3],
    ['a whole number for an id', 'ID!', 7],
    ['an object without what has a default', 'In!', { need: true }],
    ['objects in objects', 'In', { need: true, in: { need: false, list: [{ need: true, in: null }] } }],
    ['anything for a scalar of a subgraph', 'Any!', { some: [1, 'thing'] }],
    ['one of two', 'One', { a: 1 }],
  ])('may be %s', (_what, type, value) => {
    expect(refusalsOf(`$v: ${type}`, { v: value })).toBeUndefined();
  });

  it.each([
    ['a number that is too large', 'Int', 2 ** 31],
    ['a text for a number', 'Float', '1'],
    ['null in a list of values', '[Int!]', [1, null]],
    ['a value that the enum has not', 'Mode', 'OTHER'],
    ['a field that the object has not', 'In', { need: true, toString: 1 }],
    ['a field that is missing', 'In', { int: 1 }],
    ['a list for an object', 'In', []],
    ['both of one of two', 'One', { a: 1, b: 'x' }],
    ['null of one of two', 'One', { a: null }],
    ['what lies deep', 'In', { need: true, list: [{ need: true, in: { need: 'yes' } }] }],
  ])('may not be %s', (_what, type, value) => {
    expect(refusalsOf(`$v: ${type}`, { v: value })).toHaveLength(1);
  });

  it('of any kind are taken as graphql-js takes them', () => {
    const name = fc.constantFrom('int', 'need', 'usual', 'in', 'list', 'any', 'mode', 'a', 'b', '__proto__');
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        fc.constantFrom<unknown>(null, true, 1, -0, 1.5, 2 ** 31, Number.MAX_VALUE, 'x', 'PLAIN', '7', {}),
        fc.array(tie('value'), { maxLength: 2 }),
        fc
          .array(fc.tuple(name, tie('value')), { maxLength: 3 })
          .map((entries) => Object.fromEntries(entries)),
        tie('value').map((inner) => ({ need: true, in: inner })),
      ),
    })).value;
    let refused = 0;
    let taken = 0;
    fc.assert(
      fc.property(fc.constantFrom(...types), value, (type, one) => {
        if (refusalsOf(`$v: ${type}`, { v: one })) refused++;
        else taken++;
      }),
      { numRuns: 1000, seed: 20_251_124 },
    );
    expect(Math.min(refused, taken)).toBeGreaterThan(100);
  });
});
