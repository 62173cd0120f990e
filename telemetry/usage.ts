/** Counts which clients use which operations and fields, so that a field can be retired when nobody uses it. */
import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { LRUCache } from 'lru-cache';
import { channels } from '../kit/channels.ts';
import { openBoundedLabel, printable } from './boundedLabels.ts';

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

/** The operations whose requests are counted by document before their fields are looked up. */
const maxDocuments = 2_000;
const maxOperations = 1_000;
const maxClients = 100;
/** Fields that are counted; a schema has fewer. */
const maxFields = 50_000;

interface DocumentUsage {
  schema: GraphQLSchema;
  document: DocumentNode;
  counts: Counts;
}

export function openUsage(now = () => new Date()): Usage {
  const since = now().toISOString();
  const operationLabel = openBoundedLabel(maxOperations, '');
  const clientLabel = openBoundedLabel(maxClients, 'other');
  const operations = new Map<string, Counts>();
  const fields = new Map<string, Counts>();
  // Fields are counted for all requests of a document at once, when it is evicted or reported.
  const documents = new LRUCache<object, DocumentUsage>({
    max: maxDocuments,
    dispose: (usage) => countFields(usage),
  });

  function countFields({ schema, document, counts }: DocumentUsage): void {
    if (counts.size === 0) return;
    for (const field of fieldsIn(schema, document)) {
      if (!fields.has(field) && fields.size >= maxFields) continue;
      for (const [client, count] of counts) add(fields, field, client, count);
    }
    counts.clear();
  }

  const close = channels.operation.subscribe(({ operation, client, version, document, schema }) => {
    const by = clientLabel(client === '' ? '' : printable(version === '' ? client : `${client}@${version}`));
    add(operations, operationLabel(operation), by, 1);
    let usage = documents.get(document);
    if (!usage) {
      usage = { schema: schema as GraphQLSchema, document: document as DocumentNode, counts: new Map() };
      documents.set(document, usage);
    }
    usage.counts.set(by, (usage.counts.get(by) ?? 0) + 1);
  });

  return {
    report: () => {
      for (const usage of documents.values()) countFields(usage);
      return { since, operations: objectOf(operations), fields: objectOf(fields) };
    },
    close: () => {
      close();
      documents.clear();
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
  const counts = to.get(key) ?? new Map<string, number>();
  to.set(key, counts.set(client, (counts.get(client) ?? 0) + count));
}

const objectOf = (counts: Map<string, Counts>): Record<string, Record<string, number>> =>
  Object.fromEntries([...counts].sort().map(([key, by]) => [key, Object.fromEntries([...by].sort())]));
