import { describe, expect, it } from '@jest/globals';
import { buildSchema, type OperationDefinitionNode, parse } from 'graphql';
import { openEstimate } from '../../gateway/demand/estimate.ts';

const directive =
  'directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION';
const sdl = `
  ${directive}
  type Query {
    stories(first: Int, last: Int): Stories @listSize(slicingArguments: ["first", "last"], sizedFields: ["nodes"], assumedSize: 20)
    top(n: Int = 3): [Story!] @listSize(slicingArguments: ["n"])
    story: Story
  }
  type Stories { nodes: [Story!]! info: Info! total: Int! }
  type Info { more: Boolean }
  type Story { title: String tags: [Tag!]! related(first: Int! = 4): Stories! @listSize(slicingArguments: ["first"], sizedFields: ["nodes"]) }
  type Tag { name: String }
`;
const schema = buildSchema(sdl);
const estimate = openEstimate(schema);

function objects(text: string, variables = {}, limit = 1_000_000) {
  const document = parse(text);
  const operation = document.definitions[0] as OperationDefinitionNode;
  return estimate({ schema, document, operation, variables }, limit);
}

describe('how many objects an operation may bring', () => {
  it('takes each list as long as it is asked for, by a number, a variable, the default, or as the schema assumes', () => {
    expect(objects('{ story { title } }')).toBe(1);
    expect(objects('{ top { title } }')).toBe(3);
    expect(objects('{ top(n: 7) { title } }')).toBe(7);
    expect(objects('{ stories { nodes { title } info { more } total } }')).toBe(1 + 20 + 1);
    expect(objects('query ($n: Int) { stories(last: $n) { nodes { title } } }', { n: 50 })).toBe(1 + 50);
    expect(objects('query ($n: Int = 70) { stories(last: $n) { nodes { title } } }')).toBe(1 + 70);
  });

  it('counts one operation anew for other lengths', () => {
    const document = parse('query ($n: Int) { top(n: $n) { title } }');
    const operation = document.definitions[0] as OperationDefinitionNode;
    const count = (n: number) => estimate({ schema, document, operation, variables: { n } }, 1_000_000);
    expect([count(7), count(9), count(7)]).toEqual([7, 9, 7]);
  });

  it('multiplies what is nested, through fragments and aliases too', () => {
    expect(objects('{ stories(first: 5) { nodes { related(first: 3) { nodes { title } } } } }')).toBe(
      1 + 5 + 5 + 15,
    );
    expect(
      objects('{ a: top { tags { name } } b: top { ...T } } fragment T on Story { tags { name } }'),
    ).toBe(2 * (3 + 30));
  });

  it('stops counting where it is too much already', () => {
    const nested = (depth: number): string =>
      depth === 0 ? 'title' : `related(first: 100) { nodes { ${nested(depth - 1)} } }`;
    expect(objects(`{ story { ${nested(40)} } }`, {}, 1000)).toBeGreaterThan(1000);
  });
});
