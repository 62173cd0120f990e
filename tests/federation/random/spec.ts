/** Numbers that a random supergraph is made of. Any numbers make one, so that a failing one can be made smaller. */
import fc from 'fast-check';

/** Numbers that choose among what there is, taken modulo how much there is. */
export interface FieldSpec {
  owner: number;
  type: number;
  wrap: number;
  args: number;
  /** Shared, overridden, required from others, provided, hidden, or plain: see `model.ts`. */
  kind: number;
  /** Chooses within the kind: with whom it is shared, what it requires. */
  with: number;
}

export interface EntitySpec {
  key: number;
  /** Which subgraphs have which of several keys. */
  keys: number;
  fields: readonly FieldSpec[];
}

export interface SupergraphSpec {
  subgraphs: number;
  entities: readonly EntitySpec[];
  /** Types that are no entities: everybody who has one has all of it. */
  values: readonly { fields: readonly FieldSpec[] }[];
  /** Leaf fields of the interface that each implementation has; undefined where there is no interface. */
  interface: { fields: readonly FieldSpec[]; members: number; object: boolean } | null;
  union: { members: number } | null;
  queries: readonly FieldSpec[];
  mutations: readonly FieldSpec[];
}

/** What goes wrong while an operation runs, as numbers that choose a field, an entity or a subgraph. */
export interface FaultSpec {
  kind: number;
  at: number;
  /** Which rows: all, or a part of them. */
  rows: number;
}

export interface QuestionSpec {
  /** What the operation is made of, choice by choice; zeros when it ends. */
  tape: readonly number[];
  faults: readonly FaultSpec[];
}

export interface RoundSpec {
  supergraph: SupergraphSpec;
  questions: readonly QuestionSpec[];
}

/** Interface objects; none with FUZZ_OBJECTS=0. */
const withObjects = process.env.FUZZ_OBJECTS !== '0';

const nat = fc.nat({ max: 9_999 });
const field: fc.Arbitrary<FieldSpec> = fc.record({
  owner: nat,
  type: nat,
  wrap: nat,
  args: nat,
  kind: nat,
  with: nat,
});
const fields = (minLength: number, maxLength: number) =>
  fc.array(field, { minLength, maxLength, size: 'max' });

const supergraph: fc.Arbitrary<SupergraphSpec> = fc.record({
  subgraphs: fc.nat({ max: 3 }),
  entities: fc.array(fc.record({ key: nat, keys: nat, fields: fields(1, 6) }), {
    minLength: 1,
    maxLength: 4,
    size: 'max',
  }),
  values: fc.array(fc.record({ fields: fields(1, 3) }), { maxLength: 2, size: 'max' }),
  interface: fc.option(
    fc.record({
      fields: fields(0, 2),
      members: nat,
      object: withObjects ? fc.nat({ max: 3 }).map((number) => number === 3) : fc.constant(false),
    }),
  ),
  union: fc.option(fc.record({ members: nat })),
  queries: fields(1, 5),
  mutations: fields(0, 3),
});

const fault: fc.Arbitrary<FaultSpec> = fc.record({ kind: nat, at: nat, rows: nat });

const question: fc.Arbitrary<QuestionSpec> = fc.record({
  tape: fc.array(nat, { minLength: 8, maxLength: 300, size: 'max' }),
  faults: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.array(fault, { minLength: 1, maxLength: 3, size: 'max' }) },
  ),
});

/** A supergraph and some operations on it. */
export const round: fc.Arbitrary<RoundSpec> = fc.record({
  supergraph,
  questions: fc.array(question, { minLength: 40, maxLength: 60, size: 'max' }),
});
