/**
 * Authorizes operations: marks the fields that a reader may not see, once for all readers who satisfy the same
 * requirements.
 */
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { SupergraphModel } from '../supergraph/supergraphModel.ts';
import { type Clause, isMet } from './authClauses.ts';
import { type Requirements, readRequirements } from './authRequirements.ts';
import { filterOperation } from './markUnauthorized.ts';
import { anonymousReader, asReader, type Reader } from './readerClaims.ts';

/**
 * Evaluates policies: resolves to those of `names` that the reader satisfies. Called once per operation that requires
 * policies. If it rejects, the operation fails.
 */
export type PoliciesOf = (reader: Reader, names: readonly string[]) => Promise<Iterable<string>>;

export interface AuthorizedDocument {
  /**
   * The operation, with unauthorized fields marked (operation/unauthorizedFields.ts). The original document if every
   * field is authorized.
   */
  document: DocumentNode;
  /** Whether the response can differ between readers. */
  dependsOnReader: boolean;
  /**
   * The original document, and an anonymised reader who gets the same result; undefined if every field is authorized.
   */
  origin?: { document: DocumentNode; reader: () => Reader };
}

/** Authorizes a valid operation for the reader that `ask` returns; any other value is an anonymous reader. */
export type Authorize = (
  document: DocumentNode,
  operationName: string | undefined,
  ask: (() => unknown) | undefined,
) => AuthorizedDocument | Promise<AuthorizedDocument>;

/** Maximum cached variants of one operation, by the requirements that are met. */
const maxKept = 64;

/** Opens authorization for a supergraph; undefined if it has no requirements. */
export function openAuthorization(model: SupergraphModel, policiesOf?: PoliciesOf): Authorize | undefined {
  const requirements = readRequirements(model);
  if (!requirements) return undefined;
  const analysed = new WeakMap<DocumentNode, Map<string | undefined, OperationAnalysis>>();

  function analyse(document: DocumentNode, operationName: string | undefined): OperationAnalysis {
    const operations = analysed.get(document) ?? new Map<string | undefined, OperationAnalysis>();
    analysed.set(document, operations);
    const analysis = analyseOperation(document, operationName, {
      model,
      requirements: requirements as Requirements,
    });
    operations.set(operationName, analysis);
    return analysis;
  }

  return (document, operationName, ask) => {
    const analysis = analysed.get(document)?.get(operationName) ?? analyse(document, operationName);
    if (analysis.clauses.length === 0) return analysis.whole;
    const reader = ask?.();
    return isPromise(reader)
      ? Promise.resolve(reader).then((one) => authorizeFor(analysis, asReader(one), policiesOf))
      : authorizeFor(analysis, asReader(reader), policiesOf);
  };
}

/** An operation's requirements, and its variants by the requirements that a reader satisfies. */
interface OperationAnalysis {
  /** Without duplicates. */
  clauses: readonly Clause[];
  policies: readonly string[];
  whole: AuthorizedDocument;
  /** The operation for a reader who satisfies only the clauses with a "1" at their place in `held`. */
  narrowed: (held: string, reader: Reader) => AuthorizedDocument;
}

function analyseOperation(
  document: DocumentNode,
  operationName: string | undefined,
  { model, requirements }: { model: SupergraphModel; requirements: Requirements },
): OperationAnalysis {
  const schema = model.apiSchema;
  const required = new Set<Clause>();
  const collect = (clauses: readonly Clause[]) => {
    for (const clause of clauses) required.add(clause);
    return true;
  };
  filterOperation(document, operationName, { schema, requirements, mayRead: collect });
  const clauses = [...required];
  const kept = new LRUCache<string, AuthorizedDocument>({ max: maxKept });
  return {
    clauses,
    policies: [...new Set(clauses.flatMap(({ kind, anyOf }) => (kind === 'policy' ? anyOf.flat() : [])))],
    whole: { document, dependsOnReader: clauses.length > 0 },
    narrowed: (held, { isSignedIn, scopes, policies }) => {
      const cached = kept.get(held);
      if (cached) return cached;
      const holds = new Set(clauses.filter((_, at) => held[at] === '1'));
      const mayRead = (some: readonly Clause[]) => some.every((clause) => holds.has(clause));
      const filtered = filterOperation(document, operationName, { schema, requirements, mayRead });
      const nameless = { ...anonymousReader, isSignedIn, scopes, policies };
      const origin = { document, reader: () => nameless };
      const narrowed = { document: filtered, dependsOnReader: true, origin };
      kept.set(held, narrowed);
      return narrowed;
    },
  };
}

function authorizeFor(
  analysis: OperationAnalysis,
  reader: Reader,
  policiesOf: PoliciesOf | undefined,
): AuthorizedDocument | Promise<AuthorizedDocument> {
  const missing = analysis.policies.filter((name) => !reader.policies.has(name));
  if (missing.length === 0 || !policiesOf) return heldBy(analysis, reader, reader.policies);
  return Promise.resolve(policiesOf(reader, missing)).then((granted) =>
    heldBy(analysis, reader, new Set([...reader.policies, ...granted])),
  );
}

function heldBy(
  { clauses, whole, narrowed }: OperationAnalysis,
  reader: Reader,
  granted: ReadonlySet<string>,
): AuthorizedDocument {
  let held = '';
  let holdsAll = true;
  for (const clause of clauses) {
    const holds = isMet(clause, reader, granted);
    held += holds ? '1' : '0';
    holdsAll &&= holds;
  }
  return holdsAll ? whole : narrowed(held, { ...reader, policies: granted });
}

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
