/** Calls to the subgraphs of a case: each is checked, kept to be counted, and answered as over any wire. */
import { type DocumentNode, execute, type GraphQLSchema, Kind, parse, print, validate } from 'graphql';
import type { SubgraphCall, SubgraphRequest, SubgraphResponse } from '../../../gateway/wire/subgraphCall.ts';
import { SubgraphFailure } from '../../../gateway/wire/subgraphCall.ts';
import type { Fault } from './case.ts';

export interface SentCall {
  subgraph: string;
  query: string;
  variables: Readonly<Record<string, unknown>>;
  /** What is sent of entities, of all variables that hold any. */
  representations: readonly unknown[];
}

/** Calls of one gateway. Set `faults` before a run, and take what was sent after it. */
export interface SubgraphCalls {
  callOf: (name: string) => SubgraphCall;
  faults: Readonly<Record<string, Fault>>;
  /** What was sent, and what was wrong with it, since this was last asked. */
  take: () => { sent: SentCall[]; problems: string[] };
}

export function makeCalls(schemas: Readonly<Record<string, GraphQLSchema>>): SubgraphCalls {
  let sent: SentCall[] = [];
  let problems: string[] = [];
  const calls: SubgraphCalls = {
    faults: {},
    callOf(name) {
      const schema = schemas[name];
      if (!schema) throw new Error(`Expected a subgraph of the case, but got: ${name}.`);
      return async (request) => {
        const variables = asSent(request.variables ?? {});
        sent.push({
          subgraph: name,
          query: request.query,
          variables,
          representations: representationsIn(variables),
        });
        const wrong = wrongWith(schema, request, variables);
        problems.push(...wrong.map((problem) => `${name} was sent ${request.query}: ${problem}`));
        const fault = calls.faults[name];
        if (fault === 'unreachable') throw new SubgraphFailure('unreachable', 'No subgraph is there.');
        if (fault === 'no data') return { data: null, errors: [{ message: 'No database is there.' }] };
        if (fault === 'silent') return { data: null };
        const answer = await answerOf(schema, request, variables);
        return fault ? fault(answer, request) : answer;
      };
    },
    take() {
      const taken = { sent, problems };
      sent = [];
      problems = [];
      return taken;
    },
  };
  return calls;
}

/** As it arrives: without undefined, without prototypes, sharing nothing. */
function asSent<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value));
}

async function answerOf(
  schema: GraphQLSchema,
  { query, operationName }: SubgraphRequest,
  variableValues: Record<string, unknown>,
): Promise<SubgraphResponse> {
  const { document } = readText(schema, query);
  return asSent(
    await execute({ schema, document, variableValues, operationName: operationName ?? null }),
  ) as SubgraphResponse;
}

/** What is known of a text that was sent to a subgraph: many operations and readers make the same one. */
interface KnownText {
  document: DocumentNode;
  problems: readonly string[];
  printed: string;
  /** Names of its variables. */
  declared: ReadonlySet<string>;
}

const knownTexts = new WeakMap<GraphQLSchema, Map<string, KnownText>>();

/** Parses and validates a text, once for each schema. Throws for what is no document. */
function readText(schema: GraphQLSchema, query: string): KnownText {
  const texts = knownTexts.get(schema) ?? new Map<string, KnownText>();
  knownTexts.set(schema, texts);
  const known = texts.get(query);
  if (known) return known;
  const document = parse(query);
  const problems = validate(schema, document).map(({ message }) => message);
  const declared = new Set<string>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const { variable } of definition.variableDefinitions ?? []) declared.add(variable.name.value);
  }
  const made: KnownText = { document, problems, printed: print(document), declared };
  texts.set(query, made);
  return made;
}

function wrongWith(schema: GraphQLSchema, request: SubgraphRequest, variables: object): string[] {
  const { query, document } = request;
  const { problems: known, printed, declared } = readText(schema, query);
  const problems = [...known];
  if (document && print(document) !== printed) problems.push('The parsed document is another.');
  const unknown = Object.keys(variables).filter((name) => !declared.has(name));
  if (unknown.length > 0) problems.push(`These variables are not declared: ${unknown.join(', ')}.`);
  return [...problems, ...wrongBody(request)];
}

/** The text for the wire says the same as the values for a call in this process. */
function wrongBody({ query, variables, operationName, body }: SubgraphRequest): string[] {
  if (body === undefined) return [];
  const sent = JSON.parse(body);
  const same =
    sameText(sent.query, query) &&
    sameText(sent.operationName, operationName) &&
    sameText(sent.variables ?? {}, variables ?? {});
  return same ? [] : [`The body is another: ${body} for ${JSON.stringify(variables)}.`];
}

function sameText(one: unknown, other: unknown): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

/** With the keys of objects in one order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const sorted = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, item]) => [name, inOrder(item)]));
}

function representationsIn(variables: Readonly<Record<string, unknown>>): unknown[] {
  return Object.values(variables).flatMap((value) =>
    Array.isArray(value) && value.length > 0 && value.every(isRepresentation) ? value : [],
  );
}

function isRepresentation(value: unknown): boolean {
  return typeof value === 'object' && value !== null && '__typename' in value;
}
