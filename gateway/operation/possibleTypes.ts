/** Possible types of selections, and whether a selection always selects a field. */
import {
  type DirectiveNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { SupergraphModel } from '../supergraph/supergraphModel.ts';
import { isUnauthorized } from './unauthorizedFields.ts';

/** The names of the possible object types of `type`. */
export function possibleTypes(
  schema: GraphQLSchema,
  type: GraphQLNamedType | undefined,
): ReadonlySet<string> {
  if (isObjectType(type)) return new Set([type.name]);
  return new Set(isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : []);
}

/**
 * Whether a selection has a field for at least one type for any values of the variables. If not, a plan may omit the
 * fetch, and it would be unknown whether the object exists.
 */
export function hasUnconditionalField(
  schema: GraphQLSchema,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  type: GraphQLNamedType,
  set: SelectionSetNode,
): boolean {
  // The common case, decided without types.
  if (set.selections.some((selection) => selection.kind === Kind.FIELD && !isConditional(selection)))
    return true;
  const visited = new Set<string>();
  const asks = ({ selections }: SelectionSetNode, possible: ReadonlySet<string>): boolean =>
    selections.some((selection) => {
      if (isConditional(selection)) return false;
      if (selection.kind === Kind.FIELD) return true;
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (!fragment) return false;
      const condition = fragment.typeCondition?.name.value;
      const own = condition === undefined ? possible : possibleTypes(schema, schema.getType(condition));
      const both = new Set([...possible].filter((name) => own.has(name)));
      // Fragments are visited once per set of types, since they may spread one another many times.
      const key = `${selection.kind === Kind.FRAGMENT_SPREAD ? selection.name.value : ''} ${[...both].join()}`;
      if (both.size === 0 || (selection.kind === Kind.FRAGMENT_SPREAD && visited.has(key))) return false;
      visited.add(key);
      return asks(fragment.selectionSet, both);
    });
  return asks(set, possibleTypes(schema, type));
}

export function isCondition({ name }: DirectiveNode): boolean {
  return name.value === 'skip' || name.value === 'include';
}

/** Unauthorized fields are not fetched either. */
const isConditional = (selection: SelectionNode) =>
  selection.directives?.some(isCondition) === true || isUnauthorized(selection);

/**
 * The types for which a fragment must be written separately; undefined in most cases. A subgraph with an interface
 * object (`@interfaceObject`) does not know the interface's types, and the planner finds no path from it to a
 * narrower interface or a union, only to each type.
 */
export function typesApart(
  { apiSchema, fullSchema }: SupergraphModel,
  type: GraphQLNamedType,
  condition: GraphQLNamedType,
): readonly string[] | undefined {
  if (type === condition || !isAbstractType(condition)) return undefined;
  // Within an object type, too, a wider type condition hides that path from the planner.
  if (isObjectType(type)) return hasInterfaceObjects(fullSchema) ? [type.name] : undefined;
  if (!isAbstractType(type)) return undefined;
  if (!isInterfaceObject(fullSchema, type.name)) return undefined;
  if (isInterfaceType(type) && apiSchema.isSubType(condition, type)) return undefined;
  const own = possibleTypes(apiSchema, condition);
  const both = [...possibleTypes(apiSchema, type)].filter((name) => own.has(name));
  return both.length > 0 ? both : undefined;
}

const withInterfaceObjects = new WeakMap<GraphQLSchema, boolean>();

export function hasInterfaceObjects(schema: GraphQLSchema): boolean {
  const cached = withInterfaceObjects.get(schema);
  if (cached !== undefined) return cached;
  const has = Object.keys(schema.getTypeMap()).some((name) => isInterfaceObject(schema, name));
  withInterfaceObjects.set(schema, has);
  return has;
}

function isInterfaceObject(schema: GraphQLSchema, name: string): boolean {
  return (schema.getType(name)?.astNode?.directives ?? []).some(
    (directive) =>
      directive.name.value === 'join__type' &&
      directive.arguments?.some(
        ({ name: argument, value }) =>
          argument.value === 'isInterfaceObject' && value.kind === Kind.BOOLEAN && value.value,
      ),
  );
}
