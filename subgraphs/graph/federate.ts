/** type-graphql classes to a subgraph's schema and SDL: the only builder of the four. */
import 'reflect-metadata';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { type DocumentNode, type GraphQLSchema, Kind, parse, print, visit } from 'graphql';
import { buildSchemaSync, createResolversMap, type NonEmptyArray, type ResolversMap } from 'type-graphql';
import { callDirectly } from '../execute/resolverCalls.ts';
import { DateTime, Duration, HTML, LanguageTag, URLScalar } from './scalars.ts';

const federationVersion = 'v2.12';
const federationDirectives = [
  'key',
  'shareable',
  'external',
  'provides',
  'requires',
  'tag',
  'cost',
  'listSize',
  'authenticated',
  'requiresScopes',
];
const scalars = [DateTime, Duration, HTML, LanguageTag, URLScalar];

/** How an entity is found again: from the key fields in a representation to the object, or null. */
export type Reference<Context> = (
  representation: Readonly<Record<string, unknown>>,
  context: Context,
) => Promise<object | null> | object | null;

interface SubgraphSource<Context> {
  // biome-ignore lint/complexity/noBannedTypes: type-graphql takes resolver classes as functions.
  resolvers: NonEmptyArray<Function>;
  /** Object types that only an interface leads to. */
  // biome-ignore lint/complexity/noBannedTypes: type-graphql takes object types as functions.
  orphanedTypes?: Function[];
  /** One for each entity whose `@key` resolves here, by type name. */
  references: Record<string, Reference<Context>>;
}

/** A subgraph's executable schema, and its SDL as `schema/` holds it. */
export interface FederatedSchema {
  schema: GraphQLSchema;
  sdl: string;
}

/** Builds a subgraph. Needs no database: resolvers get theirs by the context. */
export function federate<Context>(source: SubgraphSource<Context>): FederatedSchema {
  const classes = buildSchemaSync({
    resolvers: source.resolvers,
    orphanedTypes: source.orphanedTypes ?? [],
    scalarsMap: [],
    validate: false,
    skipCheck: true,
  });
  const sdl = withFederationLink(parse(printSchemaWithDirectives(classes)));
  const schema = buildSubgraphSchema({
    typeDefs: parse(sdl),
    resolvers: { ...createResolversMap(classes), ...scalarResolvers(classes) } as never,
  });
  callDirectly(schema, source.resolvers);
  addReferences(schema, source.references);
  return { schema, sdl };
}

/** The link names just the directives in use, so that composition has nothing unknown and nothing idle. */
function withFederationLink(document: DocumentNode): string {
  const used = new Set<string>();
  const types = visit(document, {
    Directive: { enter: (node) => void used.add(node.name.value) },
    DirectiveDefinition: () => null,
    SchemaDefinition: () => null,
  });
  const imports = federationDirectives.filter((name) => used.has(name)).map((name) => `"@${name}"`);
  const link = `extend schema\n  @link(url: "https://specs.apollo.dev/federation/${federationVersion}", import: [${imports.join(', ')}])`;
  const sorted = [...types.definitions].sort((a, b) => rank(a.kind, nameOf(a)) - rank(b.kind, nameOf(b)));
  return `${link}\n\n${sorted.map(print).join('\n\n')}\n`;
}

const nameOf = (node: object) => ('name' in node ? (node.name as { value: string }).value : '');

/** Query first, as a reader expects; the rest stays as the classes give it. */
const rank = (kind: Kind, name: string) =>
  kind === Kind.OBJECT_TYPE_DEFINITION && name === 'Query' ? 0 : kind === Kind.SCALAR_TYPE_DEFINITION ? 1 : 2;

function scalarResolvers(schema: GraphQLSchema): ResolversMap {
  const inUse = scalars.filter((scalar) => schema.getType(scalar.name));
  return Object.fromEntries(inUse.map((scalar) => [scalar.name, scalar])) as unknown as ResolversMap;
}

function addReferences<Context>(schema: GraphQLSchema, references: Record<string, Reference<Context>>) {
  for (const [name, reference] of Object.entries(references)) {
    const type = schema.getType(name);
    if (!type) throw new Error(`Expected ${name} to be a type of the subgraph, since a reference names it.`);
    type.extensions = {
      ...type.extensions,
      apollo: { ...(type.extensions.apollo as object), subgraph: { resolveReference: reference } },
    };
  }
}
