/** Collects the fields of an object (CollectFields of the GraphQL specification). */
import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLInterfaceType,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { isOfType } from './listItems.ts';

export interface FieldOptions {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** The values of the variables in `@skip` and `@include`. */
  conditions: Readonly<Record<string, unknown>>;
}

/** Adds the fields of an object of the type to `fields`, by response name, in the order of GraphQL section 6.3.2. */
export function addFields(
  fields: Map<string, FieldNode[]>,
  options: FieldOptions,
  type: { name: string },
  { selections }: SelectionSetNode,
  spread: Set<string> = new Set(),
): void {
  for (const selection of selections) {
    if (!isIncluded(selection.directives, options.conditions)) continue;
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      const nodes = fields.get(key);
      if (nodes) nodes.push(selection);
      else fields.set(key, [selection]);
      continue;
    }
    let fragment: Pick<FragmentDefinitionNode, 'selectionSet'> | undefined;
    let condition: string | undefined;
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const { value } = selection.name;
      if (spread.has(value)) continue;
      spread.add(value);
      const definition = options.fragments.get(value);
      fragment = definition;
      condition = definition?.typeCondition.name.value;
    } else {
      fragment = selection;
      condition = selection.typeCondition?.name.value;
    }
    if (fragment && (condition === undefined || isOfType(options.schema, type.name, condition)))
      addFields(fields, options, type, fragment.selectionSet, spread);
  }
}

/** Whether `@skip` and `@include` include a selection with these variable values (GraphQL section 3.13). */
export function isIncluded(
  directives: readonly DirectiveNode[] | undefined,
  conditions: Readonly<Record<string, unknown>>,
): boolean {
  for (const { name, arguments: given } of directives ?? []) {
    const isSkip = name.value === 'skip';
    if (!isSkip && name.value !== 'include') continue;
    const value = given?.find((one) => one.name.value === 'if')?.value;
    const is =
      value?.kind === Kind.VARIABLE
        ? conditions[value.name.value]
        : value?.kind === Kind.BOOLEAN && value.value;
    if (is === isSkip) return false;
  }
  return true;
}

/** Whether all types of an interface have the same fields. */
export function areAllAlike(
  options: FieldOptions,
  type: GraphQLInterfaceType,
  selections: readonly SelectionSetNode[],
): boolean {
  const fieldsOf = (one: { name: string }) => {
    const fields = new Map<string, FieldNode[]>();
    for (const selection of selections) addFields(fields, options, one, selection);
    return [...fields];
  };
  const expected = fieldsOf(type);
  return options.schema.getPossibleTypes(type).every((one) => {
    const own = fieldsOf(one);
    return (
      own.length === expected.length &&
      own.every(([key, nodes], at) => key === expected[at]?.[0] && areSame(nodes, expected[at][1]))
    );
  });
}

/** Whether two lists of nodes for one response name are equivalent. Repeated leaf fields are equivalent. */
function areSame(nodes: readonly FieldNode[], others: readonly FieldNode[]): boolean {
  if (nodes.every(({ selectionSet }) => !selectionSet)) return true;
  return nodes.length === others.length && nodes.every((node, at) => node === others[at]);
}
