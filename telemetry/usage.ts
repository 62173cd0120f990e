/** Counts which clients use which operations and fields, so that a field can be retired when nobody uses it. */
import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { channels } from '../kit/channels.ts';
import { openBoundedLabel } from './boundedLabels.ts';

/** Requests since the process started, by client. A client is "NAME@VERSION", "" where it does not say. */
export interface UsageReport {
  since: string;
  operations: Record<string, Record<string, number>>;
  /** By "Type.field" of the schema. */
  fields: Record<string, Record<string, number>>;
}

export interface Usage {
  report: () => UsageReport;
  close: () => void;
}

type Counts = Map<string, number>;

const maxOperations = 1_000;
const maxClients = 100;
/** Fields that are counted; a schema has fewer. */
const maxFields = 50_000;
/** Fields of the documents whose requests wait to be counted by field. */
const maxPending = 100_000;

/** The fields of one document, and its requests since they were last counted by field. */
interface DocumentUsage {
  fields: readonly string[];
  counts: Counts;
}

export function openUsage(now = () => new Date()): Usage {
  const since = now().toISOString();
  const operationLabel = openBoundedLabel(maxOperations, '');
  const clientLabel = openBoundedLabel(maxClients, 'other');
  const versionLabel = openBoundedLabel(maxClients, 'other');
  const operations = new Map<string, Counts>();
  const fields = new Map<string, Counts>();
  /** The names of fields, each once in memory. */
  const names = new Map<string, string>();
  // Neither documents nor schemas are kept: those of a replaced supergraph are to be collected.
  const usages = new WeakMap<object, DocumentUsage>();
  const pending = new Set<DocumentUsage>();
  let pendingFields = 0;

  const nameOf = (field: string): string => {
    const name = names.get(field) ?? field;
    if (names.size < maxFields) names.set(name, name);
    return name;
  };

  /** Counts the requests of all documents by field, once for all requests of a document. */
  function flush(): void {
    for (const { fields: used, counts } of pending) {
      for (const field of used) {
        if (!fields.has(field) && fields.size >= maxFields) continue;
        for (const [client, count] of counts) add(fields, field, client, count);
      }
      counts.clear();
    }
    pending.clear();
    pendingFields = 0;
  }

  const close = channels.operation.subscribe(({ operation, client, version, document, schema }) => {
    const name = clientLabel(client);
    const by = name === '' || name === 'other' || version === '' ? name : `${name}@${versionLabel(version)}`;
    add(operations, operationLabel(operation), by, 1);
    let usage = usages.get(document);
    if (!usage) {
      const used = [...fieldsIn(schema as GraphQLSchema, document as DocumentNode)].map(nameOf);
      usage = { fields: used, counts: new Map() };
      usages.set(document, usage);
    }
    usage.counts.set(by, (usage.counts.get(by) ?? 0) + 1);
    if (pending.has(usage)) return;
    pending.add(usage);
    pendingFields += usage.fields.length + 1;
    if (pendingFields > maxPending) flush();
  });

  return {
    report: () => {
      flush();
      return { since, operations: objectOf(operations), fields: objectOf(fields) };
    },
    close: () => {
      close();
      pending.clear();
    },
  };
}

/** The fields that the operations of a document select, each once, without introspection. */
function fieldsIn(schema: GraphQLSchema, document: DocumentNode): Set<string> {
  const found = new Set<string>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: () => {
        const type = types.getParentType();
        const field = types.getFieldDef();
        if (type && field && !field.name.startsWith('__') && !type.name.startsWith('__'))
          found.add(`${type.name}.${field.name}`);
      },
    }),
  );
  return found;
}

function add(to: Map<string, Counts>, key: string, client: string, count: number): void {
  let counts = to.get(key);
  if (!counts) {
    counts = new Map();
    to.set(key, counts);
  }
  counts.set(client, (counts.get(client) ?? 0) + count);
}

const objectOf = (counts: Map<string, Counts>): Record<string, Record<string, number>> =>
  Object.fromEntries([...counts].sort().map(([key, by]) => [key, Object.fromEntries([...by].sort())]));
