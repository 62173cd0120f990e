/** Makes of a case its subgraphs, its supergraph, and the monolith that answers as all of them together should. */
import { composeServices } from '@apollo/composition';
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  buildSchema,
  type ConstDirectiveNode,
  type DocumentNode,
  defaultFieldResolver,
  type FieldDefinitionNode,
  type FieldNode,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  isScalarType,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  printSchema,
  type SelectionSetNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql';
import type { FederationCase, Resolver, Resolvers, Row, Subgraph } from './case.ts';
import { type Needs, needsIn } from './enforce.ts';

type SubgraphResolvers = NonNullable<
  Extract<Parameters<typeof buildSubgraphSchema>[0], { resolvers?: unknown }>['resolvers']
>;

/** What a monolith is told of one request. */
export interface MonolithContext {
  /** The fields, as `Type.field`, that fail. */
  failing: ReadonlySet<string>;
  /** The fields of the operation that are not for the reader. */
  denied?: ReadonlySet<FieldNode>;
}

export interface Schemas {
  supergraphSdl: string;
  subgraphs: Readonly<Record<string, GraphQLSchema>>;
  /** Made of the API schema of the supergraph: run it with a `MonolithContext`. */
  monolith: GraphQLSchema;
  /** What they ask of readers. */
  needs: Needs;
  /** The fields that fail when these subgraphs are down. */
  ownedBy: (names: readonly string[]) => Set<string>;
}

/** Throws when the subgraphs do not compose. */
export function makeSchemas({ subgraphs, resolvers, monolith, entities }: FederationCase): Schemas {
  const parts = Object.entries(subgraphs).map(([name, part]) => {
    const { sdl, resolvers: own }: Subgraph = typeof part === 'string' ? { sdl: part } : part;
    const typeDefs = parse(linked(sdl));
    return { name, typeDefs, resolvers: mergeResolvers(resolvers, own) };
  });
  const { supergraphSdl, errors } = composeServices(
    parts.map(({ name, typeDefs }) => ({ name, typeDefs, url: `http://${name}.test/graphql` })),
  );
  if (!supergraphSdl) throw new Error(errors?.map((error) => error.message).join('\n'));
  const schemas = parts.map((part) => [
    part.name,
    buildSubgraphSchema({
      typeDefs: part.typeDefs,
      resolvers: resolversOf(part.typeDefs, part.resolvers, entities ?? {}) as SubgraphResolvers,
    }),
  ]);
  const api = apiSchemaOf(supergraphSdl);
  return {
    supergraphSdl,
    subgraphs: Object.fromEntries(schemas),
    monolith: withResolvers(api, mergeResolvers(resolvers, monolith)),
    needs: needsIn(parts.map(({ typeDefs }) => typeDefs)),
    ownedBy: (names) => fieldsOwnedBy(names, parts, api),
  };
}

/** What clients see of a supergraph, security features and all, as a schema of its own. */
export function apiSchemaOf(supergraphSdl: string): GraphQLSchema {
  const supergraph = Supergraph.build(supergraphSdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
    validateSupergraph: false,
  });
  return buildSchema(printSchema(supergraph.apiSchema().toGraphQLJSSchema()));
}

const directives =
  /@(key|requires|provides|external|tag|shareable|inaccessible|override|interfaceObject|context|fromContext|authenticated|requiresScopes|policy)\b/g;

function linked(sdl: string): string {
  if (sdl.includes('@link')) return sdl;
  const names = [...new Set(sdl.match(directives))].map((name) => `"${name}"`);
  return `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${names}])\n${sdl}`;
}

function mergeResolvers(all: Resolvers = {}, own: Resolvers = {}): Resolvers {
  const merged: Record<string, Resolvers[string]> = { ...all };
  for (const [type, fields] of Object.entries(own))
    merged[type] = isScalarType(fields) ? fields : { ...(all[type] as object), ...fields };
  return merged;
}

type Composite = {
  name: string;
  node: TypeDefinitionNode | TypeExtensionNode;
  fields: FieldDefinitionNode[];
};

function compositesOf(typeDefs: DocumentNode): Composite[] {
  return typeDefs.definitions.flatMap((node) => {
    switch (node.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.OBJECT_TYPE_EXTENSION:
      case Kind.INTERFACE_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_EXTENSION:
        return [{ name: node.name.value, node, fields: [...(node.fields ?? [])] }];
      default:
        return [];
    }
  });
}

const isMarked = (node: { directives?: ObjectTypeDefinitionNode['directives'] }, name: string) =>
  (node.directives ?? []).some((directive) => directive.name.value === name);

function stringArgument(directive: { arguments?: readonly unknown[] | undefined }, name: string) {
  type Argument = { name: { value: string }; value: { value: string } };
  return (directive.arguments as readonly Argument[]).find((argument) => argument.name.value === name)?.value
    .value;
}

/** The resolvers of the fields that a subgraph has, and what finds its entities. */
function resolversOf(
  typeDefs: DocumentNode,
  resolvers: Resolvers,
  entities: NonNullable<FederationCase['entities']>,
): Record<string, Record<string, unknown>> {
  const made: Record<string, Record<string, unknown>> = {};
  for (const { name, node, fields } of compositesOf(typeDefs)) {
    made[name] ??= {};
    const own = resolvers[name] as Record<string, Resolver> | undefined;
    const isInterface =
      node.kind === Kind.INTERFACE_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_EXTENSION;
    for (const field of isInterface ? [] : fields) {
      const resolver = own && Object.hasOwn(own, field.name.value) ? own[field.name.value] : undefined;
      if (resolver) made[name][field.name.value] = resolver;
    }
    const source = entities[name];
    const keys = (node.directives ?? []).filter(
      (directive) => directive.name.value === 'key' && isResolvable(directive),
    );
    if (source && keys.length > 0)
      made[name].__resolveReference = referenceResolver(
        source,
        keys.map(keySelection),
        externals(node, fields),
      );
  }
  for (const definition of typeDefs.definitions) {
    if (definition.kind !== Kind.SCALAR_TYPE_DEFINITION) continue;
    const scalar = resolvers[definition.name.value];
    if (scalar) made[definition.name.value] = scalar as unknown as Record<string, unknown>;
  }
  for (const [name, fields] of Object.entries(made)) if (Object.keys(fields).length === 0) delete made[name];
  return made;
}

function externals(node: Composite['node'], fields: readonly FieldDefinitionNode[]): string[] {
  return fields
    .filter((field) => isMarked(node, 'external') || isMarked(field, 'external'))
    .map((field) => field.name.value);
}

function isResolvable({ arguments: given = [] }: ConstDirectiveNode): boolean {
  const value = given.find(({ name }) => name.value === 'resolvable')?.value;
  return value?.kind !== Kind.BOOLEAN || value.value;
}

function keySelection(directive: Parameters<typeof stringArgument>[0]): SelectionSetNode {
  return selectionOf(stringArgument(directive, 'fields') ?? '');
}

function selectionOf(fields: string): SelectionSetNode {
  const [definition] = parse(`{ ${fields} }`).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION)
    throw new Error(`Expected a selection, but got: ${fields}.`);
  return definition.selectionSet;
}

/**
 * Finds a row by the first key that the reference has in full. What is external in the subgraph is taken from the
 * reference alone, so that a gateway that forgets to send it gets no right answer by accident.
 */
function referenceResolver(
  source: readonly Row[] | ((reference: Row) => Row | null),
  keys: readonly SelectionSetNode[],
  external: readonly string[],
) {
  const find =
    typeof source === 'function'
      ? source
      : (reference: Row) => {
          const key = keys.find((selection) => hasAll(reference, selection));
          return (key && source.find((row) => matches(row, reference, key))) ?? null;
        };
  return (reference: Row) => {
    const row = find(reference);
    if (!row) return null;
    const own = Object.fromEntries(Object.entries(row).filter(([name]) => !external.includes(name)));
    const sent = Object.fromEntries(Object.entries(reference).filter(([name]) => external.includes(name)));
    return { ...own, ...sent };
  };
}

function hasAll(value: unknown, { selections }: SelectionSetNode): boolean {
  if (Array.isArray(value))
    return value.every((item) => hasAll(item, { kind: Kind.SELECTION_SET, selections }));
  if (typeof value !== 'object' || value === null) return false;
  return selections.every((selection) => {
    if (selection.kind !== Kind.FIELD) return true;
    const child = (value as Row)[selection.name.value];
    return child !== undefined && (!selection.selectionSet || hasAll(child, selection.selectionSet));
  });
}

function matches(row: unknown, reference: unknown, { selections }: SelectionSetNode): boolean {
  if (Array.isArray(row) && Array.isArray(reference))
    return (
      row.length === reference.length &&
      row.every((item, index) => matches(item, reference[index], { kind: Kind.SELECTION_SET, selections }))
    );
  return selections.every((selection) => {
    if (selection.kind !== Kind.FIELD || selection.name.value === '__typename') return true;
    const [own, sent] = [row, reference].map((value) => (value as Row)[selection.name.value]);
    return selection.selectionSet ? matches(own, sent, selection.selectionSet) : String(own) === String(sent);
  });
}

/** Fields that fail by the context throw; others take their resolver, or that of an interface of their type. */
function withResolvers(schema: GraphQLSchema, resolvers: Resolvers): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    const own = resolvers[type.name];
    if (isScalarType(type) && isScalarType(own)) {
      Object.assign(type, {
        serialize: own.serialize,
        parseValue: own.parseValue,
        parseLiteral: own.parseLiteral,
      });
    }
    if (!isObjectType(type)) continue;
    const names = [type.name, ...type.getInterfaces().map(({ name }) => name)];
    for (const field of Object.values(type.getFields())) {
      const owner = names.find((name) => resolvers[name] && Object.hasOwn(resolvers[name], field.name));
      const resolver = owner ? (resolvers[owner] as Record<string, Resolver>)[field.name] : undefined;
      field.resolve = (parent, args, context: MonolithContext, info) => {
        if (context.failing.has(`${type.name}.${field.name}`))
          throw new Error('Expected a subgraph to be there.');
        if (info.fieldNodes.every((node) => context.denied?.has(node)))
          throw new Error('Unauthorized field or type.');
        return resolver ? resolver(parent, args) : defaultFieldResolver(parent, args, context, info);
      };
    }
  }
  return schema;
}

interface Part {
  name: string;
  typeDefs: DocumentNode;
}

/** The fields that no other subgraph resolves. */
function fieldsOwnedBy(names: readonly string[], parts: readonly Part[], api: GraphQLSchema): Set<string> {
  const owners = new Map<string, Set<string>>();
  const taken: [field: string, from: string][] = [];
  for (const { name, typeDefs } of parts) {
    for (const composite of compositesOf(typeDefs)) {
      const type = api.getType(composite.name);
      const types = isInterfaceType(type)
        ? api.getPossibleTypes(type).map(({ name }) => name)
        : [composite.name];
      const isOfObjects = !isInterfaceType(type) || isMarked(composite.node, 'interfaceObject');
      if (!isOfObjects) continue;
      const external = externals(composite.node, composite.fields);
      for (const field of composite.fields) {
        if (external.includes(field.name.value)) continue;
        const override = field.directives?.find((directive) => directive.name.value === 'override');
        for (const owner of types) {
          const place = `${owner}.${field.name.value}`;
          owners.set(place, (owners.get(place) ?? new Set()).add(name));
          if (override) taken.push([place, stringArgument(override, 'from') ?? '']);
        }
      }
    }
  }
  for (const [place, from] of taken) owners.get(place)?.delete(from);
  return new Set(
    [...owners].filter(([, by]) => [...by].every((name) => names.includes(name))).map(([place]) => place),
  );
}
