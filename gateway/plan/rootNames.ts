/**
 * Supergraphs whose root types have names of their own (`schema { query: RootQuery }`). The planner knows root types only
 * as Query, Mutation and Subscription: it is given the supergraph and each operation with these names, and what it makes
 * of them gets the names of the supergraph again.
 */
import type { QueryPlan } from '@apollo/query-planner';
import {
  type ASTNode,
  type DocumentNode,
  Kind,
  type OperationTypeNode,
  parse,
  print,
  type SchemaDefinitionNode,
  stripIgnoredCharacters,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  visit,
} from 'graphql';

export interface RootNames {
  /** The supergraph as the planner takes it. */
  supergraph: (document: DocumentNode) => string;
  /** What clients see, from what the planner says of it. */
  api: (sdl: string) => string;
  /** An operation as the planner takes it. */
  operation: (text: string) => string;
  /** A plan as the planner made it, with the names of the supergraph. */
  plan: (plan: QueryPlan) => QueryPlan;
}

const usual: Readonly<Record<OperationTypeNode, string>> = {
  query: 'Query',
  mutation: 'Mutation',
  subscription: 'Subscription',
};

/** How the names of a supergraph's root types are exchanged; undefined where they have the usual ones. */
export function openRootNames(document: DocumentNode): RootNames | undefined {
  const roots = document.definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION
      ? (node.operationTypes ?? [])
      : [],
  );
  // Names change places: a type that has a root's usual name and is none gets that of the root.
  const names = new Map<string, string>();
  for (const { operation, type } of roots) {
    const own = type.name.value;
    if (own === usual[operation]) continue;
    names.set(own, usual[operation]);
    names.set(usual[operation], own);
  }
  if (names.size === 0) return undefined;
  const exchange = (name: string) => names.get(name) ?? name;
  const schema: SchemaDefinitionNode = {
    kind: Kind.SCHEMA_DEFINITION,
    operationTypes: roots.map((one) => ({ ...one })),
  };
  return {
    supergraph: (asked) => print(exchangeTypes(asked, exchange)),
    api: (sdl) => {
      const { definitions } = exchangeTypes(parse(sdl, { noLocation: true }), exchange);
      const types = definitions.filter(({ kind }) => kind !== Kind.SCHEMA_DEFINITION);
      const named = new Set(types.flatMap((one) => ('name' in one && one.name ? [one.name.value] : [])));
      // A root that is hidden altogether is none of what clients see.
      const operationTypes = (schema.operationTypes ?? []).filter(({ type }) => named.has(type.name.value));
      return print({ kind: Kind.DOCUMENT, definitions: [{ ...schema, operationTypes }, ...types] });
    },
    operation: (text) => exchangeInText(text, exchange),
    plan: (plan) => exchangeInPlan(plan, exchange) as QueryPlan,
  };
}

type Exchange = (name: string) => string;

/** Arguments of the join specification that name a type, in a text of GraphQL. */
const typeArguments = new Set(['type', 'interface', 'member']);

function exchangeTypes<Node extends ASTNode>(node: Node, exchange: Exchange): Node {
  const renamed = <Named extends TypeDefinitionNode | TypeExtensionNode>(type: Named): Named => ({
    ...type,
    name: { ...type.name, value: exchange(type.name.value) },
  });
  return visit(node, {
    NamedType: (type) => ({ ...type, name: { ...type.name, value: exchange(type.name.value) } }),
    ObjectTypeDefinition: renamed,
    ObjectTypeExtension: renamed,
    InterfaceTypeDefinition: renamed,
    UnionTypeDefinition: renamed,
    ScalarTypeDefinition: renamed,
    EnumTypeDefinition: renamed,
    InputObjectTypeDefinition: renamed,
    Directive: (directive) => {
      if (!directive.name.value.startsWith('join__')) return false;
      const given = (directive.arguments ?? []).map((one) => {
        const { name, value } = one;
        if (value.kind !== Kind.STRING || !typeArguments.has(name.value)) return one;
        return { ...one, value: { ...value, value: value.value.replace(/\w+/g, exchange) } };
      });
      return { ...directive, arguments: given };
    },
  }) as Node;
}

const exchangeInText = (text: string, exchange: Exchange) =>
  stripIgnoredCharacters(print(exchangeTypes(parse(text, { noLocation: true }), exchange)));

/** In the texts of fetches, in type conditions, and in the types to which paths are limited. */
function exchangeInPlan(value: unknown, exchange: Exchange, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => exchangeInPlan(one, exchange, key));
  if (typeof value === 'string') {
    if (key === 'operation') return exchangeInText(value, exchange);
    if (key === 'typeCondition') return exchange(value);
    if (key === 'path') return value.replace(/(?<=\|.*|^\.\.\. on )\w+/g, exchange);
    return value;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, exchangeInPlan(inner, exchange, name)]),
  );
}
