/** From the classes to SDL, and from SDL to the supergraph, by the list of subgraphs in rover.yaml. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { type GraphQLSchema, lexicographicSortSchema, parse, printSchema } from 'graphql';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { subgraphs } from '../subgraphs/openSubgraphs.ts';

const roverConfig = z.object({
  subgraphs: z.record(z.string(), z.object({ routing_url: z.url(), schema: z.object({ file: z.string() }) })),
});

/** One subgraph as rover.yaml names it. */
interface RoverSubgraph {
  name: string;
  url: string;
  /** Where its SDL lies, from the project's root. */
  file: string;
}

/** The subgraphs that rover.yaml in this folder names. */
export async function readRover(root: string): Promise<RoverSubgraph[]> {
  const config = roverConfig.parse(parseYaml(await readFile(join(root, 'rover.yaml'), 'utf8')));
  return Object.entries(config.subgraphs).map(([name, { routing_url: url, schema }]) => ({
    name,
    url,
    file: schema.file,
  }));
}

/** A file of schema/: its path from the root and what it should hold. */
export interface SchemaFile {
  file: string;
  text: string;
}

const supergraphFile = 'schema/supergraph.graphql';

/** The schema that clients see, for their code generators. The gateway serves the same text at /schema.graphql. */
export const clientFile = 'schema/api.graphql';

/** What the classes compose to. */
export interface Composed {
  /** What schema/ should hold of it: the SDL of each subgraph, the supergraph, and the schema of clients. */
  files: SchemaFile[];
  /** What clients see. */
  clientSchema: GraphQLSchema;
}

/** Composes the classes. Throws an error with every composition error in it. */
export async function composeSchema(root: string): Promise<Composed> {
  const services = (await readRover(root)).map(({ name, url, file }) => {
    const subgraph = Object.values(subgraphs).find((known) => known.name === name);
    if (!subgraph) throw new Error(`Expected rover.yaml to name one of our subgraphs, but got: ${name}.`);
    return { name, url, file, text: subgraph.federated.sdl };
  });
  const composed = composeServices(
    services.map(({ name, url, text }) => ({ name, url, typeDefs: parse(text) })),
  );
  if (composed.errors) {
    throw new Error(composed.errors.map(({ message }) => message).join('\n'));
  }
  const clientSchema = composed.schema.toAPISchema().toGraphQLJSSchema();
  const files = [
    ...services.map(({ file, text }) => ({ file, text })),
    { file: supergraphFile, text: `${composed.supergraphSdl.trimEnd()}\n` },
    { file: clientFile, text: `${printSchema(lexicographicSortSchema(clientSchema))}\n` },
  ];
  return { files, clientSchema };
}
