/** Operations of which no two are alike, as clients send them that put each operation together anew. */
import { Supergraph } from '@apollo/federation-internals';
import {
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { supergraphAt } from './subgraphs.ts';

/** How deep the objects of an operation stand, and how many of a type's fields it selects on average. */
const maxDepth = 4;
const fieldsOfType = 5;

/** `count` operations on our supergraph, each of another shape. The same ones each time. */
export function distinctOperations(count: number): string[] {
  const sdl = supergraphAt({});
  const schema = Supergraph.build(sdl).apiSchema().toGraphQLJSSchema();
  const random = numbers(1);
  const texts = new Set<string>();
  while (texts.size < count) {
    const first = 1 + Math.floor(random() * 3);
    texts.add(`{ articles(first: ${first}) { nodes { ${selection(schema, 'Article', random, 1)} } } }`);
  }
  return [...texts];
}

function selection(schema: GraphQLSchema, typeName: string, random: () => number, depth: number): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) return '__typename';
  const fields = Object.values(type.getFields()).filter(({ args }) => !args.some(isRequiredArgument));
  const share = fieldsOfType / fields.length;
  const selected = fields.flatMap((field) => {
    if (random() > share) return [];
    const below = belowOf(schema, field.type, random, depth);
    return below === undefined ? [] : [`${field.name}${below}`];
  });
  return ['__typename', ...selected].join(' ');
}

/** What is selected within a field; undefined where the field is left out. */
function belowOf(
  schema: GraphQLSchema,
  fieldType: GraphQLOutputType,
  random: () => number,
  depth: number,
): string | undefined {
  const type = getNamedType(fieldType);
  if (isLeafType(type)) return '';
  if (depth >= maxDepth) return undefined;
  if (!isAbstractType(type)) return ` { ${selection(schema, type.name, random, depth + 1)} }`;
  const parts = schema
    .getPossibleTypes(type)
    .map(({ name }) => `... on ${name} { ${own(schema, name, random)} }`);
  return ` { ${parts.join(' ')} }`;
}

/** A leaf or none of a type that is one of several: fields of one name may have other types in the others. */
function own(schema: GraphQLSchema, typeName: string, random: () => number): string {
  return random() < 0.5 || !schema.getType(typeName) ? '__typename' : '__typename id: __typename';
}

/** Pseudo-random numbers from 0 to 1 (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
