/** Reads the `@cost` and `@listSize` directives of a supergraph. */
import {
  type ConstDirectiveNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isObjectType,
} from 'graphql';
import { argumentsOf, namesOfDirectives } from '../supergraph/linkedDirectives.ts';

/** Costs are integers in hundredths of a point, so that sums are exact. */
export const hundredths = 100;

/** Default costs of elements without `@cost`, in hundredths. */
export const defaultWeights = {
  object: 100,
  leaf: 1,
  inputObject: 100,
  inputLeaf: 0,
  mutation: 1000,
} as const;

/** The arguments of a field's `@listSize`. https://ibm.github.io/graphql-specs/cost-spec.html */
export interface ListSize {
  /** Paths to the arguments that give the list's length, for example ["input", "first"]. */
  slicingArguments: readonly (readonly string[])[];
  /** Child fields whose lists have this length. */
  sizedFields: readonly string[];
  assumedSize: number | undefined;
  requireOneSlicingArgument: boolean;
}

export interface Weights {
  /** In hundredths; undefined when neither the field nor the same field of an interface has `@cost`. */
  ofField: (typeName: string, fieldName: string) => number | undefined;
  /** The cost of each item of a field that has no `@cost` of its own. */
  ofType: (type: GraphQLNamedType) => number;
  /** The same, for an object type. */
  ofTypeNamed: (name: string) => number;
  listSizeOf: (typeName: string, fieldName: string) => ListSize | undefined;
  ofArgument: (typeName: string, fieldName: string, argument: GraphQLArgument) => number;
  ofInputField: (typeName: string, field: GraphQLInputField) => number;
}

type Directed = { astNode?: { directives?: readonly ConstDirectiveNode[] } | undefined | null };

/** Reads the weights of a supergraph schema that was built from SDL. `@link` may rename the directives. */
export function readWeights(supergraph: GraphQLSchema): Weights {
  const read = directiveReader(supergraph);
  const types = new Map<string, number>();
  const fields = new Map<string, number>();
  const sizes = new Map<string, ListSize>();
  const inputs = new Map<string, number>();
  const setWeight = (map: Map<string, number>, key: string, weight: number | undefined) => {
    if (weight !== undefined) map.set(key, weight);
  };
  for (const type of Object.values(supergraph.getTypeMap())) {
    setWeight(types, type.name, read.cost(type));
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        const key = `${type.name}.${field.name}`;
        setWeight(fields, key, weightOfField(type, field, read.cost));
        const size = sizeOfField(type, field, read.listSize);
        if (size) sizes.set(key, size);
        for (const argument of field.args) setWeight(inputs, `${key}.${argument.name}`, read.cost(argument));
      }
    } else if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields()))
        setWeight(inputs, `${type.name}.${field.name}`, read.cost(field));
    }
  }
  const ofInput = (key: string, { type }: GraphQLArgument | GraphQLInputField): number => {
    const named = getNamedType(type);
    const defaultWeight = isInputObjectType(named) ? defaultWeights.inputObject : defaultWeights.inputLeaf;
    return inputs.get(key) ?? types.get(named.name) ?? defaultWeight;
  };
  // Introspection needs no subgraph call, so its objects cost as much as leaves.
  const ofObject = (name: string): number =>
    types.get(name) ?? (name.startsWith('__') ? defaultWeights.leaf : defaultWeights.object);
  return {
    ofField: (typeName, fieldName) => fields.get(`${typeName}.${fieldName}`),
    ofType: (type) =>
      isLeafType(type) ? (types.get(type.name) ?? defaultWeights.leaf) : ofObject(type.name),
    ofTypeNamed: ofObject,
    listSizeOf: (typeName, fieldName) => sizes.get(`${typeName}.${fieldName}`),
    ofArgument: (typeName, fieldName, argument) =>
      ofInput(`${typeName}.${fieldName}.${argument.name}`, argument),
    ofInputField: (typeName, field) => ofInput(`${typeName}.${field.name}`, field),
  };
}

type Owner = GraphQLObjectType | GraphQLInterfaceType;

/** The same field in each interface of the type. */
const inherited = (type: Owner, { name }: GraphQLField<unknown, unknown>) =>
  type.getInterfaces().flatMap((one) => one.getFields()[name] ?? []);

function weightOfField(
  type: Owner,
  field: GraphQLField<unknown, unknown>,
  cost: (one: Directed) => number | undefined,
): number | undefined {
  const own = cost(field);
  if (own !== undefined) return own;
  const others = inherited(type, field).flatMap((one) => cost(one) ?? []);
  return others.length > 0 ? Math.max(...others) : undefined;
}

function sizeOfField(
  type: Owner,
  field: GraphQLField<unknown, unknown>,
  listSize: (one: Directed) => ListSize | undefined,
): ListSize | undefined {
  return listSize(field) ?? merged(inherited(type, field).flatMap((one) => listSize(one) ?? []));
}

/** Merges the `@listSize` of several subgraphs or interfaces: the largest size applies. */
function merged(sizes: readonly ListSize[]): ListSize | undefined {
  if (sizes.length < 2) return sizes[0];
  const paths = new Map(sizes.flatMap((one) => one.slicingArguments).map((path) => [path.join('.'), path]));
  const assumed = sizes.flatMap(({ assumedSize }) => assumedSize ?? []);
  return {
    slicingArguments: [...paths.values()],
    sizedFields: [...new Set(sizes.flatMap((one) => one.sizedFields))],
    assumedSize: assumed.length > 0 ? Math.max(...assumed) : undefined,
    requireOneSlicingArgument: sizes.every((one) => one.requireOneSlicingArgument),
  };
}

/** Reads `@cost` and `@listSize` from a schema element under the names they have in this supergraph. */
function directiveReader(supergraph: GraphQLSchema) {
  const roots = [supergraph.astNode, ...supergraph.extensionASTNodes];
  const links = roots.flatMap((node) => node?.directives ?? []);
  const names = namesOfDirectives(links, 'cost', ['cost', 'listSize']);
  // A schema that was not composed uses the directives' own names.
  if (names.size === 0)
    for (const name of ['cost', 'listSize']) names.set(name, name).set(`federation__${name}`, name);

  const applied = ({ astNode }: Directed, directive: string): Record<string, unknown>[] =>
    (astNode?.directives ?? []).flatMap((one) => {
      const given = argumentsOf(one);
      if (names.get(one.name.value) === directive) return [given];
      // Composition carries directives that supergraphs do not define as `@join__directive`.
      const isCarried =
        one.name.value === 'join__directive' &&
        (given.name === directive || names.get(String(given.name)) === directive);
      return isCarried && isRecord(given.args) ? [given.args] : [];
    });

  return {
    cost: (one: Directed): number | undefined => {
      const weights = applied(one, 'cost').flatMap(({ weight }) => weightIn(weight) ?? []);
      return weights.length > 0 ? Math.max(...weights) : undefined;
    },
    listSize: (one: Directed): ListSize | undefined => merged(applied(one, 'listSize').map(listSizeIn)),
  };
}

/** Converts a weight to hundredths. Apollo writes an integer, the specification a string such as "2.5". */
function weightIn(weight: unknown): number | undefined {
  const number = typeof weight === 'string' && weight.trim() !== '' ? Number(weight) : weight;
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  return Math.ceil(Number((number * hundredths).toFixed(6)));
}

function listSizeIn(given: Record<string, unknown>): ListSize {
  const { assumedSize, slicingArguments, sizedFields, requireOneSlicingArgument } = given;
  return {
    slicingArguments: stringsIn(slicingArguments).map((path) => path.split('.')),
    sizedFields: stringsIn(sizedFields),
    assumedSize: typeof assumedSize === 'number' && assumedSize >= 0 ? assumedSize : undefined,
    requireOneSlicingArgument: requireOneSlicingArgument !== false,
  };
}

/** A list of strings; a single string is coerced to a list (GraphQL section 3.11). */
const stringsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
