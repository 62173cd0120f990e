/** Authorization clauses: a reader must be authenticated, or have certain scopes or policies. */
import type { ConstDirectiveNode } from 'graphql';
import { argumentsOf } from '../supergraph/linkedDirectives.ts';
import type { Reader } from './readerClaims.ts';

export interface Clause {
  kind: 'authenticated' | 'requiresScopes' | 'policy';
  /** Alternative lists of scopes or policies; the reader needs every entry of one list. */
  anyOf: readonly (readonly string[])[];
}

/** Creates a reader of authorization directives. Equal clauses are the same object. */
export function clauseReader(): (kind: Clause['kind'], directive: ConstDirectiveNode) => Clause {
  const clauses = new Map<string, Clause>();
  return (kind, directive) => {
    const { scopes, policies } = argumentsOf(directive);
    const anyOf = kind === 'authenticated' ? [] : listsIn(kind === 'policy' ? policies : scopes);
    const key = JSON.stringify([kind, anyOf]);
    const clause = clauses.get(key) ?? Object.freeze({ kind, anyOf });
    clauses.set(key, clause);
    return clause;
  };
}

/** Whether a reader satisfies the clause. `granted` are the reader's policies. */
export function isMet({ kind, anyOf }: Clause, reader: Reader, granted: ReadonlySet<string>): boolean {
  if (kind === 'authenticated') return reader.isSignedIn;
  const has = kind === 'policy' ? granted : reader.scopes;
  // As in Apollo Router, an empty list of lists requires nothing.
  return anyOf.length === 0 || anyOf.some((all) => all.every((one) => has.has(one)));
}

/** Maximum combinations of alternatives to examine; beyond it, implication is not claimed. */
const maxWays = 1000;

/** Whether satisfying all of `clauses` implies satisfying `clause`. */
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
  if (Array.isArray(value) && value.every(isStringList)) return value;
  // A value that is not a list is coerced to a list of itself (GraphQL section 3.11).
  if (isStringList(value)) return value.map((one) => [one]);
  if (typeof value === 'string') return [[value]];
  throw new Error(
    `lists of lists of scopes or policies that are required, but one is ${JSON.stringify(value)}.`,
  );
}

const isStringList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');
