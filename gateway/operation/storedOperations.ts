/**
 * Stored operations (persisted queries): clients send an operation's id instead of its text, and the gateway can
 * reject all other operations. The file format is Apollo's persisted query manifest.
 * https://www.apollographql.com/docs/graphos/platform/security/persisted-queries
 */
import { type DocumentNode, Kind, OperationTypeNode, parse, print, visit } from 'graphql';
import { z } from 'zod';

/** One operation of a manifest. */
export interface StoredOperation {
  /** The hexadecimal SHA-256 of `body`, if Apollo's tools or ours made the manifest. */
  id: string;
  name: string;
  type: `${OperationTypeNode}`;
  /** The executed text: one operation and its fragments. */
  body: string;
}

/** The operations of one or several manifests. */
export interface Stored {
  all: readonly StoredOperation[];
  /** The operation of an id, with or without the prefix "sha256:" of persisted documents. */
  byId: (id: string) => StoredOperation | undefined;
  /** Whether the document equals a stored operation, except for white space, comments and added `__typename`s. */
  holds: (document: DocumentNode) => boolean;
}

const manifestSchema = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(
    z.object({
      id: z.string().min(1).max(200),
      name: z.string().min(1),
      type: z.enum(OperationTypeNode),
      body: z.string().min(1),
    }),
  ),
});

/** An empty manifest. */
export const nothingStored: Stored = openStored([]);

/** Parses a manifest. Throws an error whose message completes "Expected ... to be ". */
export const readManifest = (text: string): Stored => openStored(readOperations(text));

/** The operations of a manifest. Throws an error whose message completes "Expected ... to be ". */
export function readOperations(text: string): StoredOperation[] {
  let sent: unknown;
  try {
    sent = JSON.parse(text);
  } catch {
    throw new Error('JSON, but got: another format.');
  }
  const read = manifestSchema.safeParse(sent);
  if (!read.success) {
    const [issue] = read.error.issues;
    const place = issue?.path.join('.') || 'the whole';
    throw new Error(`a manifest of persisted queries, but at ${place} got: ${issue?.message}.`);
  }
  for (const [index, operation] of read.data.operations.entries()) {
    const got = problemOf(operation);
    if (got === undefined) continue;
    const wanted = `one ${operation.type} named ${shorten(operation.name)}`;
    throw new Error(
      `a manifest of persisted queries with ${wanted} at operations.${index}.body, but got: ${got}.`,
    );
  }
  return read.data.operations;
}

/** What the body of an operation is instead of one operation of its name and type; undefined if it is that. */
function problemOf({ name, type, body }: StoredOperation): string | undefined {
  try {
    const { definitions } = parse(body, { noLocation: true });
    const operations = definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
    const [operation] = operations;
    if (!operation || operations.length > 1) return `${operations.length} operations`;
    if (operation.operation === type && operation.name?.value === name) return undefined;
    return `${operation.operation} ${shorten(operation.name?.value ?? 'without a name')}`;
  } catch (error) {
    return shorten((error as Error).message.replace(/\.$/, ''));
  }
}

const shorten = (text: string) => (text.length > 100 ? `${text.slice(0, 100)}…` : text);

/** Opens a list of operations with different ids. */
export function openStored(all: readonly StoredOperation[]): Stored {
  const byId = new Map(all.map((one) => [one.id, one]));
  const byName = new Map<string, StoredOperation[]>();
  for (const one of all) {
    const sameName = byName.get(one.name);
    if (sameName) sameName.push(one);
    else byName.set(one.name, [one]);
  }
  const texts = new Map<string, ReadonlySet<string>>();
  const heldByDocument = new WeakMap<DocumentNode, boolean>();

  /** The texts of the operations of one name: an app has a few for each of its names, one for each version. */
  function textsOf(name: string): ReadonlySet<string> {
    const known =
      texts.get(name) ??
      new Set(byName.get(name)?.map(({ body }) => textOf(parse(body, { noLocation: true }))));
    if (byName.has(name)) texts.set(name, known);
    return known;
  }

  return {
    all,
    byId: (id) => byId.get(id) ?? byId.get(id.replace(/^sha256:/, '')),
    holds: (document) => {
      let isHeld = heldByDocument.get(document);
      if (isHeld === undefined) {
        const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
        const name = operation?.name?.value ?? '';
        isHeld = byName.has(name) && textsOf(name).has(textOf(document));
        heldByDocument.set(document, isHeld);
      }
      return isHeld;
    },
  };
}

/** The text with `__typename` in each object except the root, as Apollo Client sends it. */
function textOf(document: DocumentNode): string {
  const withTypenames = visit(document, {
    SelectionSet: (node, _key, parent) => {
      const isRoot = parent && 'kind' in parent && parent.kind === Kind.OPERATION_DEFINITION;
      const isThere = node.selections.some(
        (one) => one.kind === Kind.FIELD && one.name.value.startsWith('__'),
      );
      if (isRoot || isThere) return undefined;
      const typename = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;
      return { ...node, selections: [...node.selections, typename] };
    },
  });
  return print(withTypenames);
}
