/** The files that programs of a scene are started with. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Supergraph } from '@apollo/federation-internals';
import { printSchema } from 'graphql';

/** Writes the supergraph, what clients see of it, and an answer; resolves to where they are. */
export function writeFiles(folder: string, supergraphSdl: string, answer: unknown) {
  const files = {
    supergraphFile: join(folder, 'supergraph.graphql'),
    apiSchemaFile: join(folder, 'api.graphql'),
    answerFile: join(folder, 'answer.json'),
  };
  writeFileSync(files.supergraphFile, supergraphSdl);
  const apiSchema = Supergraph.build(supergraphSdl).apiSchema();
  writeFileSync(files.apiSchemaFile, printSchema(apiSchema.toGraphQLJSSchema()));
  writeFileSync(files.answerFile, JSON.stringify({ data: answer }));
  return files;
}
