/** The selections of stored operations by the object type that they apply to, with fragments resolved. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** One selection set, as it applies to one object type. */
export interface ObjectSelection {
  /** The response path, for messages. */
  path: string;
  /** The field with this selection set; undefined for the root. */
  field: { parent: string; name: string; isList: boolean } | undefined;
  type: GraphQLObjectType;
  fields: FieldNode[];
}

/** Every selection set of a document, once for each object type that may be at its place. */
export function selectionsOf(document: DocumentNode, schema: GraphQLSchema): ObjectSelection[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const found: ObjectSelection[] = [];

  function visitType(
    sets: readonly SelectionSetNode[],
    declared: GraphQLCompositeType,
    place: Pick<ObjectSelection, 'path' | 'field'>,
  ) {
    const types = isAbstractType(declared) ? schema.getPossibleTypes(declared) : [declared];
    for (const type of types) {
      const fields = sets.flatMap((set) => fieldsFor(set, type));
      found.push({ ...place, type, fields });
      for (const name of new Set(fields.map(responseName))) {
        const same = fields.filter((field) => responseName(field) === name);
        const definition = type.getFields()[same[0]?.name.value ?? ''];
        const named = definition && getNamedType(definition.type);
        if (!definition || !named || !isCompositeType(named)) continue;
        const inner = same.flatMap(({ selectionSet }) => selectionSet ?? []);
        const isList = /\[/.test(String(definition.type));
        visitType(inner, named, {
          path: `${place.path}.${name}`,
          field: { parent: type.name, name: definition.name, isList },
        });
      }
    }
  }

  const fieldsFor = (set: SelectionSetNode, type: GraphQLObjectType): FieldNode[] =>
    set.selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection];
      const node = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      const condition = node?.typeCondition && schema.getType(node.typeCondition.name.value);
      const applies =
        !condition || condition === type || (isAbstractType(condition) && schema.isSubType(condition, type));
      return node && applies ? fieldsFor(node.selectionSet, type) : [];
    });

  for (const node of document.definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    const root = schema.getRootType(node.operation);
    if (root)
      visitType([node.selectionSet], root, { path: node.name?.value ?? node.operation, field: undefined });
  }
  return found;
}

const responseName = ({ alias, name }: FieldNode) => (alias ?? name).value;
