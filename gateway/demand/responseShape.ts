/**
 * The possible shapes of a response: the fields of each possible object type, with all fragments merged as an
 * executor merges them.
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
import { always, type Condition, type Conjunction, conditionWith, eitherOf } from './costConditions.ts';

/** The objects at one place of a response, with one kind per possible type. */
export interface ObjectShape {
  kinds: readonly KindShape[];
}

export interface KindShape {
  type: GraphQLObjectType;
  fields: readonly FieldShape[];
}

export interface FieldShape {
  /** The response name. */
  key: string;
  parent: GraphQLObjectType;
  definition: GraphQLField<unknown, unknown>;
  /** One of the field's nodes; all have the same arguments. */
  node: FieldNode;
  when: Condition;
  /** The shape of the field's objects; undefined for leaf types. */
  objects: ObjectShape | undefined;
}

/** The operation has more possible shapes than are examined. */
export class TooManyShapes extends Error {
  override name = 'TooManyShapes';
}

/** Maximum selections visited, counted per type and place. The largest page of the newsroom has some 3,000. */
const maxVisits = 200_000;

interface Selected {
  set: SelectionSetNode;
  when: Conjunction;
}

/** The shape of a valid operation's root object. Throws TooManyShapes. */
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
  readonly #cached = new Map<string, ObjectShape>();
  readonly #ids = new Map<SelectionSetNode, number>();
  #visits = 0;

  constructor(schema: GraphQLSchema, document: DocumentNode) {
    this.#schema = schema;
    for (const node of document.definitions)
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(node.name.value, node);
  }

  /** The shape of a type's objects with all the selections merged. */
  of(typeName: string, selected: readonly Selected[]): ObjectShape {
    const id = `${typeName} ${selected.map((one) => this.#idOf(one)).join(';')}`;
    const cached = this.#cached.get(id);
    if (cached) return cached;
    const type = this.#schema.getType(typeName);
    const types = isAbstractType(type)
      ? this.#schema.getPossibleTypes(type)
      : isObjectType(type)
        ? [type]
        : [];
    const shape = { kinds: types.map((one) => ({ type: one, fields: this.#fieldsOf(one, selected) })) };
    this.#cached.set(id, shape);
    return shape;
  }

  #idOf({ set, when }: Selected): string {
    const id = this.#ids.get(set) ?? this.#ids.size;
    this.#ids.set(set, id);
    return `${id} ${when.join(' ')}`;
  }

  #fieldsOf(parent: GraphQLObjectType, selected: readonly Selected[]): FieldShape[] {
    const usesByKey = new Map<string, { node: FieldNode; when: Conjunction }[]>();
    const visited = new Set<string>();
    for (const { set, when } of selected) this.#collect(parent, set, when, usesByKey, visited);
    return [...usesByKey].flatMap(([key, uses]) => {
      const [first] = uses;
      const definition = first && this.#definitionOf(parent, first.node.name.value);
      if (!first || !definition) return [];
      // If all uses have the same condition, the field itself has it and the nested selections need none.
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
    outer: Conjunction,
    usesByKey: Map<string, { node: FieldNode; when: Conjunction }[]>,
    visited: Set<string>,
  ): void {
    for (const selection of selections) {
      if (++this.#visits > maxVisits) throw new TooManyShapes();
      const when = conditionWith(outer, selection.directives);
      if (!when) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const uses = usesByKey.get(key);
        if (uses) uses.push({ node: selection, when });
        else usesByKey.set(key, [{ node: selection, when }]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value;
        if (condition === undefined || this.#fits(parent, condition))
          this.#collect(parent, selection.selectionSet, when, usesByKey, visited);
      } else {
        const id = `${selection.name.value} ${when.join(' ')}`;
        const fragment = this.#fragments.get(selection.name.value);
        if (!fragment || visited.has(id) || !this.#fits(parent, fragment.typeCondition.name.value)) continue;
        visited.add(id);
        this.#collect(parent, fragment.selectionSet, when, usesByKey, visited);
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
