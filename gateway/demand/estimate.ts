/**
 * How much an operation may bring, worked out before anything is fetched: the objects of its lists, each list taken
 * as long as it was asked for. A few nested lists make a short text an answer of millions.
 */
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
  visit as visitNode,
} from 'graphql';

/** What `@listSize` says of a field: https://ibm.github.io/graphql-specs/cost-spec.html */
interface ListSize {
  slicingArguments: readonly string[];
  /** The fields of the answer that have the length, rather than the answer itself. */
  sizedFields: readonly string[];
  assumedSize: number | undefined;
}

export interface Demand {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Readonly<Record<string, unknown>>;
}

/** A list of which nobody says how long it is. */
const usualLength = 10;

/**
 * A function that tells how many objects an operation may bring at most, by what `@listSize` says of its
 * lists in the supergraph, which was built from SDL. It stops counting at `limit`: what it answers then is more than that. Introspection costs nothing.
 */
export function openEstimate(supergraph: GraphQLSchema): Estimate {
  const sizes = readListSizes(supergraph);
  const slicing = new Set([...sizes.values()].flatMap(({ slicingArguments }) => slicingArguments));
  // An operation is looked at once for each set of lengths that are asked of it, not for each request.
  const known = new WeakMap<OperationDefinitionNode, Estimates>();
  return (demand, limit) => {
    const { operation, document, variables } = demand;
    let estimates = known.get(operation);
    if (!estimates) {
      estimates = { lengths: lengthsIn(document, operation, slicing), counts: new Map() };
      known.set(operation, estimates);
    }
    const { lengths, counts } = estimates;
    const asked: Record<string, unknown> = {};
    let key = `${limit}`;
    for (const [name, usual] of lengths) {
      const value = variables[name] === undefined ? usual : variables[name];
      asked[name] = value;
      key += ` ${typeof value === 'number' ? value : '-'}`;
    }
    let count = counts.get(key);
    if (count === undefined) {
      count = objectsOf(sizes, { ...demand, variables: asked }, limit);
      if (counts.size >= maxCounts) counts.clear();
      counts.set(key, count);
    }
    return count;
  };
}

export type Estimate = (demand: Demand, limit: number) => number;

interface Estimates {
  /** The variables that say how long lists are, and what they are when the caller does not say. */
  lengths: ReadonlyMap<string, unknown>;
  counts: Map<string, number>;
}

/** Counts of one operation that are kept. */
const maxCounts = 100;

function lengthsIn(
  document: DocumentNode,
  { variableDefinitions = [] }: OperationDefinitionNode,
  slicing: ReadonlySet<string>,
): Map<string, unknown> {
  const used = new Set<string>();
  visitNode(document, {
    Argument: ({ name, value }) => {
      if (slicing.has(name.value) && value.kind === Kind.VARIABLE) used.add(value.name.value);
    },
  });
  return new Map(
    variableDefinitions
      .filter(({ variable }) => used.has(variable.name.value))
      .map(({ variable, defaultValue }) => [
        variable.name.value,
        defaultValue && valueFromASTUntyped(defaultValue),
      ]),
  );
}

/** By "Type.field". */
function readListSizes(supergraph: GraphQLSchema): ReadonlyMap<string, ListSize> {
  const sizes = new Map<string, ListSize>();
  for (const type of Object.values(supergraph.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const { name, astNode } of Object.values(type.getFields())) {
      const directive = astNode?.directives?.find((one) => /(^|__)listSize$/.test(one.name.value));
      if (directive) sizes.set(`${type.name}.${name}`, listSizeOf(directive));
    }
  }
  return sizes;
}

function listSizeOf({ arguments: given = [] }: DirectiveNode): ListSize {
  const argumentOf = (name: string): unknown => {
    const argument = given.find((one) => one.name.value === name);
    return argument && valueFromASTUntyped(argument.value);
  };
  const names = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
  const assumed = argumentOf('assumedSize');
  return {
    slicingArguments: names(argumentOf('slicingArguments')),
    sizedFields: names(argumentOf('sizedFields')),
    assumedSize: typeof assumed === 'number' ? assumed : undefined,
  };
}

function objectsOf(
  sizes: ReadonlyMap<string, ListSize>,
  { schema, document, operation, variables }: Demand,
  limit: number,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  let objects = 0;

  /** `times` objects of the type; `sized` holds how long the lists among its fields are, where its parent said so. */
  function enter(
    selections: SelectionSetNode,
    typeName: string,
    times: number,
    sized: ReadonlyMap<string, number>,
  ) {
    const type = schema.getType(typeName);
    for (const selection of selections.selections) {
      if (objects > limit) return;
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment) enter(fragment.selectionSet, fragment.typeCondition.name.value, times, sized);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        enter(selection.selectionSet, selection.typeCondition?.name.value ?? typeName, times, sized);
      } else if (isObjectType(type) || isInterfaceType(type)) {
        const field = type.getFields()[selection.name.value];
        if (field) visit(selection, typeName, field, times, sized);
      }
    }
  }

  function visit(
    node: FieldNode,
    typeName: string,
    field: GraphQLField<unknown, unknown>,
    times: number,
    sized: ReadonlyMap<string, number>,
  ) {
    const type = getNamedType(field.type);
    if (!node.selectionSet || !isCompositeType(type)) return;
    const size = sizes.get(`${typeName}.${field.name}`);
    const length = size && lengthAsked(node, field, size, variables);
    const inner = times * (isList(field.type) ? (sized.get(field.name) ?? length ?? usualLength) : 1);
    objects += inner;
    const within = new Map(size?.sizedFields.map((name) => [name, length ?? usualLength] as const));
    enter(node.selectionSet, type.name, inner, within);
  }

  const root = schema.getRootType(operation.operation);
  if (root) enter(operation.selectionSet, root.name, 1, new Map());
  return objects;
}

/** The largest number that the slicing arguments name; what the schema assumes where they name none. */
function lengthAsked(
  { arguments: given = [] }: FieldNode,
  field: GraphQLField<unknown, unknown>,
  { slicingArguments, assumedSize }: ListSize,
  variables: Demand['variables'],
): number | undefined {
  const asked = slicingArguments.map((name) => {
    const node = given.find((one) => one.name.value === name);
    return node ? numberIn(node.value, variables) : field.args.find((one) => one.name === name)?.defaultValue;
  });
  const numbers = asked.filter((value): value is number => typeof value === 'number' && value >= 0);
  return numbers.length > 0 ? Math.max(...numbers) : assumedSize;
}

const numberIn = (node: ValueNode, variables: Demand['variables']): unknown =>
  node.kind === Kind.VARIABLE ? variables[node.name.value] : valueFromASTUntyped(node);

function isList(type: GraphQLOutputType): boolean {
  return isNonNullType(type) ? isListType(type.ofType) : isListType(type);
}
