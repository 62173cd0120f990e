/** Tells in words how an operation would be answered: its plan, its calls, and which of them go at the same time. */
import { readFile } from 'node:fs/promises';
import { type DocumentNode, GraphQLError, getOperationAST, Kind, parse, print, validate } from 'graphql';
import type { CompiledCall } from './compile/compilePlan.ts';
import { systemCodeOf } from './errors.ts';
import type { Explained } from './execute/graph.ts';
import { openGraphsOf } from './openGraphs.ts';
import { refuseKind } from './operation/supportedKinds.ts';
import { printPlan } from './plan/printPlan.ts';
import type { Settings } from './settings.ts';

/** The operation cannot be explained; the message is for whoever asked, a line for each reason. */
export class ExplainError extends Error {
  override name = 'ExplainError';
}

export interface ExplainOptions {
  supergraphSdl: string;
  /** Which operation of the file; need not be given where there is one. */
  operationName: string | undefined;
  settings: Settings;
}

/** Explains the operation in `file`. Calls no subgraph. Rejects with an ExplainError, or with a SupergraphError. */
export async function explainFile(file: string, options: ExplainOptions): Promise<string> {
  const document = parseNamed(await readText(file), file);
  const operationName = nameIn(document, file, options.operationName);
  const callSubgraph = () => () => Promise.reject(new Error('Expected no call while explaining.'));
  const graphs = await openGraphsOf({ ...options, callSubgraph, enforces: true });
  try {
    const graph = graphs.now();
    const problems = validate(graph.apiSchema, document);
    if (problems.length > 0) throw errorAt(problems, file);
    const operation = getOperationAST(document, operationName);
    if (operation) refuseKind(operation, graph.apiSchema);
    return await wordsOf(await graph.explain({ document, operationName }));
  } catch (error) {
    throw error instanceof GraphQLError ? errorAt([error], file) : error;
  } finally {
    await graphs.close();
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = systemCodeOf(error) ?? String(error);
    const got = code === 'ENOENT' ? 'no such file' : code;
    throw new ExplainError(`Expected ${file} to be a file with an operation, but got: ${got}.`);
  }
}

function parseNamed(text: string, file: string): DocumentNode {
  try {
    return parse(text);
  } catch (error) {
    throw error instanceof GraphQLError ? errorAt([error], file) : error;
  }
}

/** Each as a line that starts with its place, as compilers write them. */
function errorAt(problems: readonly GraphQLError[], file: string): ExplainError {
  const lines = problems.map(({ message, locations }) => {
    const at = locations?.[0];
    return `${at ? `${file}:${at.line}:${at.column}` : file}: ${message}`;
  });
  return new ExplainError(lines.join('\n'));
}

function nameIn(document: DocumentNode, file: string, wanted: string | undefined): string | undefined {
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const names = operations.map((one) => ('name' in one && one.name?.value) || '(no name)');
  const found = wanted === undefined ? operations.length === 1 : names.includes(wanted);
  if (found) return wanted;
  if (names.length === 0)
    throw new ExplainError(`Expected ${file} to have an operation, but got: fragments alone.`);
  const expected = wanted === undefined ? 'one operation, or --operation-name' : `an operation "${wanted}"`;
  throw new ExplainError(`Expected ${expected} in ${file}, but got: ${names.join(', ')}.`);
}

async function wordsOf({ plan, calls, variables }: Explained): Promise<string> {
  const waves = wavesOf(calls);
  const parts = [await printPlan(plan)];
  if (variables.length > 0)
    parts.push(
      [
        'Variables of the plan',
        ...variables.map((one) => `  $${one.name} is ${'from' in one ? `$${one.from}` : one.json}`),
      ].join('\n'),
    );
  parts.push(`${count(calls.length, 'call')} in ${count(waves.length, 'wave')}`);
  for (const [at, wave] of waves.entries())
    parts.push(`Wave ${at + 1}`, ...wave.map((call) => wordsOfCall(call, calls)));
  return `${parts.join('\n\n')}\n`;
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** Calls of one wave wait for those of the waves before it. */
function wavesOf(calls: readonly CompiledCall[]): CompiledCall[][] {
  const waveOf = new Map<CompiledCall, number>();
  const place = (call: CompiledCall): number => {
    const known = waveOf.get(call);
    if (known !== undefined) return known;
    const wave = Math.max(-1, ...beforeOf(call, calls).map(place)) + 1;
    waveOf.set(call, wave);
    return wave;
  };
  const waves: CompiledCall[][] = [];
  for (const call of calls) {
    const at = place(call);
    waves[at] = [...(waves[at] ?? []), call];
  }
  return waves;
}

function beforeOf(call: CompiledCall, calls: readonly CompiledCall[]): CompiledCall[] {
  const at = calls.indexOf(call);
  return calls.filter(({ next }) => next.includes(at));
}

function wordsOfCall(call: CompiledCall, calls: readonly CompiledCall[]): string {
  const { subgraph, kind, conditions, roots, batches, requestOf } = call;
  const after = beforeOf(call, calls).map((one) => calls.indexOf(one) + 1);
  const notes = [
    `  Call ${calls.indexOf(call) + 1}: a ${kind} to ${subgraph}`,
    after.length > 0 ? `after ${after.join(', ')}` : undefined,
    ...conditions.map(({ variable, is }) => `when $${variable} is ${is}`),
  ].filter((note) => note !== undefined);
  const places = batches.flatMap(({ parts }) => parts.map(({ path }) => path.join('.') || 'the root'));
  const about = [
    ...(roots.length > 0 ? ['    asks the root'] : []),
    ...(places.length > 0 ? [`    asks of the objects at ${[...new Set(places)].join(', ')}`] : []),
  ];
  const text = print(requestOf(2 ** (batches.length + roots.length) - 1).document)
    .split('\n')
    .map((line) => `    ${line}`);
  return [notes.join(', '), ...about, ...text].join('\n');
}
