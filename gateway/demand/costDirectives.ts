/** What a supergraph says of the cost of its types, fields and arguments, by `@cost` and `@listSize`. */
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

/** Costs are counted in hundredths, so that sums of them are exact. */
export const hundredths = 100;

/** What an element costs of which the supergraph says nothing, in hundredths. */
export const defaultWeights = {
  object: 100,
  leaf: 1,
  inputObject: 100,
  inputLeaf: 0,
  mutation: 1000,
} as const;

/** What `@listSize` says of a field. https://ibm.github.io/graphql-specs/cost-spec.html */
export interface ListSize {
  /** Arguments that say how long the list is, each as the path to it: ["input", "first"]. */
  slicingArguments: readonly (readonly string[])[];
  /** The fields of the answer that have the length too. */
  sizedFields: readonly string[];
  assumedSize: number | undefined;
  requireOneSlicingArgument: boolean;
}

export interface Weights {
  /** In hundredths; undefined where neither the field nor an interface that has it bears `@cost`. */
  ofField: (typeName: string, fieldName: string) => number | undefined;
  /** What each item of a field costs that bears no weight of its own. */
  ofType: (type: GraphQLNamedType) => number;
  /** The same of an object type. */
  ofTypeNamed: (name: string) => number;
  listSizeOf: (typeName: string, fieldName: string) => ListSize | undefined;
  ofArgument: (typeName: string, fieldName: string, argument: GraphQLArgument) => number;
  ofInputField: (typeName: string, field: GraphQLInputField) => number;
}

type Directed = { astNode?: { directives?: readonly ConstDirectiveNode[] } | undefined | null };

/** Reads a supergraph that was built from SDL. Directives may be renamed by `@link`. */
export function readWeights(supergraph: GraphQLSchema): Weights {
  const read = directiveReader(supergraph);
  const types = new Map<string, number>();
  const fields = new Map<string, number>();
  const sizes = new Map<string, ListSize>();
  const inputs = new Map<string, number>();
  const note = (map: Map<string, number>, key: string, weight: number | undefined) => {
    if (weight !== undefined) map.set(key, weight);
  };
  for (const type of Object.values(supergraph.getTypeMap())) {
    note(types, type.name, read.cost(type));
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        const key = `${type.name}.${field.name}`;
        note(fields, key, weightOfField(type, field, read.cost));
        const size = sizeOfField(type, field, read.listSize);
        if (size) sizes.set(key, size);
        for (const argument of field.args) note(inputs, `${key}.${argument.name}`, read.cost(argument));
      }
    } else if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields()))
        note(inputs, `${type.name}.${field.name}`, read.cost(field));
    }
  }
  const ofInput = (key: string, { type }: GraphQLArgument | GraphQLInputField): number => {
    const named = getNamedType(type);
    const usual = isInputObjectType(named) ? defaultWeights.inputObject : defaultWeights.inputLeaf;
    return inputs.get(key) ?? types.get(named.name) ?? usual;
  };
  // What introspection tells of is made already.
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

/** The same field of each interface of a type. */
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

/** Several subgraphs or interfaces that speak of one field: the most that any of them says. */
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

/** How `@cost` and `@listSize` are read from one element, whatever their names are in this supergraph. */
function directiveReader(supergraph: GraphQLSchema) {
  const roots = [supergraph.astNode, ...supergraph.extensionASTNodes];
  const links = roots.flatMap((node) => node?.directives ?? []);
  const names = namesOfDirectives(links, 'cost', ['cost', 'listSize']);
  // A schema that no composition made says them by their own names.
  if (names.size === 0)
    for (const name of ['cost', 'listSize']) names.set(name, name).set(`federation__${name}`, name);

  const applied = ({ astNode }: Directed, directive: string): Record<string, unknown>[] =>
    (astNode?.directives ?? []).flatMap((one) => {
      const given = argumentsOf(one);
      if (names.get(one.name.value) === directive) return [given];
      // The form in which composition carries directives that supergraphs do not define themselves.
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

/** A whole number as Apollo writes it, or a text such as "2.5" as the specification does; in hundredths. */
function weightIn(weight: unknown): number | undefined {
  const number = typeof weight === 'string' && weight.trim() !== '' ? Number(weight) : weight;
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  return Math.ceil(Number((number * hundredths).toFixed(6)));
}

function listSizeIn(given: Record<string, unknown>): ListSize {
  const { assumedSize, slicingArguments, sizedFields, requireOneSlicingArgument } = given;
  return {
    slicingArguments: textsIn(slicingArguments).map((path) => path.split('.')),
    sizedFields: textsIn(sizedFields),
    assumedSize: typeof assumedSize === 'number' && assumedSize >= 0 ? assumedSize : undefined,
    requireOneSlicingArgument: requireOneSlicingArgument !== false,
  };
}

/** A list of texts; GraphQL lets one text stand for the list of it. */
const textsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
