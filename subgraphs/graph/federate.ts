/** Builds the schema and the SDL of a subgraph from type-graphql classes. */
import 'reflect-metadata';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { type DocumentNode, type GraphQLSchema, Kind, parse, print, visit } from 'graphql';
import {
  buildSchemaSync,
  createResolversMap,
  getMetadataStorage,
  type NonEmptyArray,
  type ResolversMap,
} from 'type-graphql';
import { callDirectly } from '../execute/resolverCalls.ts';
import { CurrencyCode, DateTime, Duration, HTML, LanguageTag, URLScalar } from './scalars.ts';

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
const scalars = [CurrencyCode, DateTime, Duration, HTML, LanguageTag, URLScalar];

/** A reference resolver: returns the entity for the key fields of a representation, or null. */
export type Reference<Context> = (
  representation: Readonly<Record<string, unknown>>,
  context: Context,
) => Promise<object | null> | object | null;

interface SubgraphSource<Context> {
  // biome-ignore lint/complexity/noBannedTypes: type-graphql takes resolver classes as functions.
  resolvers: NonEmptyArray<Function>;
  /** Object types that the schema reaches through an interface only. */
  // biome-ignore lint/complexity/noBannedTypes: type-graphql takes object types as functions.
  orphanedTypes?: Function[];
  /** The reference resolvers by type name, one for each entity with a resolvable `@key`. */
  references: Record<string, Reference<Context>>;
}

/** A subgraph's executable schema, and its SDL as printed to `schema/`. */
export interface FederatedSchema {
  schema: GraphQLSchema;
  sdl: string;
}

/** Builds a subgraph's schema. Needs no database: resolvers get theirs from the context. */
export function federate<Context>(source: SubgraphSource<Context>): FederatedSchema {
  sortParameters();
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

/** Arguments are printed in the order of the metadata, but JavaScript runs the last parameter's decorator first. */
function sortParameters(): void {
  getMetadataStorage().params.sort((a, b) => a.index - b.index);
}

/** Adds the `@link` to the Federation specification. It imports the directives in use only. */
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

/** Query first, then scalars; other types stay in the order of the classes. */
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
