/** One form for operations that mean the same, so that they share a plan, and from which no plan can be mistaken. */
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
import { asksSomething, hasInterfaceObjects, typesApart } from './possibleTypes.ts';
import { type Naming, namesApart, openNaming } from './responseNames.ts';
import { textOfAllowed, unauthorizedIn } from './unauthorizedFields.ts';

export interface NormalOperation {
  /** One operation with its fragments: literals as variables, variables and fragments renamed. The key of its plan. */
  text: string;
  /** The parsed form of `text`, without locations. */
  document: DocumentNode;
  /** Fields of `document` that whoever asks may not see: null with an error, and never asked for. */
  unauthorized: ReadonlySet<FieldNode>;
  /** The text without them, which is what is planned; undefined where nothing is left. */
  planned: string | undefined;
  kind: 'query' | 'mutation' | 'subscription';
  /** Where the value of each variable of `text` comes from. */
  variables: readonly NormalVariable[];
  /**
   * Response names in `text` that are not the client's: renamed → the client's. The same for all operations that have
   * this text. Two names may stand for one of the client's, but never in the same object. The empty text stands for
   * what the client has not asked for.
   */
  names: ReadonlyMap<string, string>;
}

/**
 * The normal form of one operation of `document`, which is valid against the API schema. What differs in nothing but
 * comments, spacing, the names of variables and fragments, the order of arguments and definitions, or the values of
 * arguments of fields, has the same text. What literal conditions leave out is not in it; other directives keep their
 * literals: the planner has to see them.
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
    asked: model.fieldSetFields,
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

/** Whether a plan may bring objects without telling which of them are of the type. */
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

/** Writes the text, and numbers variables and fragments in the order in which they come. */
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
    // An operation of which nothing remains asks for something all the same: there is no text of nothing.
    const selections =
      rootSet.selections.length > 0
        ? this.#selections(rootSet, root)
        : `{${this.#naming.nameOfNothing()}:__typename}`;
    const variables = this.#values.definitions();
    return `${operation}${name ? ` ${name.value}` : ''}${variables}${marks}${selections}${this.#fragmentTexts.join('')}`;
  }

  #selections({ selections }: SelectionSetNode, type: GraphQLNamedType): string {
    return `{${selections.map((selection) => this.#selection(selection, type)).join(' ')}}`;
  }

  /** What is selected in a field. Something is: an object of which nothing is asked would be taken for none. */
  #inner(set: SelectionSetNode, type: GraphQLNamedType): string {
    const written = this.#selections(set, type);
    const { apiSchema } = this.#model;
    if (type.name.startsWith('__') || asksSomething(apiSchema, this.#fragments, type, set)) return written;
    return `${written.slice(0, -1)} ${this.#naming.nameOfNothing()}:__typename}`;
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
        // A condition on what the object is anyway may keep the planner from a way to it.
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

  /** The fragment once for each type. */
  #apart(types: readonly string[], fragment: string, marks: string): string {
    return types.map((type) => `...on ${type}${marks}{...${fragment}}`).join(' ');
  }

  #field(node: FieldNode, type: GraphQLNamedType): string {
    const { name, alias, directives, selectionSet } = node;
    const field = this.#fieldOf(type, name.value);
    const given = this.#values.argumentsOf(node, field);
    // Introspection is answered by the schema, not by a plan.
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
