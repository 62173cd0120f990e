/** Builds the operations that calls send: the planner's own for a single fetch, one with aliases for merged fetches. */
import type { FetchNode } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type NameNode,
  type OperationDefinitionNode,
  type OperationTypeNode,
  parse,
  print,
  type SelectionNode,
  stripIgnoredCharacters,
  type VariableDefinitionNode,
  visit,
} from 'graphql';

/** A fetch as part of a request, with the names of its response field and its own variables there. */
export interface RequestPart {
  fetch: FetchNode;
  /** The alias of `_entities`; undefined for a fetch of root fields, whose response names stay. */
  alias?: string | undefined;
  /** This part's own variables → their names in the request. */
  renamed?: ReadonlyMap<string, string>;
}

/** A request without the values of its variables. */
export interface RequestText {
  query: string;
  document: DocumentNode;
  operationName: string | undefined;
  /** The client's variables that the request uses. */
  variables: readonly string[];
  /** The request's JSON up to the values of its variables: `{"query":"…","variables":{`. */
  opening: string;
}

/** The entity field and its variable (Federation, `_entities`). */
export const entitiesField = '_entities';
export const representationsVariable = 'representations';

/** Builds the request for these parts, at least one. The planner's operations have no named fragments. */
export function requestOf(parts: readonly RequestPart[]): RequestText {
  const only = parts.length === 1 ? parts[0] : undefined;
  const isPlain =
    only !== undefined && (only.alias ?? entitiesField) === entitiesField && !only.renamed?.size;
  const document = isPlain ? parse(only.fetch.operation, { noLocation: true }) : joined(parts);
  const query = isPlain ? only.fetch.operation : stripIgnoredCharacters(print(document));
  const { operationName } = parts[0]?.fetch ?? {};
  const name = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`;
  return {
    query,
    document,
    operationName,
    variables: [...new Set(parts.flatMap(({ fetch }) => fetch.variableUsages ?? []))].filter(
      (variable) => !parts.some(({ renamed }) => renamed?.has(variable)),
    ),
    opening: `{"query":${JSON.stringify(query)}${name},"variables":{`,
  };
}

/** A name prefix that none of the fetches uses. */
export function freeName(fetches: readonly FetchNode[], name: string): string {
  let free = name;
  while (fetches.some(({ operation }) => operation.includes(free))) free = `_${free}`;
  return free;
}

/** Parses the operation of a fetch. Throws if it is not an operation. */
export function operationOf({ operation }: FetchNode): OperationDefinitionNode {
  const definition = parse(operation, { noLocation: true }).definitions[0];
  if (definition?.kind !== Kind.OPERATION_DEFINITION)
    throw new Error(`Expected a fetch to be one operation, but got: ${definition?.kind}.`);
  return definition;
}

/** The selections of a fetch: on the root, or on the entities. */
export function selectionsOf(fetch: FetchNode): readonly SelectionNode[] {
  const { selections } = operationOf(fetch).selectionSet;
  if (!fetch.requires) return selections;
  const entities = selections.find(
    (one): one is FieldNode => one.kind === Kind.FIELD && one.name.value === entitiesField,
  );
  return entities?.selectionSet?.selections ?? [];
}

function joined(parts: readonly RequestPart[]): DocumentNode {
  const definitions = new Map<string, VariableDefinitionNode>();
  const selections: SelectionNode[] = [];
  for (const { fetch, alias, renamed } of parts) {
    const operation = renameVariables(operationOf(fetch), renamed ?? new Map());
    for (const definition of operation.variableDefinitions ?? [])
      definitions.set(definition.variable.name.value, definition);
    for (const selection of operation.selectionSet.selections)
      selections.push(
        alias === undefined ? selection : { ...(selection as FieldNode), alias: nameNode(alias) },
      );
  }
  const { operationName, operationKind } = (parts[0] as RequestPart).fetch;
  const operation: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: operationKind as OperationTypeNode,
    ...(operationName !== undefined && { name: nameNode(operationName) }),
    variableDefinitions: [...definitions.values()],
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
  return { kind: Kind.DOCUMENT, definitions: [operation] };
}

function renameVariables(
  operation: OperationDefinitionNode,
  renamed: ReadonlyMap<string, string>,
): OperationDefinitionNode {
  if (renamed.size === 0) return operation;
  return visit(operation, {
    Variable: (node) => {
      const name = renamed.get(node.name.value);
      return name === undefined ? undefined : { ...node, name: nameNode(name) };
    },
  });
}

const nameNode = (value: string): NameNode => ({ kind: Kind.NAME, value });
