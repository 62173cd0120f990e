/** What a made-up graph of a scene is: its subgraphs, the operation asked of it, and the answer that is right. */
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';

type Resolvers = Parameters<typeof buildSubgraphSchema>[0] extends infer Module
  ? Extract<Module, { resolvers?: unknown }>['resolvers']
  : never;

export interface Subgraph {
  name: string;
  sdl: string;
  resolvers: Resolvers;
}

export interface Graph {
  subgraphs: readonly Subgraph[];
  operation: string;
  /** What any gateway has to answer, worked out without one. */
  answer: () => unknown;
}

const link = (names: readonly string[]) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [${names.map((name) => `"${name}"`).join(', ')}])\n`;

/** The text of a subgraph's schema with the link that Federation 2 asks for. */
export function linked(sdl: string): string {
  const known = ['@key', '@external', '@requires', '@provides', '@shareable'];
  return link(known.filter((name) => sdl.includes(name))) + sdl;
}

export function schemaOf({ sdl, resolvers }: Subgraph): GraphQLSchema {
  return buildSubgraphSchema({ typeDefs: parse(linked(sdl)), resolvers: resolvers ?? {} });
}

/** The supergraph of these subgraphs, each at the address that is given for its name. Throws when they do not compose. */
export function composeGraph(
  subgraphs: readonly Pick<Subgraph, 'name' | 'sdl'>[],
  addresses: Readonly<Record<string, string>>,
): string {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map(({ name, sdl }) => ({
      name,
      typeDefs: parse(linked(sdl)),
      url: addresses[name] ?? `http://${name}.example/graphql`,
    })),
  );
  if (!supergraphSdl) throw new Error(`Expected the subgraphs to compose, but got: ${errors?.join('\n')}`);
  return supergraphSdl;
}
