/** The text of schema/cachePolicies.ts: what the normalised caches of clients need to know of the graph. */
import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
} from 'graphql';
import type { SchemaFile } from './compose.ts';

const pageArguments = new Set(['after', 'before']);

type Field = GraphQLField<unknown, unknown>;

/** The file for a graph as clients see it. */
export function cachePolicies(schema: GraphQLSchema): SchemaFile {
  const types = Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const roots = new Set<GraphQLNamedType | null | undefined>([
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ]);
  const objects = types.filter(isObjectType);
  const hasKey = (type: GraphQLNamedType) =>
    isCompositeType(type) && possible(schema, type).every((one) => one.getFields().id);
  const keyless = objects.filter((type) => !roots.has(type) && !hasKey(type));
  const single = singletons(objects, keyless, schema.getQueryType());

  const policies = objects.flatMap((type): [string, string][] => {
    if (type === schema.getMutationType()) return [];
    const parts = partsOf(type, { keyless, single, hasKey });
    return parts === '' ? [] : [[type.name, parts]];
  });
  const possibleTypes = types.filter(isAbstractType).map((type): [string, string] => [
    type.name,
    `[${possible(schema, type)
      .map(({ name }) => `'${name}'`)
      .sort()
      .join(', ')}]`,
  ]);
  const keys = keyless.map(({ name }): [string, string] => [name, 'none']);
  return {
    file: 'schema/cachePolicies.ts',
    text: `${header}
/** The object types of each interface and union, for \`possibleTypes\` of Apollo Client. */
export const possibleTypes: Record<string, string[]> = ${objectText(possibleTypes)};

/** For \`typePolicies\` of Apollo Client. */
export const typePolicies = ${objectText(policies)};

/** For \`keys\` of urql's graphcache: types without an id are kept in the object that refers to them. */
export const keys: Record<string, () => null> = ${objectText(keys)};
`,
  };
}

const header = `/** What the normalised caches of clients need to know of the graph. Made by \`npm run schema\`: do not edit. */
import { connection, embedded, replace } from './cacheMerge.ts';

const none = () => null;
`;

const possible = (schema: GraphQLSchema, type: GraphQLNamedType): readonly GraphQLObjectType[] =>
  isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];

/** Types without an id of which a graph has one object: only a field of Query without arguments returns them. */
function singletons(
  objects: readonly GraphQLObjectType[],
  keyless: readonly GraphQLObjectType[],
  query: GraphQLObjectType | null | undefined,
): GraphQLObjectType[] {
  return keyless.filter((type) => {
    const uses = objects.flatMap((parent) =>
      Object.values(parent.getFields()).flatMap((field) =>
        getNamedType(field.type) === type ? [{ parent, field }] : [],
      ),
    );
    return (
      uses.every(({ parent, field }) => parent === query && field.args.length === 0 && !isList(field)) &&
      uses.length > 0
    );
  });
}

interface Known {
  keyless: readonly GraphQLObjectType[];
  single: readonly GraphQLObjectType[];
  hasKey: (type: GraphQLNamedType) => boolean;
}

/** The policy of one type; empty if Apollo Client needs none. */
function partsOf(type: GraphQLObjectType, { keyless, single, hasKey }: Known): string {
  const isEmbedded = keyless.includes(type) && !single.includes(type);
  if (isEmbedded && isPart(type)) return '';
  const fields = Object.values(type.getFields()).flatMap((field): [string, string][] => {
    const inner = getNamedType(field.type);
    if (!isCompositeType(inner)) return [];
    if (isConnection(field)) return [[field.name, connectionText(field)]];
    // Lists in an object without an id are merged with the object.
    return isList(field) && !isEmbedded ? [[field.name, hasKey(inner) ? 'replace' : 'embedded']] : [];
  });
  if (isEmbedded && fields.length === 0) return 'embedded';
  const texts = [
    ...(isEmbedded ? ['...embedded'] : []),
    ...(single.includes(type) ? ['keyFields: []'] : []),
    ...(fields.length > 0 ? [`fields: ${objectText(fields, '    ')}`] : []),
  ];
  return texts.length === 0 ? '' : `{ ${texts.join(', ')} }`;
}

const isList = ({ type }: Field) => isListType(getNullableType(type));

/** A connection by the Relay specification: pages by cursor. */
function isConnection({ type, args }: Field): boolean {
  const inner = getNamedType(type);
  return isObjectType(inner) && isPage(inner) && args.some(({ name }) => pageArguments.has(name));
}

const isPage = (type: GraphQLObjectType) => 'pageInfo' in type.getFields();

/** Connections, edges and page infos, which the policy of the connection's field keeps. */
const isPart = (type: GraphQLObjectType) =>
  isPage(type) || 'cursor' in type.getFields() || 'endCursor' in type.getFields();

function connectionText({ args }: Field): string {
  const names = args.map(({ name }) => name).filter((name) => !pageArguments.has(name));
  return `connection([${names
    .sort()
    .map((name) => `'${name}'`)
    .join(', ')}])`;
}

function objectText(entries: readonly (readonly [string, string])[], indent = '  '): string {
  return `{\n${entries.map(([name, text]) => `${indent}${name}: ${text},\n`).join('')}${indent.slice(2)}}`;
}
