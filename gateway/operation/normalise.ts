/**
 * Normalises operations: equivalent operations get one text and share a plan, and response names cannot conflict in
 * the plan.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  type InlineFragmentNode,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import type { SupergraphModel } from '../supergraph/supergraphModel.ts';
import { type NormalVariable, ValueTexts } from './extractValues.ts';
import { type OperationParts, withoutExcluded } from './literalConditions.ts';
import { mergeRoot } from './mutationRoots.ts';
import { hasInterfaceObjects, hasUnconditionalField, typesApart } from './possibleTypes.ts';
import { type Naming, namesApart, openNaming } from './responseNames.ts';
import { textOfAllowed, unauthorizedIn } from './unauthorizedFields.ts';

export interface NormalOperation {
  /**
   * The operation with its fragments: literals as variables, variables and fragments renamed. The cache key of its
   * plan.
   */
  text: string;
  /** The parsed `text`, without locations. */
  document: DocumentNode;
  /** Unauthorized fields of `document`: they resolve to null with an error, and no subgraph is asked for them. */
  unauthorized: ReadonlySet<FieldNode>;
  /** The text without unauthorized fields, which the planner gets; undefined if no field is left. */
  planned: string | undefined;
  kind: 'query' | 'mutation' | 'subscription';
  /** The origin of each variable of `text`. */
  variables: readonly NormalVariable[];
  /**
   * Renamed response names in `text` → the client's names. Equal for all operations with this text. Two names may
   * stand for one client name, but never in the same object. The empty name stands for a field that the client did
   * not select.
   */
  names: ReadonlyMap<string, string>;
}

/**
 * Normalises one operation of `document`, which is valid against the API schema. Operations have the same text if
 * they differ only in comments, white space, names of variables and fragments, order of arguments and definitions, or
 * argument values of fields. Selections excluded by literal conditions are removed; other directives keep their
 * literals, because the planner needs them. Throws if there is no such operation.
 */
export function normaliseOperation(
  model: SupergraphModel,
  document: DocumentNode,
  operationName: string | undefined,
): NormalOperation {
  const { operation, fragments } = withoutExcluded(chosenOf(document, operationName));
  const root = model.apiSchema.getRootType(operation.operation);
  if (!root)
    throw new Error(`Expected the schema to have a root for a ${operation.operation}, but got: none.`);
  const naming = openNaming({
    fieldSetFields: model.fieldSetFields,
    apart: namesApart(operation.selectionSet, fragments),
  });
  const text = new NormalText(model, operation, fragments, naming);
  const written = text.write(root);
  const parsed = parse(written, { noLocation: true });
  const unauthorized = unauthorizedIn(parsed);
  return {
    text: written,
    document: parsed,
    unauthorized,
    planned: unauthorized.size === 0 ? written : textOfAllowed(parsed, (type) => isUnsure(model, type)),
    kind: operation.operation,
    variables: text.variables,
    names: naming.names,
  };
}

/** Whether a plan may return objects of the type without a definite `__typename`. */
function isUnsure({ apiSchema, fullSchema }: SupergraphModel, type: string): boolean {
  const isRoot = Object.values(OperationTypeNode).some((root) => apiSchema.getRootType(root)?.name === type);
  return !isRoot && hasInterfaceObjects(fullSchema);
}

function chosenOf(document: DocumentNode, operationName: string | undefined): OperationParts {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
    else if (
      node.kind === Kind.OPERATION_DEFINITION &&
      (!operationName || node.name?.value === operationName)
    )
      operation ??= node;
  }
  if (!operation) throw new Error('Expected an operation, but got: none.');
  return { operation, fragments };
}

/** Prints the normalised text, with variables and fragments numbered in order. */
class NormalText {
  readonly #model: SupergraphModel;
  readonly #operation: OperationDefinitionNode;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #naming: Naming;
  readonly #values: ValueTexts;
  readonly #spreads = new Map<FragmentDefinitionNode | InlineFragmentNode, string>();
  readonly #fragmentTexts: string[] = [];

  constructor(
    model: SupergraphModel,
    operation: OperationDefinitionNode,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    naming: Naming,
  ) {
    this.#model = model;
    this.#operation = operation;
    this.#fragments = fragments;
    this.#naming = naming;
    this.#values = new ValueTexts(operation.variableDefinitions ?? []);
  }

  get variables(): readonly NormalVariable[] {
    return this.#values.variables;
  }

  write(root: GraphQLNamedType): string {
    const { operation, name, directives, selectionSet } = this.#operation;
    const marks = this.#values.directivesOf(directives);
    const isMutation = operation === OperationTypeNode.MUTATION;
    const rootSet = isMutation ? mergeRoot(selectionSet, this.#fragments) : selectionSet;
    // An empty operation gets a `__typename`: a selection set cannot be empty.
    const selections =
      rootSet.selections.length > 0
        ? this.#selections(rootSet, root)
        : `{${this.#naming.placeholderName()}:__typename}`;
    const variables = this.#values.definitions();
    return `${operation}${name ? ` ${name.value}` : ''}${variables}${marks}${selections}${this.#fragmentTexts.join('')}`;
  }

  #selections({ selections }: SelectionSetNode, type: GraphQLNamedType): string {
    return `{${selections.map((selection) => this.#selection(selection, type)).join(' ')}}`;
  }

  /** The selections of a field. An object needs an unconditional selection, otherwise it would be taken for missing. */
  #inner(set: SelectionSetNode, type: GraphQLNamedType): string {
    const written = this.#selections(set, type);
    const { apiSchema } = this.#model;
    if (type.name.startsWith('__') || hasUnconditionalField(apiSchema, this.#fragments, type, set))
      return written;
    return `${written.slice(0, -1)} ${this.#naming.placeholderName()}:__typename}`;
  }

  #selection(selection: SelectionNode, type: GraphQLNamedType): string {
    switch (selection.kind) {
      case Kind.FIELD:
        return this.#field(selection, type);
      case Kind.INLINE_FRAGMENT: {
        const { typeCondition, directives, selectionSet } = selection;
        if (!typeCondition)
          return `...${this.#values.directivesOf(directives)}${this.#selections(selectionSet, type)}`;
        const inner = this.#type(typeCondition.name.value);
        // A redundant type condition may hide a path from the planner.
        if (inner === type)
          return `...${this.#values.directivesOf(directives)}${this.#selections(selectionSet, type)}`;
        const apart = typesApart(this.#model, type, inner);
        const marks = this.#values.directivesOf(directives);
        if (apart) return this.#apart(apart, this.#fragment(selection, inner), marks);
        return `...on ${inner.name}${marks}${this.#selections(selectionSet, inner)}`;
      }
      case Kind.FRAGMENT_SPREAD: {
        const fragment = this.#fragments.get(selection.name.value);
        if (!fragment)
          throw new Error(`Expected a fragment of the operation, but got: ${selection.name.value}.`);
        const inner = this.#type(fragment.typeCondition.name.value);
        const apart = typesApart(this.#model, type, inner);
        const marks = this.#values.directivesOf(selection.directives);
        const name = this.#fragment(fragment, inner);
        if (inner === type && marks !== '') return `...${marks}{...${name}}`;
        return apart ? this.#apart(apart, name, marks) : `...${name}${marks}`;
      }
    }
  }

  /** Spreads the fragment once per type. */
  #apart(types: readonly string[], fragment: string, marks: string): string {
    return types.map((type) => `...on ${type}${marks}{...${fragment}}`).join(' ');
  }

  #field(node: FieldNode, type: GraphQLNamedType): string {
    const { name, alias, directives, selectionSet } = node;
    const field = this.#fieldOf(type, name.value);
    const given = this.#values.argumentsOf(node, field);
    // The gateway resolves introspection itself.
    const isOfSchema = type.name.startsWith('__');
    const key = isOfSchema ? (alias ?? name).value : this.#naming.nameOf(node, given);
    const marks = this.#values.directivesOf(directives);
    const inner = selectionSet ? this.#inner(selectionSet, getNamedType(field.type)) : '';
    return `${key === name.value ? '' : `${key}:`}${name.value}${given}${marks}${inner}`;
  }

  #fragment(fragment: FragmentDefinitionNode | InlineFragmentNode, type: GraphQLNamedType): string {
    let name = this.#spreads.get(fragment);
    if (name === undefined) {
      name = `f${this.#spreads.size}`;
      this.#spreads.set(fragment, name);
      const place = this.#fragmentTexts.push('') - 1;
      const isNamed = fragment.kind === Kind.FRAGMENT_DEFINITION;
      const marks = isNamed ? this.#values.directivesOf(fragment.directives) : '';
      const inner = this.#selections(fragment.selectionSet, type);
      this.#fragmentTexts[place] = `fragment ${name} on ${type.name}${marks}${inner}`;
    }
    return name;
  }

  #type(name: string): GraphQLNamedType {
    const type = this.#model.apiSchema.getType(name);
    if (!type) throw new Error(`Expected a type of the schema, but got: ${name}.`);
    return type;
  }

  #fieldOf(type: GraphQLNamedType, name: string): GraphQLField<unknown, unknown> {
    const field =
      metaFields.get(name) ??
      (isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined);
    if (!field) throw new Error(`Expected ${type.name} to have the field, but got: ${name}.`);
    return field;
  }
}

const metaFields: ReadonlyMap<string, GraphQLField<unknown, unknown>> = new Map(
  [SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef].map((field) => [field.name, field]),
);
