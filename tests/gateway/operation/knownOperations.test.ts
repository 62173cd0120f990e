/** Operations that have come before take no more memory than their texts are counted for. */
import { expect, it } from '@jest/globals';
import { buildSchema, type OperationDefinitionNode, parse } from 'graphql';
import { openKnownOperations } from '../../../gateway/operation/knownOperations.ts';

const schema = buildSchema('type Query { a: Int }');
const text = 'query A { a } query B { a }';
const read = () => {
  const document = parse(text);
  return document.definitions.map((operation) => ({
    document,
    operation: operation as OperationDefinitionNode,
    schema,
  }));
};

it('keeps the operations of one text by their names', () => {
  const known = openKnownOperations(1_000_000);
  const [a, b] = read() as [ReturnType<typeof read>[number], ReturnType<typeof read>[number]];
  known.add(text, 'A', a);
  known.add(text, 'B', b);
  expect(known.find(schema, text, 'A')).toBe(a);
  expect(known.find(schema, text, 'B')).toBe(b);
});

it('keeps one document of a text that was parsed for each of its operations', () => {
  const known = openKnownOperations(1_000_000);
  const [a] = read() as [ReturnType<typeof read>[number]];
  const [, b] = read() as [unknown, ReturnType<typeof read>[number]];
  known.add(text, 'A', a);
  known.add(text, 'B', b);
  expect(known.find(schema, text, 'A')).toBeUndefined();
  expect(known.find(schema, text, 'B')).toBe(b);
});
