/** Counts the actual cost of a response: its objects and values, with the same weights as the estimate. */
import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  type OperationDefinitionNode,
  TypeNameMetaFieldDef,
} from 'graphql';
import { costOfArguments } from './argumentCost.ts';
import { defaultWeights, hundredths, type Weights } from './costDirectives.ts';
import { listDepthOf, withDefaults } from './estimateCost.ts';
import { type FieldShape, type KindShape, type ObjectShape, shapeOf } from './responseShape.ts';

type Variables = Readonly<Record<string, unknown>>;

interface CostedResponse {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Variables;
  /** The "data" of the response. */
  data: unknown;
}

/**
 * The actual cost of a response, in points with two decimals. Visits the whole response, so only developers' requests
 * use it.
 */
export function actualCost(weights: Weights, { data, variables, ...rest }: CostedResponse): number {
  const { schema, document, operation } = rest;
  const count = new Counter(weights, withDefaults(operation)(variables));
  const sum = count.fieldsOf(shapeOf(schema, document, operation), data);
  const own = operation.operation === 'mutation' ? defaultWeights.mutation : 0;
  return Math.ceil(own + sum) / hundredths;
}

class Counter {
  readonly #weights: Weights;
  readonly #variables: Variables;
  readonly #arguments = new Map<FieldShape, number>();

  constructor(weights: Weights, variables: Variables) {
    this.#weights = weights;
    this.#variables = variables;
  }

  fieldsOf(shape: ObjectShape, value: unknown): number {
    return this.#largest(shape, value, () => 0);
  }

  /** Uses the object's `__typename`; without one, the possible type that costs most. */
  #largest({ kinds }: ObjectShape, value: unknown, weightOf: (typeName: string) => number): number {
    if (typeof value !== 'object' || value === null) return 0;
    const object = value as Record<string, unknown>;
    const costOf = ({ type, fields }: KindShape) =>
      fields.reduce((sum, field) => sum + this.#field(field, object[field.key]), weightOf(type.name));
    const matching = kinds.filter((kind) => typeNameIn(kind, object) === kind.type.name);
    return Math.max(0, ...(matching.length > 0 ? matching : kinds).map(costOf));
  }

  #field(field: FieldShape, value: unknown): number {
    // Skipped by `@skip` or `@include`.
    if (value === undefined) return 0;
    let sum = this.#argumentsOf(field);
    for (const item of itemsIn(value, listDepthOf(field.definition.type))) sum += this.#item(field, item);
    return Math.max(0, sum);
  }

  #item({ parent, definition, objects }: FieldShape, value: unknown): number {
    const weight = this.#weights.ofField(parent.name, definition.name);
    if (objects) return this.#largest(objects, value, (name) => weight ?? this.#weights.ofTypeNamed(name));
    return Math.max(0, weight ?? this.#weights.ofType(getNamedType(definition.type)));
  }

  #argumentsOf(field: FieldShape): number {
    const cached = this.#arguments.get(field);
    if (cached !== undefined) return cached;
    const { parent, definition, node } = field;
    const cost = costOfArguments(this.#weights, parent.name, definition, node);
    const sum = cost.dynamic.reduce((total, costOf) => total + costOf(this.#variables), cost.constant);
    this.#arguments.set(field, sum);
    return sum;
  }
}

function typeNameIn({ fields }: KindShape, object: Record<string, unknown>): unknown {
  const field = fields.find(({ definition }) => definition === TypeNameMetaFieldDef);
  return field && object[field.key];
}

/** Flattens a value nested in `depth` lists into its items; null has no items. */
function itemsIn(value: unknown, depth: number): unknown[] {
  if (value === null || value === undefined) return [];
  if (depth === 0) return [value];
  return Array.isArray(value) ? value.flatMap((item) => itemsIn(item, depth - 1)) : [];
}
