/** What a selection can ask of objects: of which types, and whether of any at all. */
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

/** The names of the types that objects of `type` can have. */
export function possibleTypes(
  schema: GraphQLSchema,
  type: GraphQLNamedType | undefined,
): ReadonlySet<string> {
  if (isObjectType(type)) return new Set([type.name]);
  return new Set(isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : []);
}

/**
 * Whether a selection asks for something whatever the variables are, of objects of one type at least. Where it does
 * not, a plan may ask for nothing at all, and nobody knows then whether there is an object.
 */
export function asksSomething(
  schema: GraphQLSchema,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  type: GraphQLNamedType,
  set: SelectionSetNode,
): boolean {
  // The answer for most, without looking at types.
  if (set.selections.some((selection) => selection.kind === Kind.FIELD && !isConditional(selection)))
    return true;
  const looked = new Set<string>();
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
      // Fragments that spread one another by the dozen are looked at once for the same types.
      const key = `${selection.kind === Kind.FRAGMENT_SPREAD ? selection.name.value : ''} ${[...both].join()}`;
      if (both.size === 0 || (selection.kind === Kind.FRAGMENT_SPREAD && looked.has(key))) return false;
      looked.add(key);
      return asks(fragment.selectionSet, both);
    });
  return asks(set, possibleTypes(schema, type));
}

export function isCondition({ name }: DirectiveNode): boolean {
  return name.value === 'skip' || name.value === 'include';
}

/** What is unauthorized is not asked for either. */
const isConditional = (selection: SelectionNode) =>
  selection.directives?.some(isCondition) === true || isUnauthorized(selection);

/**
 * The types of which a fragment has to be written apart, undefined for most. A subgraph that has an interface for an
 * object (`@interfaceObject`) knows none of its types, and the planner finds no way from it to a narrower interface or
 * to a union, though it finds one to each type.
 */
export function typesApart(
  { apiSchema, fullSchema }: SupergraphModel,
  type: GraphQLNamedType,
  condition: GraphQLNamedType,
): readonly string[] | undefined {
  if (type === condition || !isAbstractType(condition)) return undefined;
  // Within one type, too, a wider fragment with a condition keeps the planner from that way.
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
  const known = withInterfaceObjects.get(schema);
  if (known !== undefined) return known;
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
