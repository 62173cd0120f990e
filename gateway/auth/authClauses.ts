/** One thing that a reader must have: to be signed in, some scopes, some policies. */
import type { ConstDirectiveNode } from 'graphql';
import { argumentsOf } from '../supergraph/linkedDirectives.ts';
import type { Reader } from './readerClaims.ts';

export interface Clause {
  kind: 'authenticated' | 'requiresScopes' | 'policy';
  /** Of scopes or policies: all of one of these lists are needed. */
  anyOf: readonly (readonly string[])[];
}

/** Reads clauses; those that say the same are the same object. */
export function clauseReader(): (kind: Clause['kind'], directive: ConstDirectiveNode) => Clause {
  const known = new Map<string, Clause>();
  return (kind, directive) => {
    const { scopes, policies } = argumentsOf(directive);
    const anyOf = kind === 'authenticated' ? [] : listsIn(kind === 'policy' ? policies : scopes);
    const key = JSON.stringify([kind, anyOf]);
    const clause = known.get(key) ?? Object.freeze({ kind, anyOf });
    known.set(key, clause);
    return clause;
  };
}

/** Whether a reader has what the clause asks, `granted` being the policies that they satisfy. */
export function isMet({ kind, anyOf }: Clause, reader: Reader, granted: ReadonlySet<string>): boolean {
  if (kind === 'authenticated') return reader.isSignedIn;
  const has = kind === 'policy' ? granted : reader.scopes;
  // As Apollo Router has it, an empty list of lists asks for nothing.
  return anyOf.length === 0 || anyOf.some((all) => all.every((one) => has.has(one)));
}

/** Ways to have all of several clauses that are looked at; where there are more, nothing is said to follow. */
const maxWays = 1000;

/** Whether whoever has all of `clauses` has `clause` too, whoever they are. */
export function follows(clause: Clause, clauses: readonly Clause[]): boolean {
  if (clauses.includes(clause)) return true;
  const same = clauses.filter(({ kind, anyOf }) => kind === clause.kind && anyOf.length > 0);
  if (clause.kind === 'authenticated' || same.length === 0) return false;
  let ways: readonly (readonly string[])[] = [[]];
  for (const { anyOf } of same) {
    if (ways.length * anyOf.length > maxWays) return false;
    ways = ways.flatMap((way) => anyOf.map((all) => [...way, ...all]));
  }
  return ways.every((way) => clause.anyOf.some((all) => all.every((one) => way.includes(one))));
}

function listsIn(value: unknown): readonly (readonly string[])[] {
  if (Array.isArray(value) && value.every(isTexts)) return value;
  // What is no list stands for a list of itself (GraphQL section 3.11).
  if (isTexts(value)) return value.map((one) => [one]);
  if (typeof value === 'string') return [[value]];
  throw new Error(
    `lists of lists of scopes or policies that are required, but one is ${JSON.stringify(value)}.`,
  );
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');
