/** Narrows operations to what those who ask may see: once for all readers of whom the same holds. */
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { SupergraphModel } from '../supergraph/supergraphModel.ts';
import { type Clause, isMet } from './authClauses.ts';
import { type Requirements, readRequirements } from './authRequirements.ts';
import { filterOperation } from './markUnauthorized.ts';
import { anonymousReader, asReader, type Reader } from './readerClaims.ts';

/**
 * The policies among `names` that the reader satisfies. Asked once for each operation that needs some of them; when it
 * rejects, so does the whole operation.
 */
export type PoliciesOf = (reader: Reader, names: readonly string[]) => Promise<Iterable<string>>;

export interface AuthorizedDocument {
  /** The operation, with the mark of operation/unauthorized.ts on what may not be seen; the one that was given where all may. */
  document: DocumentNode;
  /** Whether another reader might see more of it, or less. */
  dependsOnReader: boolean;
  /** Of what it was made, and a reader without a name for whom it would be made again; undefined for what is whole. */
  origin?: { document: DocumentNode; reader: () => Reader };
}

/** Narrows a valid operation for whoever `ask` says is asking: nobody in particular, unless that is a reader. */
export type Authorize = (
  document: DocumentNode,
  operationName: string | undefined,
  ask: (() => unknown) | undefined,
) => AuthorizedDocument | Promise<AuthorizedDocument>;

/** Ways to meet some requirements of one operation and not others that are kept. */
const maxKept = 64;

/** What narrows the operations of a supergraph; undefined where it asks nothing of anybody. */
export function openAuthorization(model: SupergraphModel, policiesOf?: PoliciesOf): Authorize | undefined {
  const requirements = readRequirements(model);
  if (!requirements) return undefined;
  const known = new WeakMap<DocumentNode, Map<string | undefined, Judged>>();

  function judge(document: DocumentNode, operationName: string | undefined): Judged {
    const operations = known.get(document) ?? new Map<string | undefined, Judged>();
    known.set(document, operations);
    const judged = judgeOperation(document, operationName, {
      model,
      requirements: requirements as Requirements,
    });
    operations.set(operationName, judged);
    return judged;
  }

  return (document, operationName, ask) => {
    const judged = known.get(document)?.get(operationName) ?? judge(document, operationName);
    if (judged.clauses.length === 0) return judged.whole;
    const reader = ask?.();
    return isPromise(reader)
      ? Promise.resolve(reader).then((one) => authorizeFor(judged, asReader(one), policiesOf))
      : authorizeFor(judged, asReader(reader), policiesOf);
  };
}

/** What an operation asks of its readers, and what is left of it for those who came. */
interface Judged {
  /** Each once. */
  clauses: readonly Clause[];
  policies: readonly string[];
  whole: AuthorizedDocument;
  /** The operation for readers such as this one, of whom only the clauses hold for which there is a "1". */
  narrowed: (held: string, reader: Reader) => AuthorizedDocument;
}

function judgeOperation(
  document: DocumentNode,
  operationName: string | undefined,
  { model, requirements }: { model: SupergraphModel; requirements: Requirements },
): Judged {
  const schema = model.apiSchema;
  const found = new Set<Clause>();
  const note = (clauses: readonly Clause[]) => {
    for (const clause of clauses) found.add(clause);
    return true;
  };
  filterOperation(document, operationName, { schema, requirements, mayRead: note });
  const clauses = [...found];
  const kept = new LRUCache<string, AuthorizedDocument>({ max: maxKept });
  return {
    clauses,
    policies: [...new Set(clauses.flatMap(({ kind, anyOf }) => (kind === 'policy' ? anyOf.flat() : [])))],
    whole: { document, dependsOnReader: clauses.length > 0 },
    narrowed: (held, { isSignedIn, scopes, policies }) => {
      const there = kept.get(held);
      if (there) return there;
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
  judged: Judged,
  reader: Reader,
  policiesOf: PoliciesOf | undefined,
): AuthorizedDocument | Promise<AuthorizedDocument> {
  const missing = judged.policies.filter((name) => !reader.policies.has(name));
  if (missing.length === 0 || !policiesOf) return heldBy(judged, reader, reader.policies);
  return Promise.resolve(policiesOf(reader, missing)).then((granted) =>
    heldBy(judged, reader, new Set([...reader.policies, ...granted])),
  );
}

function heldBy(
  { clauses, whole, narrowed }: Judged,
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
