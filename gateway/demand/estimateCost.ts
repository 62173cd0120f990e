/**
 * What an operation costs at most, known before it is planned: the objects and values that its answer may hold, each by its
 * weight, each list as long as it is asked for. https://ibm.github.io/graphql-specs/cost-spec.html
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
import { introspectionLengths, type KnownLength, lengthIn, slicesOf } from './listLengths.ts';
import { type Check, checkSlices } from './requiredSlicing.ts';
import { type FieldShape, type ObjectShape, shapeOf, TooManyShapes } from './responseShape.ts';

type Variables = Readonly<Record<string, unknown>>;

export interface OperationCost {
  /** What it costs at most with these variables, to two decimals; infinite where that cannot be worked out. */
  estimate: (variables: Variables) => number;
  /** What is wrong with its slicing arguments; undefined where nothing is. */
  problemIn: (variables: Variables) => string | undefined;
}

export interface Costs {
  weights: Weights;
  /** The cost of an operation that is valid: worked out when it is first asked for. */
  of: (document: DocumentNode, operation: OperationDefinitionNode) => OperationCost;
}

export interface CostOptions {
  /** How long a list is taken to be of which nobody says how long it is. */
  listSize: number;
}

/** Steps of all formulas that are kept, some 100 bytes each; past that all are forgotten, and made anew when asked. */
const maxKeptSteps = 300_000;

/** Steps of one formula: the largest pages have some dozens. And fields that are looked at to make it. */
const maxSteps = 10_000;
const maxVisits = 200_000;

/** Costs by `supergraph`, which was built from SDL; `schema` is the part of it that operations are valid against. */
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
      const known = kept.get(operation);
      if (known) return known;
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
  introspection: ReadonlyMap<string, KnownLength>;
  listSize: number;
  formula: Formula;
}

interface Asked {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
}

function compile(
  source: Source,
  { schema, document, operation }: Asked,
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
  const known = typeof total === 'number' ? rounded(total) : undefined;
  const cost: OperationCost = {
    estimate: known === undefined ? (variables) => rounded(count(complete(variables))) : () => known,
    problemIn: (variables) => {
      if (checks.length === 0) return undefined;
      const given = complete(variables);
      for (const check of checks) {
        const problem = check(given);
        if (problem) return problem;
      }
      return undefined;
    },
  };
  return { cost, steps: 1 + formula.size() + checks.length };
}

/** How long lists within are that the parent of theirs says it of. */
type Sized = ReadonlyMap<string, { length: Term; within?: ReadonlyMap<string, KnownLength> | undefined }>;

const none: Sized = new Map();

class Compiler {
  readonly checks: Check[] = [];
  readonly #source: Source;
  readonly #checked = new Set<unknown>();
  readonly #known = new Map<Sized, Map<ObjectShape, { typeName: string; term: Term }[]>>();
  /** Where the same lengths are met again, so are the terms that are made of them: fragments lead to one place in many ways. */
  readonly #sized = new Map<string, Sized>();
  readonly #lengths = new Map<string, Term>();
  #visits = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  /** What the fields of an object cost, for each type that it may have. */
  fieldsOf(shape: ObjectShape, sized: Sized): readonly { typeName: string; term: Term }[] {
    const bySize = this.#known.get(sized) ?? new Map<ObjectShape, { typeName: string; term: Term }[]>();
    this.#known.set(sized, bySize);
    const known = bySize.get(shape);
    if (known) return known;
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
      cost.known,
      ...cost.read.map(formula.read),
    ]);
    const mayBeNegative = cost.known < 0 || cost.read.length > 0;
    return formula.when(
      when && ((variables) => holds(when, variables)),
      mayBeNegative ? formula.largest([0, sum]) : sum,
    );
  }

  /** What one item costs: its own weight, and its fields by the type that costs most. */
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

  /** What the slicing arguments say, or the schema assumes; undefined where neither does. */
  #length({ parent, definition, node }: FieldShape): Term | undefined {
    const { formula, weights, listSize } = this.#source;
    const size = weights.listSizeOf(parent.name, definition.name);
    if (!size) return undefined;
    const slices = slicesOf(node, definition, size, true);
    const known = slices.flatMap((one) => ('known' in one ? (lengthIn(one.known) ?? []) : []));
    const late = slices.flatMap((one) => ('read' in one ? one.read : []));
    const assumed = size.assumedSize ?? listSize;
    const longest = (lengths: readonly number[]) => (lengths.length > 0 ? Math.max(...lengths) : undefined);
    if (late.length === 0) return longest(known) ?? size.assumedSize;
    const id = [assumed, longest(known), ...slices.map((one) => ('read' in one ? one.source : ''))].join('|');
    const made = this.#lengths.get(id);
    if (made !== undefined) return made;
    const length = formula.read((variables) => {
      const told = late.flatMap((read) => lengthIn(read(variables)) ?? []);
      return longest([...known, ...told]) ?? assumed;
    });
    this.#lengths.set(id, length);
    return length;
  }

  #sizedBy(names: readonly string[], length: Term): Sized {
    if (names.length === 0) return none;
    const id = `${typeof length === 'number' ? length : `step ${length.place}`} ${names.join(' ')}`;
    const made = this.#sized.get(id) ?? new Map(names.map((name) => [name, { length }]));
    this.#sized.set(id, made);
    return made;
  }
}

/** How many lists lie in one another. */
export function listDepthOf(type: GraphQLOutputType): number {
  if (isNonNullType(type)) return listDepthOf(type.ofType);
  return isListType(type) ? 1 + listDepthOf(type.ofType) : 0;
}

/** Gives variables the defaults of those that are left out. */
export function withDefaults(operation: OperationDefinitionNode): (variables: Variables) => Variables {
  const defaults = [...defaultsOf(operation, (node) => valueFromASTUntyped(node))];
  if (defaults.length === 0) return (variables) => variables;
  return (variables) => {
    const complete: Record<string, unknown> = { ...variables };
    for (const [name, value] of defaults) if (complete[name] === undefined) complete[name] = value;
    return complete;
  };
}
