/** Explains how an operation is executed: its query plan, its subgraph calls, and the waves of concurrent calls. */

import { readFile } from 'node:fs/promises';
import { type DocumentNode, GraphQLError, getOperationAST, Kind, parse, print, validate } from 'graphql';
import { StartError } from '../kit/startError.ts';
import type { CompiledCall } from './compile/compilePlan.ts';
import { systemCodeOf } from './errors.ts';
import type { Explained } from './execute/graph.ts';
import { openGraphsOf } from './openGraphs.ts';
import { refuseKind } from './operation/supportedKinds.ts';
import { printPlan } from './plan/printPlan.ts';
import type { Settings } from './settings.ts';

/** The operation cannot be explained. The message is for the user, with one line for each reason. */
export class ExplainError extends StartError {
  override name = 'ExplainError';
}

export interface ExplainOptions {
  supergraphSdl: string;
  /** The name of the operation; may be undefined if the file has only one. */
  operationName: string | undefined;
  settings: Settings;
}

/** Explains the operation in `file` without calling subgraphs. Rejects with an ExplainError or a SupergraphError. */
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
    return await describePlan(await graph.explain({ document, operationName }));
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

/** Formats each error as a line that starts with its position in the file, as compilers do. */
function errorAt(problems: readonly GraphQLError[], file: string): ExplainError {
  const lines = problems.map(({ message, locations }) => {
    const at = locations?.[0];
    return `${at ? `${file}:${at.line}:${at.column}` : file}: ${message}`;
  });
  return new ExplainError(lines.join('\n'));
}

function nameIn(document: DocumentNode, file: string, operationName: string | undefined): string | undefined {
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const names = operations.map((one) => ('name' in one && one.name?.value) || '(no name)');
  const exists = operationName === undefined ? operations.length === 1 : names.includes(operationName);
  if (exists) return operationName;
  if (names.length === 0)
    throw new ExplainError(`Expected ${file} to have an operation, but got: fragments alone.`);
  const expected =
    operationName === undefined ? 'one operation, or --operation-name' : `an operation "${operationName}"`;
  throw new ExplainError(`Expected ${expected} in ${file}, but got: ${names.join(', ')}.`);
}

async function describePlan({ plan, calls, variables }: Explained): Promise<string> {
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
    parts.push(`Wave ${at + 1}`, ...wave.map((call) => describeCall(call, calls)));
  return `${parts.join('\n\n')}\n`;
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** Groups the calls into waves: the calls of a wave run concurrently, after those of the waves before it. */
function wavesOf(calls: readonly CompiledCall[]): CompiledCall[][] {
  const waveOf = new Map<CompiledCall, number>();
  const place = (call: CompiledCall): number => {
    const assigned = waveOf.get(call);
    if (assigned !== undefined) return assigned;
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

function describeCall(call: CompiledCall, calls: readonly CompiledCall[]): string {
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
