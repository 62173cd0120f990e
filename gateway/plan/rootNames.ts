/**
 * Supports supergraphs with custom root type names (`schema { query: RootQuery }`). The planner supports only Query,
 * Mutation and Subscription: names are exchanged in its input and back in its plans.
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
  /** The supergraph with the planner's names, as SDL. */
  supergraph: (document: DocumentNode) => string;
  /** The API schema with the supergraph's names, from the planner's API schema. */
  api: (sdl: string) => string;
  /** An operation with the planner's names. */
  operation: (text: string) => string;
  /** A plan with the supergraph's names. */
  plan: (plan: QueryPlan) => QueryPlan;
}

const defaultNames: Readonly<Record<OperationTypeNode, string>> = {
  query: 'Query',
  mutation: 'Mutation',
  subscription: 'Subscription',
};

/** The exchange of root type names; undefined if the supergraph has the default names. */
export function openRootNames(document: DocumentNode): RootNames | undefined {
  const roots = document.definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION
      ? (node.operationTypes ?? [])
      : [],
  );
  // Names are swapped: another type with a default root name gets the root's name.
  const names = new Map<string, string>();
  for (const { operation, type } of roots) {
    const own = type.name.value;
    if (own === defaultNames[operation]) continue;
    names.set(own, defaultNames[operation]);
    names.set(defaultNames[operation], own);
  }
  if (names.size === 0) return undefined;
  const exchange = (name: string) => names.get(name) ?? name;
  const schema: SchemaDefinitionNode = {
    kind: Kind.SCHEMA_DEFINITION,
    operationTypes: roots.map((one) => ({ ...one })),
  };
  return {
    supergraph: (node) => print(exchangeTypes(node, exchange)),
    api: (sdl) => {
      const { definitions } = exchangeTypes(parse(sdl, { noLocation: true }), exchange);
      const types = definitions.filter(({ kind }) => kind !== Kind.SCHEMA_DEFINITION);
      const named = new Set(types.flatMap((one) => ('name' in one && one.name ? [one.name.value] : [])));
      // A root type that is entirely inaccessible is not in the API schema.
      const operationTypes = (schema.operationTypes ?? []).filter(({ type }) => named.has(type.name.value));
      return print({ kind: Kind.DOCUMENT, definitions: [{ ...schema, operationTypes }, ...types] });
    },
    operation: (text) => exchangeInText(text, exchange),
    plan: (plan) => exchangeInPlan(plan, exchange) as QueryPlan,
  };
}

type Exchange = (name: string) => string;

/** Arguments of join directives that name a type in a string. */
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

/** Exchanges names in fetch operations, type conditions and paths of a plan. */
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
