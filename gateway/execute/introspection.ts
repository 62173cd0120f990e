/** Answers `__schema` and `__type` from the schema that clients see. */
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

/** Characters of the answers that are kept for one schema, whatever operations ask for them. */
const keptCharacters = 8 * 1024 * 1024;

const kept = new WeakMap<GraphQLSchema, LRUCache<string, string>>();

/** The answers of a schema, by the number of the field that asks and the values of its variables. */
function answersOf(schema: GraphQLSchema): LRUCache<string, string> {
  const answers =
    kept.get(schema) ??
    new LRUCache<string, string>({
      maxSize: keptCharacters,
      sizeCalculation: (text, key) => text.length + key.length,
    });
  kept.set(schema, answers);
  return answers;
}

let nextNumber = 0;

/**
 * A function that answers a field of introspection of this operation as JSON text. The schema does not change under
 * it, so that the same question gets the same text.
 */
export function compileIntrospect({ schema, operation, fragments }: IntrospectOptions) {
  const known = new WeakMap<FieldNode, Introspected>();
  const answers = answersOf(schema);
  return (field: FieldNode, values: Readonly<Record<string, unknown>>): string => {
    const introspected = known.get(field) ?? {
      ...documentOf(operation, fragments, field),
      number: nextNumber++,
    };
    known.set(field, introspected);
    const { document, number, variables } = introspected;
    const key = `${number} ${JSON.stringify(variables.map((name) => values[name]))}`;
    let text = answers.get(key);
    if (text === undefined) {
      text = ask(schema, document, values);
      answers.set(key, text);
    }
    return text;
  };
}

interface Introspected {
  document: DocumentNode;
  /** The variables that it uses. */
  variables: readonly string[];
  /** Its own. */
  number: number;
}

function ask(
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
): Pick<Introspected, 'document' | 'variables'> {
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
        // Whether the field is there at all has been decided.
        selectionSet: { kind: Kind.SELECTION_SET, selections: [{ ...field, directives: [] }] },
      },
      ...fragments,
    ],
  };
  return { document, variables: [...used] };
}
