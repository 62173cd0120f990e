/**
 * Field collection: the fields that an operation selects on a type, in result order, and the variables that decide
 * this.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** A document with fixed values of its @skip and @include variables. */
export interface Selecting {
  schema: GraphQLSchema;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** Only the variables of @skip and @include are used; they are booleans. */
  variables: Readonly<Record<string, unknown>>;
}

/** The variables of @skip and @include in a document, and whether it has introspection fields. */
export function readSelections(document: DocumentNode): { conditions: string[]; isIntrospective: boolean } {
  const names = new Set<string>();
  let isIntrospective = false;
  const visitSelections = ({ selections }: SelectionSetNode) => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD && /^__(schema|type)$/.test(selection.name.value))
        isIntrospective = true;
      for (const { name, arguments: args } of selection.directives ?? []) {
        const value = args?.[0]?.value;
        const isCondition = name.value === 'skip' || name.value === 'include';
        if (isCondition && value?.kind === Kind.VARIABLE) names.add(value.name.value);
      }
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet)
        visitSelections(selection.selectionSet);
    }
  };
  for (const definition of document.definitions)
    if ('selectionSet' in definition) visitSelections(definition.selectionSet);
  return { conditions: [...names], isIntrospective };
}

/**
 * The fields of a type by response key, each with all nodes that select it.
 * https://spec.graphql.org/October2021/#CollectFields()
 */
export function fieldsOf(
  selecting: Selecting,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const collect = ({ selections }: SelectionSetNode) => {
    for (const selection of selections) {
      if (!isSelected(selecting, selection)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const nodes = fields.get(key);
        if (nodes) nodes.push(selection);
        else fields.set(key, [selection]);
        continue;
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        if (spread.has(selection.name.value)) continue;
        spread.add(selection.name.value);
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : selecting.fragments[selection.name.value];
      if (fragment && fits(selecting.schema, fragment.typeCondition?.name.value, type))
        collect(fragment.selectionSet);
    }
  };
  sets.forEach(collect);
  return fields;
}

function isSelected({ variables }: Selecting, { directives }: SelectionNode): boolean {
  for (const { name, arguments: args } of directives ?? []) {
    if (name.value !== 'skip' && name.value !== 'include') continue;
    const value = args?.[0]?.value;
    const isOn =
      value?.kind === Kind.VARIABLE
        ? variables[value.name.value]
        : value?.kind === Kind.BOOLEAN && value.value;
    if (isOn === (name.value === 'skip')) return false;
  }
  return true;
}

function fits(schema: GraphQLSchema, condition: string | undefined, type: GraphQLObjectType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const conditionType = schema.getType(condition);
  return isAbstractType(conditionType) && schema.isSubType(conditionType, type);
}
