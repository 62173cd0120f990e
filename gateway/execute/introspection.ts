/** Executes the introspection fields `__schema` and `__type` on the client-facing schema. */
import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';

export interface IntrospectOptions {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: readonly FragmentDefinitionNode[];
}

/** Maximum characters of cached introspection results of one schema, over all operations. */
const maxCachedCharacters = 8 * 1024 * 1024;

const caches = new WeakMap<GraphQLSchema, LRUCache<string, string>>();

/** The cached results of a schema, by the number of the introspection field and the values of its variables. */
function cacheOf(schema: GraphQLSchema): LRUCache<string, string> {
  const cache =
    caches.get(schema) ??
    new LRUCache<string, string>({
      maxSize: maxCachedCharacters,
      sizeCalculation: (text, key) => text.length + key.length,
    });
  caches.set(schema, cache);
  return cache;
}

let nextNumber = 0;

/**
 * Returns a function that executes an introspection field of this operation and returns its value as JSON text. Results are cached,
 * since the schema never changes.
 */
export function compileIntrospect({ schema, operation, fragments }: IntrospectOptions) {
  const queries = new WeakMap<FieldNode, IntrospectionQuery>();
  const cache = cacheOf(schema);
  return (field: FieldNode, values: Readonly<Record<string, unknown>>): string => {
    const query = queries.get(field) ?? {
      ...documentOf(operation, fragments, field),
      number: nextNumber++,
    };
    queries.set(field, query);
    const { document, number, variables } = query;
    const key = `${number} ${JSON.stringify(variables.map((name) => values[name]))}`;
    let text = cache.get(key);
    if (text === undefined) {
      text = introspect(schema, document, values);
      cache.set(key, text);
    }
    return text;
  };
}

interface IntrospectionQuery {
  document: DocumentNode;
  /** The names of the variables that it uses. */
  variables: readonly string[];
  /** Identifies the field in cache keys. */
  number: number;
}

function introspect(
  schema: GraphQLSchema,
  document: DocumentNode,
  variableValues: Readonly<Record<string, unknown>>,
): string {
  const { data, errors } = executeSync({ schema, document, variableValues, rootValue: {} });
  if (errors || !data) throw errors?.[0] ?? new Error('Expected introspection to answer, but got: nothing.');
  return JSON.stringify(Object.values(data)[0]);
}

function documentOf(
  { variableDefinitions = [], ...operation }: OperationDefinitionNode,
  fragments: readonly FragmentDefinitionNode[],
  field: FieldNode,
): Pick<IntrospectionQuery, 'document' | 'variables'> {
  const used = new Set<string>();
  const collect = { Variable: ({ name }: { name: { value: string } }) => void used.add(name.value) };
  for (const node of [field, ...fragments]) visit(node, collect);
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        ...operation,
        variableDefinitions: variableDefinitions.filter(({ variable }) => used.has(variable.name.value)),
        directives: [],
        // @skip and @include on the field have been evaluated already.
        selectionSet: { kind: Kind.SELECTION_SET, selections: [{ ...field, directives: [] }] },
      },
      ...fragments,
    ],
  };
  return { document, variables: [...used] };
}
