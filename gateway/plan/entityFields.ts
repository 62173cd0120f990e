/** The fields that a fetch selects on entities. */
import type { FetchNode } from '@apollo/query-planner';
import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
  stripIgnoredCharacters,
  type VariableNode,
  visit,
} from 'graphql';
import { entitiesField, operationOf, representationsVariable } from './fetchDocument.ts';

/** The fields with the type condition they are selected under, in order. */
export function fieldsOfEntities(fetch: FetchNode): { type: string; name: string }[] {
  const fields: { type: string; name: string }[] = [];
  mapFields(entitiesOf(operationOf(fetch)).set, '', (type, name) => fields.push({ type, name }) > 0);
  return fields;
}

/** The fetch with only the fields for which `isKept` returns true, and with the variables they use. */
export function withEntityFields(
  fetch: FetchNode,
  isKept: (type: string, name: string) => boolean,
): FetchNode {
  const operation = operationOf(fetch);
  const { field, set } = entitiesOf(operation);
  const selectionSet = mapFields(set, '', isKept) ?? set;
  const used = new Set<string>([representationsVariable]);
  const addVariable = ({ name }: VariableNode) => void used.add(name.value);
  visit(selectionSet, { Variable: addVariable });
  const definitions = operation.variableDefinitions ?? [];
  const kept: OperationDefinitionNode = {
    ...operation,
    variableDefinitions: definitions.filter(({ variable }) => used.has(variable.name.value)),
    selectionSet: { ...operation.selectionSet, selections: [{ ...field, selectionSet }] },
  };
  return {
    ...fetch,
    operation: stripIgnoredCharacters(print(kept)),
    ...(fetch.variableUsages && { variableUsages: fetch.variableUsages.filter((name) => used.has(name)) }),
  };
}

function entitiesOf({ selectionSet }: OperationDefinitionNode): { field: FieldNode; set: SelectionSetNode } {
  for (const field of selectionSet.selections)
    if (field.kind === Kind.FIELD && field.name.value === entitiesField && field.selectionSet)
      return { field, set: field.selectionSet };
  throw new Error('Expected a fetch to ask for entities, but got: none.');
}

function mapFields(
  set: SelectionSetNode,
  type: string,
  isKept: (type: string, name: string) => boolean,
): SelectionSetNode | undefined {
  const selections = set.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) {
      const name = selection.name.value;
      return name === '__typename' || isKept(type, name) ? [selection] : [];
    }
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection];
    const inner = mapFields(selection.selectionSet, selection.typeCondition?.name.value ?? type, isKept);
    return inner ? [{ ...selection, selectionSet: inner }] : [];
  });
  return selections.length > 0 ? { ...set, selections } : undefined;
}
