/** Arithmetic expressions over an operation's variables. Constant parts are folded when the formula is built. */

type Variables = Readonly<Record<string, unknown>>;

/** A constant, or a reference to a formula step whose value depends on variables. */
export type Term = number | StepTerm;

class StepTerm {
  readonly place: number;

  constructor(place: number) {
    this.place = place;
  }
}

/** Builds a formula. Terms must not be used with another formula. */
export interface Formula {
  sum: (terms: readonly Term[]) => Term;
  product: (one: Term, other: Term) => Term;
  largest: (terms: readonly Term[]) => Term;
  /** A term computed from the variables by `read`. */
  read: (read: (variables: Variables) => number) => Term;
  /** The term while `holds` returns true, otherwise 0. */
  when: (holds: ((variables: Variables) => boolean) | undefined, term: Term) => Term;
  /** Compiles a term to a function of the variables. Each step is evaluated once per call. */
  toFunction: (term: Term) => (variables: Variables) => number;
  /** The number of steps, which is the number of terms that depend on variables. */
  size: () => number;
}

/** Values are clamped to this, which is above any configurable limit. */
const most = 1e15;

const bounded = (value: number): number => Math.max(-most, Math.min(most, value));

export function createFormula(): Formula {
  type Step = (values: readonly number[], variables: Variables) => number;
  const steps: Step[] = [];
  const add = (step: Step): StepTerm => {
    steps.push(step);
    return new StepTerm(steps.length - 1);
  };
  const isStep = (term: Term): term is StepTerm => typeof term !== 'number';

  /** Folds the constant terms into one number with `join`, and lists the places of the other terms. */
  function split(terms: readonly Term[], join: (one: number, other: number) => number, start: number) {
    const places: number[] = [];
    let constant = start;
    for (const term of terms) {
      if (isStep(term)) places.push(term.place);
      else constant = join(constant, term);
    }
    return { constant, places };
  }

  return {
    sum(terms) {
      const { constant, places } = split(terms, (one, other) => bounded(one + other), 0);
      const [first, ...others] = places;
      if (first === undefined) return constant;
      if (others.length === 0 && constant === 0) return new StepTerm(first);
      return add((values) => {
        let sum = constant;
        for (const place of places) sum += values[place] as number;
        return bounded(sum);
      });
    },
    product(one, other) {
      if (one === 0 || other === 0) return 0;
      if (one === 1) return other;
      if (other === 1) return one;
      if (!isStep(one) && !isStep(other)) return bounded(one * other);
      if (isStep(one) && isStep(other))
        return add((values) => bounded((values[one.place] as number) * (values[other.place] as number)));
      const [{ place }, factor] = isStep(one) ? [one, other as number] : [other as StepTerm, one];
      return add((values) => bounded((values[place] as number) * factor));
    },
    largest(terms) {
      const { constant, places } = split(terms, Math.max, Number.NEGATIVE_INFINITY);
      const distinct = [...new Set(places)];
      const [first, ...others] = distinct;
      if (first === undefined) return constant === Number.NEGATIVE_INFINITY ? 0 : constant;
      if (others.length === 0 && constant === Number.NEGATIVE_INFINITY) return new StepTerm(first);
      return add((values) => {
        let largest = constant;
        for (const place of distinct) largest = Math.max(largest, values[place] as number);
        return largest;
      });
    },
    read: (read) => add((_, variables) => bounded(read(variables))),
    when(holds, term) {
      if (!holds || term === 0) return term;
      if (!isStep(term)) return add((_, variables) => (holds(variables) ? term : 0));
      const { place } = term;
      return add((values, variables) => (holds(variables) ? (values[place] as number) : 0));
    },
    toFunction(term) {
      if (!isStep(term)) return () => term;
      const { place } = term;
      const used = steps.slice(0, place + 1);
      return (variables) => {
        const values: number[] = [];
        for (const step of used) values.push(step(values, variables));
        return values[place] as number;
      };
    },
    size: () => steps.length,
  };
}
