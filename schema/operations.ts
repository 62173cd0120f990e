/** From the operations that clients send to their manifest, and to documents with types for whoever writes TypeScript. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addTypenameToDocument } from '@apollo/client/utilities';
import { type DocumentNode, type GraphQLSchema, Kind, parse, print, validate } from 'graphql';
import type { SchemaFile } from './compose.ts';

const folder = 'schema/operations';

interface Source {
  name: string;
  document: DocumentNode;
}

/**
 * What schema/operations.json and schema/documents.ts should hold by the files in schema/operations/. Throws an error
 * that lists each operation that does not fit the graph.
 */
export async function operationFiles(root: string, schema: GraphQLSchema): Promise<SchemaFile[]> {
  const sources = await readSources(root);
  const problems = sources.flatMap(({ name, document }) =>
    validate(schema, document).map(({ message }) => `${folder}/${name}: ${message}`),
  );
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return [
    { file: 'schema/operations.json', text: manifestOf(sources) },
    { file: 'schema/documents.ts', text: await typedDocuments(schema, sources) },
  ];
}

async function readSources(root: string): Promise<Source[]> {
  const names = (await readdir(join(root, folder))).filter((name) => name.endsWith('.graphql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(root, folder, name), 'utf8');
      return { name, document: parse(text, { noLocation: true }) };
    }),
  );
}

/** Apollo's manifest of persisted queries: the texts are those that Apollo Client sends, so that its hashes find them too. */
function manifestOf(sources: readonly Source[]): string {
  const operations = sources.map(({ name, document }) => {
    const [operation, ...others] = document.definitions.filter(
      (node) => node.kind === Kind.OPERATION_DEFINITION,
    );
    if (!operation?.name || others.length > 0)
      throw new Error(`Expected ${folder}/${name} to have one operation with a name, but it has not.`);
    const body = print(addTypenameToDocument(document));
    const id = createHash('sha256').update(body).digest('hex');
    return { id, name: operation.name.value, type: operation.operation, body };
  });
  return `${JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }, null, 2)}\n`;
}

/** The types by GraphQL Code Generator. Loaded only here: it is a tool of developers. */
async function typedDocuments(schema: GraphQLSchema, sources: readonly Source[]): Promise<string> {
  const [{ codegen }, { plugin: operations }, { plugin: nodes }] = await Promise.all([
    import('@graphql-codegen/core'),
    import('@graphql-codegen/typescript-operations'),
    import('@graphql-codegen/typed-document-node'),
  ]);
  const made = await codegen({
    filename: 'schema/documents.ts',
    schema: parse('type Query { none: Int }'),
    schemaAst: schema,
    documents: sources.map(({ name, document }) => ({ location: name, document })),
    config: {
      enumType: 'string-literal',
      useTypeImports: true,
      skipTypename: true,
      scalars: {
        CurrencyCode: 'string',
        DateTime: 'string',
        Duration: 'string',
        HTML: 'string',
        LanguageTag: 'string',
        URL: 'string',
      },
    },
    plugins: [{ operations: {} }, { nodes: {} }],
    pluginMap: { operations: { plugin: operations }, nodes: { plugin: nodes } },
  });
  return `${header}${made.trimEnd()}\n`;
}

const header = '/** The stored operations with their types. Made by `npm run schema`: do not edit. */\n';
