/**
 * Estimates the maximum cost of an operation before it is planned: the weights of the objects and values that the
 * response can hold, with each list as long as requested. https://ibm.github.io/graphql-specs/cost-spec.html
 */
import {
  type DocumentNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';
import { costOfArguments } from './argumentCost.ts';
import { defaultsOf, holds } from './costConditions.ts';
import { defaultWeights, hundredths, readWeights, type Weights } from './costDirectives.ts';
import { createFormula, type Formula, type Term } from './costFormula.ts';
import { type FixedLength, introspectionLengths, lengthIn, slicesOf } from './listLengths.ts';
import { type Check, checkSlices } from './requiredSlicing.ts';
import { type FieldShape, type ObjectShape, shapeOf, TooManyShapes } from './responseShape.ts';

type Variables = Readonly<Record<string, unknown>>;

export interface OperationCost {
  /**
   * The maximum cost with these variables, in points with two decimals; infinite if the operation is too complex to
   * estimate.
   */
  estimate: (variables: Variables) => number;
  /** An error message about slicing arguments; undefined if they are valid. */
  problemIn: (variables: Variables) => string | undefined;
}

export interface Costs {
  weights: Weights;
  /** The cost of a valid operation, computed at first use and cached. */
  of: (document: DocumentNode, operation: OperationDefinitionNode) => OperationCost;
}

export interface CostOptions {
  /** The assumed length of lists without slicing arguments and without an assumed size. */
  listSize: number;
}

/** Maximum steps of all cached formulas, some 100 bytes each. Beyond it the whole cache is cleared. */
const maxKeptSteps = 300_000;

/** Maximum steps of one formula (the largest pages have some dozens), and maximum fields visited to build it. */
const maxSteps = 10_000;
const maxVisits = 200_000;

/**
 * Opens the estimator. `supergraph` was built from SDL and has the directives; `schema` is the API schema that
 * operations are validated against.
 */
export function openCosts(
  supergraph: GraphQLSchema,
  schema: GraphQLSchema,
  { listSize }: CostOptions,
): Costs {
  const weights = readWeights(supergraph);
  const introspection = introspectionLengths(schema);
  let kept = new WeakMap<OperationDefinitionNode, OperationCost>();
  let keptSteps = 0;
  return {
    weights,
    of(document, operation) {
      const cached = kept.get(operation);
      if (cached) return cached;
      const { cost, steps } = compile(
        { weights, introspection, listSize, formula: createFormula() },
        { schema, document, operation },
      );
      if (keptSteps > maxKeptSteps) {
        kept = new WeakMap();
        keptSteps = 0;
      }
      keptSteps += steps;
      kept.set(operation, cost);
      return cost;
    },
  };
}

interface Source {
  weights: Weights;
  introspection: ReadonlyMap<string, FixedLength>;
  listSize: number;
  formula: Formula;
}

interface ValidOperation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
}

function compile(
  source: Source,
  { schema, document, operation }: ValidOperation,
): { cost: OperationCost; steps: number } {
  const { formula } = source;
  let total: Term;
  const compiler = new Compiler(source);
  try {
    const root = shapeOf(schema, document, operation);
    const fields = formula.largest(compiler.fieldsOf(root, none).map(({ term }) => term));
    total = formula.sum([fields, operation.operation === 'mutation' ? defaultWeights.mutation : 0]);
  } catch (error) {
    if (!(error instanceof TooManyShapes)) throw error;
    const cost = { estimate: () => Number.POSITIVE_INFINITY, problemIn: () => undefined };
    return { cost, steps: 1 };
  }
  const count = formula.toFunction(total);
  const { checks } = compiler;
  const complete = withDefaults(operation);
  const rounded = (sum: number) => Math.ceil(sum) / hundredths;
  const fixed = typeof total === 'number' ? rounded(total) : undefined;
  const cost: OperationCost = {
    estimate: fixed === undefined ? (variables) => rounded(count(complete(variables))) : () => fixed,
    problemIn: (variables) => {
      if (checks.length === 0) return undefined;
      const completed = complete(variables);
      for (const check of checks) {
        const problem = check(completed);
        if (problem) return problem;
      }
      return undefined;
    },
  };
  return { cost, steps: 1 + formula.size() + checks.length };
}

/** Lengths of child lists that the parent field's `sizedFields` or introspection determine, by field name. */
type Sized = ReadonlyMap<string, { length: Term; within?: ReadonlyMap<string, FixedLength> | undefined }>;

const none: Sized = new Map();

class Compiler {
  readonly checks: Check[] = [];
  readonly #source: Source;
  readonly #checked = new Set<unknown>();
  readonly #cached = new Map<Sized, Map<ObjectShape, { typeName: string; term: Term }[]>>();
  /**
   * Equal lengths share one term, and equal maps of lengths one object: fragments can reach the same place in many
   * ways.
   */
  readonly #sized = new Map<string, Sized>();
  readonly #lengths = new Map<string, Term>();
  #visits = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  /** The cost of an object's fields, for each of its possible types. */
  fieldsOf(shape: ObjectShape, sized: Sized): readonly { typeName: string; term: Term }[] {
    const bySize = this.#cached.get(sized) ?? new Map<ObjectShape, { typeName: string; term: Term }[]>();
    this.#cached.set(sized, bySize);
    const cached = bySize.get(shape);
    if (cached) return cached;
    const terms = shape.kinds.map(({ type, fields }) => ({
      typeName: type.name,
      term: this.#source.formula.sum(fields.map((field) => this.#field(field, sized))),
    }));
    bySize.set(shape, terms);
    return terms;
  }

  #field(field: FieldShape, sized: Sized): Term {
    const { formula, weights, introspection, listSize } = this.#source;
    if (++this.#visits > maxVisits || formula.size() > maxSteps) throw new TooManyShapes();
    const { parent, definition, node, when, objects } = field;
    const coordinate = `${parent.name}.${definition.name}`;
    const fixed = introspection.get(coordinate);
    const given = sized.get(definition.name);
    const size = weights.listSizeOf(parent.name, definition.name);
    if (size && !this.#checked.has(node)) {
      this.#checked.add(node);
      const check = checkSlices(field, size);
      if (check) this.checks.push(check);
    }
    const own = fixed?.length ?? this.#length(field);
    const within: Sized =
      given?.within ?? fixed?.within ?? (size ? this.#sizedBy(size.sizedFields, own ?? listSize) : none);

    const depth = listDepthOf(definition.type);
    const length: Term = depth === 0 ? 1 : (given?.length ?? own ?? listSize);
    const count = formula.product(length, depth > 1 ? listSize ** (depth - 1) : 1);
    const cost = costOfArguments(weights, parent.name, definition, node);
    const sum = formula.sum([
      formula.product(count, this.#item(field, objects, within)),
      cost.constant,
      ...cost.dynamic.map(formula.read),
    ]);
    const mayBeNegative = cost.constant < 0 || cost.dynamic.length > 0;
    return formula.when(
      when && ((variables) => holds(when, variables)),
      mayBeNegative ? formula.largest([0, sum]) : sum,
    );
  }

  /** The cost of one item: its own weight, and its fields for the possible type that costs most. */
  #item({ parent, definition }: FieldShape, objects: ObjectShape | undefined, within: Sized): Term {
    const { formula, weights } = this.#source;
    const weight = weights.ofField(parent.name, definition.name);
    if (!objects) return Math.max(0, weight ?? weights.ofType(getNamedType(definition.type)));
    return formula.largest([
      0,
      ...this.fieldsOf(objects, within).map(({ typeName, term }) =>
        formula.sum([weight ?? weights.ofTypeNamed(typeName), term]),
      ),
    ]);
  }

  /** The list length from the slicing arguments, else the assumed size; undefined if there is neither. */
  #length({ parent, definition, node }: FieldShape): Term | undefined {
    const { formula, weights, listSize } = this.#source;
    const size = weights.listSizeOf(parent.name, definition.name);
    if (!size) return undefined;
    const slices = slicesOf(node, definition, size, true);
    const constants = slices.flatMap((one) => ('constant' in one ? (lengthIn(one.constant) ?? []) : []));
    const readers = slices.flatMap((one) => ('read' in one ? one.read : []));
    const assumed = size.assumedSize ?? listSize;
    const longest = (lengths: readonly number[]) => (lengths.length > 0 ? Math.max(...lengths) : undefined);
    if (readers.length === 0) return longest(constants) ?? size.assumedSize;
    const id = [assumed, longest(constants), ...slices.map((one) => ('read' in one ? one.source : ''))].join(
      '|',
    );
    const cached = this.#lengths.get(id);
    if (cached !== undefined) return cached;
    const length = formula.read((variables) => {
      const dynamic = readers.flatMap((read) => lengthIn(read(variables)) ?? []);
      return longest([...constants, ...dynamic]) ?? assumed;
    });
    this.#lengths.set(id, length);
    return length;
  }

  #sizedBy(names: readonly string[], length: Term): Sized {
    if (names.length === 0) return none;
    const id = `${typeof length === 'number' ? length : `step ${length.place}`} ${names.join(' ')}`;
    const cached = this.#sized.get(id) ?? new Map(names.map((name) => [name, { length }]));
    this.#sized.set(id, cached);
    return cached;
  }
}

/** The number of nested lists in a type. */
export function listDepthOf(type: GraphQLOutputType): number {
  if (isNonNullType(type)) return listDepthOf(type.ofType);
  return isListType(type) ? 1 + listDepthOf(type.ofType) : 0;
}

/** Adds the default values of variables that the caller omitted. */
export function withDefaults(operation: OperationDefinitionNode): (variables: Variables) => Variables {
  const defaults = [...defaultsOf(operation, (node) => valueFromASTUntyped(node))];
  if (defaults.length === 0) return (variables) => variables;
  return (variables) => {
    const complete: Record<string, unknown> = { ...variables };
    for (const [name, value] of defaults) if (complete[name] === undefined) complete[name] = value;
    return complete;
  };
}
