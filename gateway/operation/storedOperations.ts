/**
 * Stored operations (persisted queries): clients send an operation's id instead of its text, and the gateway can
 * reject all other operations. The file format is Apollo's persisted query manifest.
 * https://www.apollographql.com/docs/graphos/platform/security/persisted-queries
 */
import { readFile } from 'node:fs/promises';
import { type DocumentNode, Kind, OperationTypeNode, parse, print, visit } from 'graphql';
import { z } from 'zod';
import { systemCodeOf } from '../errors.ts';
import { SettingsError } from '../settings.ts';

/** One operation of a manifest. */
export interface StoredOperation {
  /** The hexadecimal SHA-256 of `body`, if Apollo's tools or ours made the manifest. */
  id: string;
  name: string;
  type: `${OperationTypeNode}`;
  /** The executed text: one operation and its fragments. */
  body: string;
}

/** The operations of a manifest. */
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
export function readManifest(text: string): Stored {
  let sent: unknown;
  try {
    sent = JSON.parse(text);
  } catch {
    throw new Error('JSON, but got: another format.');
  }
  const read = manifestSchema.safeParse(sent);
  if (read.success) return openStored(read.data.operations);
  const [issue] = read.error.issues;
  const place = issue?.path.join('.') || 'the whole';
  throw new Error(`a manifest of persisted queries, but at ${place} got: ${issue?.message}.`);
}

/** Reads the manifest file of the setting OPERATIONS. Rejects with a SettingsError. */
export async function loadStored(file: string): Promise<Stored> {
  try {
    return readManifest(await readFile(file, 'utf8'));
  } catch (error) {
    const code = systemCodeOf(error);
    const got = code ? `a file that can be read, but ${file} got: ${code}.` : (error as Error).message;
    throw new SettingsError([`Expected OPERATIONS to be ${got}`]);
  }
}

function openStored(all: readonly StoredOperation[]): Stored {
  const byId = new Map(all.map((one) => [one.id, one]));
  let texts: Set<string> | undefined;
  const heldByDocument = new WeakMap<DocumentNode, boolean>();
  return {
    all,
    byId: (id) => byId.get(id) ?? byId.get(id.replace(/^sha256:/, '')),
    holds: (document) => {
      let isHeld = heldByDocument.get(document);
      if (isHeld === undefined) {
        texts ??= new Set(all.map(({ body }) => textOf(parse(body, { noLocation: true }))));
        isHeld = texts.has(textOf(document));
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
