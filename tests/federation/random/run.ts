/** Runs random questions three ways, and says what came of it. */
import { parse, validate } from 'graphql';
import type { FederationCase } from '../../support/federation/case.ts';
import {
  type GatewayOutcome,
  type OpenCase,
  openCase,
  type Question,
} from '../../support/federation/open.ts';
import { type Outcome, textOf } from '../../support/federation/outcome.ts';
import { compare, isPartOf } from './compare.ts';
import { chooseFaults, type Fault, troubleOf } from './faults.ts';
import { type Model, modelOf } from './model.ts';
import { operationFrom } from './operation.ts';
import type { RoundSpec } from './spec.ts';
import { splitModel, type World } from './split.ts';

/** Counts that are printed. */
export interface Counts {
  supergraphs: number;
  refusedCompositions: number;
  operations: number;
  /** Where a subgraph is down on which others depend: held against the stock gateway alone. */
  withoutMonolith: number;
  errors: number;
  faults: Record<string, number>;
  rules: Record<string, number>;
  stockWrong: Record<string, number>;
}

export const newCounts = (): Counts => ({
  supergraphs: 0,
  refusedCompositions: 0,
  operations: 0,
  withoutMonolith: 0,
  errors: 0,
  faults: {},
  rules: {},
  stockWrong: {},
});

const count = (counts: Record<string, number>, name: string) => {
  counts[name] = (counts[name] ?? 0) + 1;
};

/** One question to one supergraph: all that is needed to ask it again. */
export interface Asked {
  model: Model;
  question: Pick<Question, 'query' | 'variables' | 'operationName'>;
  faults: readonly Fault[];
}

/** What is wrong with an answer of ours. */
export interface Wrong {
  kind: string;
  text: string;
}

export interface RunOptions {
  counts: Counts;
  /** Called with every difference between the stock gateway and the monolith, and with what does not compose. */
  onStockWrong?: (kind: string, text: string) => void;
}

/** Asks all questions of a round. Returns those that ours answers wrongly. */
export async function runRound(
  { supergraph, questions }: RoundSpec,
  options: RunOptions,
): Promise<(Asked & Wrong)[]> {
  const { counts, onStockWrong } = options;
  const model = modelOf(supergraph);
  counts.supergraphs++;
  const opened = tryToOpen(model);
  if ('refused' in opened) {
    counts.refusedCompositions++;
    onStockWrong?.('composition', opened.refused);
    return [];
  }
  const found: (Asked & Wrong)[] = [];
  try {
    for (const { tape, faults: specs } of questions) {
      const question = operationFrom(opened.open.monolith, tape);
      const asked = { model, question, faults: chooseFaults(model, specs, question.query) };
      const wrong = await ask(opened, asked, options);
      if (wrong) found.push({ ...asked, ...wrong });
    }
  } finally {
    await opened.open.stop();
  }
  return found;
}

/** Asks one question of a supergraph of its own. Returns what is wrong with our answer, if anything is. */
export async function runAsked(asked: Asked, options: RunOptions): Promise<Wrong | undefined> {
  const opened = tryToOpen(asked.model);
  if ('refused' in opened) return { kind: 'composition', text: opened.refused };
  try {
    const [problem] = validate(opened.open.monolith, parse(asked.question.query));
    if (problem) return { kind: 'not valid', text: problem.message };
    return await ask(opened, asked, options);
  } finally {
    await opened.open.stop();
  }
}

interface Opened {
  open: OpenCase;
  world: World;
}

function tryToOpen(model: Model): Opened | { refused: string } {
  const world: World = { trouble: () => undefined, counter: 0 };
  const federationCase = splitModel(model, world);
  try {
    return { open: openCase(federationCase), world };
  } catch (error) {
    return { refused: `${error}\n\n${sdlText(federationCase)}` };
  }
}

type Answer = GatewayOutcome & { failure?: string };

interface Answers {
  monolith: Outcome;
  stock: Answer;
  ours: Answer;
}

async function ask(
  { open, world }: Opened,
  { model, question, faults }: Asked,
  { counts, onStockWrong }: RunOptions,
): Promise<Wrong | undefined> {
  const { trouble, down, isExact, isDown } = troubleOf(model, faults);
  const afresh = async <Result>(run: () => Promise<Result>) => {
    world.trouble = trouble;
    world.counter = 0;
    return run();
  };
  const answers: Answers = {
    monolith: await afresh(() => open.askMonolith({ ...question, failing: [] })),
    stock: isHardForStock(model)
      ? notAsked
      : await afresh(() => attempt(() => open.askStock({ ...question, down }))),
    ours: await afresh(() => attempt(() => open.askOurs({ ...question, down }))),
  };
  const { monolith, stock, ours } = answers;
  counts.operations++;
  if (monolith.errors.length > 0) counts.errors++;
  for (const { kind } of faults) count(counts.faults, kind);
  const wrong = (kind: string | undefined): Wrong | undefined =>
    kind === undefined ? undefined : { kind, text: textOfAll(answers) };
  if (!isExact) {
    counts.withoutMonolith++;
    if (ours.failure || ours.problems.length > 0) return wrong('failure');
    const isComparable = !stock.failure && stock.problems.length === 0;
    const isLike = isPartOf(ours, stock) || isPartOf(ours, monolith);
    return wrong(!isComparable || isLike ? undefined : 'not as stock');
  }
  // The stock gateway gives no paths for a call that fails as a whole.
  const stockKind = kindOf(stock, isDown ? { ...monolith, errors: stock.errors } : monolith);
  if (stockKind && stock !== notAsked) {
    count(counts.stockWrong, stockKind);
    onStockWrong?.(stockKind, `${question.query}\n\n${textOfAll(answers)}`);
  }
  for (const rule of compare(ours, monolith).rules) count(counts.rules, rule);
  return wrong(kindOf(ours, monolith));
}

const notAsked: Answer = {
  ...{ data: null, errors: [], codes: [], sent: [], problems: [] },
  failure: 'It is not asked: it would look for ways until there is no room for more.',
};

/** Where an interface object has fields that require others, many operations take the whole process with them there. */
function isHardForStock({ interface: thing, types }: Model): boolean {
  return (
    thing?.objectIn !== undefined &&
    thing.members.some((name) =>
      types[name]?.fields.some((field) => field.isOfInterface === true && field.requires !== undefined),
    )
  );
}

async function attempt(run: () => Promise<GatewayOutcome>): Promise<Answer> {
  try {
    return await run();
  } catch (error) {
    const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { data: null, errors: [], codes: [], sent: [], problems: [], failure };
  }
}

function kindOf(answer: Answer, expected: Outcome): string | undefined {
  if (answer.failure) return 'failure';
  const { difference } = compare(answer, expected);
  return difference ?? (answer.problems.length > 0 ? 'wrong request' : undefined);
}

/** The subgraphs, the operation, and what goes wrong, to be read. */
export function textOfAsked({ model, question, faults }: Asked): string {
  const federationCase = splitModel(model, { trouble: () => undefined, counter: 0 });
  return [
    sdlText(federationCase),
    `# operation\n${question.query}`,
    `# variables ${JSON.stringify(question.variables ?? {})}`,
    `# faults ${JSON.stringify(faults)}`,
  ].join('\n\n');
}

function sdlText({ subgraphs }: FederationCase): string {
  return Object.entries(subgraphs)
    .map(([name, part]) => `# ${name}\n${(typeof part === 'string' ? part : part.sdl).trim()}`)
    .join('\n\n');
}

function textOfAll({ monolith, stock, ours }: Answers): string {
  const text = (answer: Answer) =>
    [
      answer.failure ?? textOf(answer),
      ...answer.problems.map((problem) => `problem: ${problem}`),
      ...answer.sent.map(
        ({ subgraph, query, variables }) => `> ${subgraph} ${query} ${JSON.stringify(variables)}`,
      ),
    ].join('\n');
  return `# monolith\n${textOf(monolith)}\n\n# stock\n${text(stock)}\n\n# ours\n${text(ours)}`;
}
