/** Sums over variables, with all that is known before they come worked out once. */

type Variables = Readonly<Record<string, unknown>>;

/** A number, or one that depends on variables: a place among the steps of its formula. */
export type Term = number | Open;

class Open {
  readonly place: number;

  constructor(place: number) {
    this.place = place;
  }
}

/** A formula in the making. Its terms belong to it alone. */
export interface Formula {
  sum: (terms: readonly Term[]) => Term;
  product: (one: Term, other: Term) => Term;
  largest: (terms: readonly Term[]) => Term;
  /** What `read` makes of the variables. */
  read: (read: (variables: Variables) => number) => Term;
  /** The term where `holds` says so, else 0. */
  when: (holds: ((variables: Variables) => boolean) | undefined, term: Term) => Term;
  /** A function of the variables for a term. Each step of the formula is taken once, however often it is used. */
  toFunction: (term: Term) => (variables: Variables) => number;
  /** How many steps depend on variables. */
  size: () => number;
}

/** More than any limit: what grows beyond it is not told apart. */
const most = 1e15;

const bounded = (value: number): number => Math.max(-most, Math.min(most, value));

export function createFormula(): Formula {
  type Step = (values: readonly number[], variables: Variables) => number;
  const steps: Step[] = [];
  const add = (step: Step): Open => {
    steps.push(step);
    return new Open(steps.length - 1);
  };
  const isOpen = (term: Term): term is Open => typeof term !== 'number';

  /** Splits terms in one number, made by `join`, and the places of the others. */
  function split(terms: readonly Term[], join: (one: number, other: number) => number, start: number) {
    const places: number[] = [];
    let known = start;
    for (const term of terms) {
      if (isOpen(term)) places.push(term.place);
      else known = join(known, term);
    }
    return { known, places };
  }

  return {
    sum(terms) {
      const { known, places } = split(terms, (one, other) => bounded(one + other), 0);
      const [first, ...others] = places;
      if (first === undefined) return known;
      if (others.length === 0 && known === 0) return new Open(first);
      return add((values) => {
        let sum = known;
        for (const place of places) sum += values[place] as number;
        return bounded(sum);
      });
    },
    product(one, other) {
      if (one === 0 || other === 0) return 0;
      if (one === 1) return other;
      if (other === 1) return one;
      if (!isOpen(one) && !isOpen(other)) return bounded(one * other);
      if (isOpen(one) && isOpen(other))
        return add((values) => bounded((values[one.place] as number) * (values[other.place] as number)));
      const [{ place }, factor] = isOpen(one) ? [one, other as number] : [other as Open, one];
      return add((values) => bounded((values[place] as number) * factor));
    },
    largest(terms) {
      const { known, places } = split(terms, Math.max, Number.NEGATIVE_INFINITY);
      const distinct = [...new Set(places)];
      const [first, ...others] = distinct;
      if (first === undefined) return known === Number.NEGATIVE_INFINITY ? 0 : known;
      if (others.length === 0 && known === Number.NEGATIVE_INFINITY) return new Open(first);
      return add((values) => {
        let largest = known;
        for (const place of distinct) largest = Math.max(largest, values[place] as number);
        return largest;
      });
    },
    read: (read) => add((_, variables) => bounded(read(variables))),
    when(holds, term) {
      if (!holds || term === 0) return term;
      if (!isOpen(term)) return add((_, variables) => (holds(variables) ? term : 0));
      const { place } = term;
      return add((values, variables) => (holds(variables) ? (values[place] as number) : 0));
    },
    toFunction(term) {
      if (!isOpen(term)) return () => term;
      const { place } = term;
      const taken = steps.slice(0, place + 1);
      return (variables) => {
        const values: number[] = [];
        for (const step of taken) values.push(step(values, variables));
        return values[place] as number;
      };
    },
    size: () => steps.length,
  };
}
