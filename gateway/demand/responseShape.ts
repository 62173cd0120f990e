/**
 * What an answer to an operation may look like: for each type that an object may have at run time its fields, those of
 * all fragments put together as an executor does it.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import { always, conditionWith, eitherOf, type Together, type When } from './costConditions.ts';

/** The objects at one place of an answer: one kind for each type that they may have. */
export interface ObjectShape {
  kinds: readonly KindShape[];
}

export interface KindShape {
  type: GraphQLObjectType;
  fields: readonly FieldShape[];
}

export interface FieldShape {
  /** The name under which it stands in the answer. */
  key: string;
  parent: GraphQLObjectType;
  definition: GraphQLField<unknown, unknown>;
  /** One of the nodes that ask for it: all have the same arguments. */
  node: FieldNode;
  when: When;
  /** What its objects have; undefined for leaves. */
  objects: ObjectShape | undefined;
}

/** There are more ways in which the operation may be answered than are looked at. */
export class TooManyShapes extends Error {
  override name = 'TooManyShapes';
}

/** Selections that are looked at, types and places told apart. The largest page of the newsroom has some 3,000. */
const maxVisits = 200_000;

interface Selected {
  set: SelectionSetNode;
  when: Together;
}

/** The root of an operation that is valid; throws TooManyShapes. */
export function shapeOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ObjectShape {
  const shapes = new Shapes(schema, document);
  const root = schema.getRootType(operation.operation);
  return root ? shapes.of(root.name, [{ set: operation.selectionSet, when: always }]) : { kinds: [] };
}

class Shapes {
  readonly #schema: GraphQLSchema;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #known = new Map<string, ObjectShape>();
  readonly #ids = new Map<SelectionSetNode, number>();
  #visits = 0;

  constructor(schema: GraphQLSchema, document: DocumentNode) {
    this.#schema = schema;
    for (const node of document.definitions)
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(node.name.value, node);
  }

  /** The objects of a type that have what all the selections ask for. */
  of(typeName: string, selected: readonly Selected[]): ObjectShape {
    const id = `${typeName} ${selected.map((one) => this.#idOf(one)).join(';')}`;
    const known = this.#known.get(id);
    if (known) return known;
    const type = this.#schema.getType(typeName);
    const types = isAbstractType(type)
      ? this.#schema.getPossibleTypes(type)
      : isObjectType(type)
        ? [type]
        : [];
    const shape = { kinds: types.map((one) => ({ type: one, fields: this.#fieldsOf(one, selected) })) };
    this.#known.set(id, shape);
    return shape;
  }

  #idOf({ set, when }: Selected): string {
    const id = this.#ids.get(set) ?? this.#ids.size;
    this.#ids.set(set, id);
    return `${id} ${when.join(' ')}`;
  }

  #fieldsOf(parent: GraphQLObjectType, selected: readonly Selected[]): FieldShape[] {
    const found = new Map<string, { node: FieldNode; when: Together }[]>();
    const visited = new Set<string>();
    for (const { set, when } of selected) this.#collect(parent, set, when, found, visited);
    return [...found].flatMap(([key, uses]) => {
      const [first] = uses;
      const definition = first && this.#definitionOf(parent, first.node.name.value);
      if (!first || !definition) return [];
      // Where all uses have one condition, what they select needs it no more.
      const isOne = uses.every(({ when }) => when.join(' ') === first.when.join(' '));
      const inner = uses.flatMap(({ node, when }) =>
        node.selectionSet ? [{ set: node.selectionSet, when: isOne ? always : when }] : [],
      );
      const objects = inner.length > 0 ? this.of(getNamedType(definition.type).name, inner) : undefined;
      const when = eitherOf(uses.map((one) => one.when));
      return [{ key, parent, definition, node: first.node, when, objects }];
    });
  }

  #collect(
    parent: GraphQLObjectType,
    { selections }: SelectionSetNode,
    outer: Together,
    found: Map<string, { node: FieldNode; when: Together }[]>,
    visited: Set<string>,
  ): void {
    for (const selection of selections) {
      if (++this.#visits > maxVisits) throw new TooManyShapes();
      const when = conditionWith(outer, selection.directives);
      if (!when) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const uses = found.get(key);
        if (uses) uses.push({ node: selection, when });
        else found.set(key, [{ node: selection, when }]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value;
        if (condition === undefined || this.#fits(parent, condition))
          this.#collect(parent, selection.selectionSet, when, found, visited);
      } else {
        const id = `${selection.name.value} ${when.join(' ')}`;
        const fragment = this.#fragments.get(selection.name.value);
        if (!fragment || visited.has(id) || !this.#fits(parent, fragment.typeCondition.name.value)) continue;
        visited.add(id);
        this.#collect(parent, fragment.selectionSet, when, found, visited);
      }
    }
  }

  #fits(type: GraphQLObjectType, condition: string): boolean {
    if (type.name === condition) return true;
    const other = this.#schema.getType(condition);
    return isAbstractType(other) && this.#schema.isSubType(other, type);
  }

  #definitionOf(parent: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> | undefined {
    if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
    if (parent === this.#schema.getQueryType()) {
      if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
      if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    }
    return parent.getFields()[name];
  }
}
