/** Maps the ID values in an operation's variables, including those in input objects and lists. */
import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/** Returns variables with mapped IDs; the same object if no ID changed. */
export type MapIds = (given: Variables) => Variables;

/** Compiles a function that applies `map` to each ID. Invalid values stay unchanged. */
export function compileIds(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  map: (id: unknown) => unknown,
): MapIds {
  const mappers = variableDefinitions.flatMap(({ variable, type: node }): [string, GraphQLInputType][] => {
    const type = typeFromAST(schema, node as Parameters<typeof typeFromAST>[1]) as
      | GraphQLInputType
      | undefined;
    return type && hasIds(type, new Set()) ? [[variable.name.value, type]] : [];
  });
  if (mappers.length === 0) return (given) => given;
  return (given) => {
    let mapped: Record<string, unknown> | undefined;
    for (const [name, type] of mappers) {
      const before = given[name];
      const after = mapIds(before, type, map);
      if (after === before) continue;
      mapped ??= { ...given };
      mapped[name] = after;
    }
    return mapped ?? given;
  };
}

function hasIds(type: GraphQLInputType, seen: Set<string>): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return named.name === 'ID';
  if (seen.has(named.name)) return false;
  seen.add(named.name);
  return Object.values(named.getFields()).some((field) => hasIds(field.type, seen));
}

function mapIds(value: unknown, type: GraphQLInputType, map: (id: unknown) => unknown): unknown {
  if (value === null || value === undefined) return value;
  if (isNonNullType(type)) return mapIds(value, type.ofType, map);
  if (isListType(type)) {
    if (!Array.isArray(value)) return mapIds(value, type.ofType, map);
    const items = value.map((one) => mapIds(one, type.ofType, map));
    return items.some((one, at) => one !== value[at]) ? items : value;
  }
  if (!isInputObjectType(type)) return type.name === 'ID' ? map(value) : value;
  if (typeof value !== 'object') return value;
  const fields = type.getFields();
  const entries = Object.entries(value).map(([name, inner]): [string, unknown] => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return [name, field ? mapIds(inner, field.type, map) : inner];
  });
  const given = value as Record<string, unknown>;
  return entries.some(([name, inner]) => inner !== given[name]) ? Object.fromEntries(entries) : value;
}
