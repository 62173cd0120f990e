/** Holds what came of an operation against what the case says, three ways. */
import { parse, validate } from 'graphql';
import type { CaseOperation, FederationCase } from './case.ts';
import type { GatewayOutcome, OpenCase } from './open.ts';
import { type Outcome, textOf } from './outcome.ts';

/** Sentences of what is wrong, by whose fault it is. */
export interface Findings {
  /** With the case itself: the monolith does not answer as the case says. */
  ofCase: string[];
  ofStock: string[];
  ofOurs: string[];
}

export async function checkOperation(
  { stockRefuses }: FederationCase,
  operation: CaseOperation,
  open: OpenCase,
): Promise<Findings> {
  const ofCase = validate(open.monolith, parse(operation.query)).map(({ message }) => message);
  const monolith = await open.askMonolith(operation);
  const expected = { data: operation.answer ?? monolith.data, errors: [...(operation.errors ?? [])].sort() };
  ofCase.push(...differences('the monolith', monolith, expected));
  const wanted = expectedOf(operation, monolith);
  const ofStock = stockRefuses || operation.stockEndsBadly ? [] : await checkStock(operation, open, wanted);
  return { ofCase, ofStock, ofOurs: await checkOurs(operation, open, wanted) };
}

/** What a gateway should answer: as the monolith, unless the case says otherwise. */
function expectedOf({ unlike }: CaseOperation, monolith: Outcome): Outcome {
  if (!unlike) return monolith;
  return { data: 'data' in unlike ? unlike.data : monolith.data, errors: [...unlike.errors].sort() };
}

async function checkOurs(operation: CaseOperation, open: OpenCase, wanted: Outcome): Promise<string[]> {
  try {
    const ours = await open.askOurs(operation);
    const found = [
      ...differences('ours', ours, wanted),
      ...ours.problems,
      ...miscounts(operation, ours),
      ...(open.needs.size > 0 && !operation.down ? strangeCodes(ours) : []),
    ];
    // Now the plan is known.
    const again = await open.askOurs(operation);
    return [...found, ...differences('ours at the second time', again, ours), ...again.problems];
  } catch (error) {
    return [`Expected ours to answer, but got: ${error instanceof Error ? error.stack : error}`];
  }
}

/** Where no subgraph fails, errors are about readers. */
export function strangeCodes({ codes }: GatewayOutcome): string[] {
  const strange = codes.filter((code) => code !== 'UNAUTHORIZED_FIELD_OR_TYPE');
  return strange.length > 0 ? [`Expected errors about the reader, but got: ${strange.join(', ')}.`] : [];
}

function differences(who: string, outcome: Outcome, expected: Outcome): string[] {
  const [got, wanted] = [textOf(outcome), textOf(expected)];
  return got === wanted ? [] : [`Expected ${who} to answer\n${wanted}\nbut got:\n${got}`];
}

async function checkStock(operation: CaseOperation, open: OpenCase, wanted: Outcome): Promise<string[]> {
  const found = await findInStock(operation, open, wanted);
  const { stockIsWrong } = operation;
  if (!stockIsWrong) return found;
  return found.length > 0
    ? []
    : [`Expected the stock gateway to be wrong (${stockIsWrong}), but it is right.`];
}

/** When a whole subgraph fails the stock gateway names no paths: then only its data are looked at. */
async function findInStock(operation: CaseOperation, open: OpenCase, wanted: Outcome): Promise<string[]> {
  try {
    const stock = await open.askStock(operation);
    const errors = operation.down ? wanted.errors : stock.errors;
    return [...differences('the stock gateway', { data: stock.data, errors }, wanted), ...stock.problems];
  } catch (error) {
    return [`Expected the stock gateway to answer, but got: ${error}`];
  }
}

function miscounts({ calls, representations }: CaseOperation, { sent }: GatewayOutcome): string[] {
  const counted: Record<string, number> = {};
  const carried: Record<string, number> = {};
  for (const call of sent) {
    counted[call.subgraph] = (counted[call.subgraph] ?? 0) + 1;
    if (call.representations.length > 0)
      carried[call.subgraph] = (carried[call.subgraph] ?? 0) + call.representations.length;
  }
  return [
    ...(calls ? miscount('calls', counted, calls) : []),
    ...(representations ? miscount('representations', carried, representations) : []),
  ];
}

function miscount(
  what: string,
  counted: Readonly<Record<string, number>>,
  expected: Readonly<Record<string, number>>,
) {
  const text = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, count]) => `${name} ${count}`)
      .join(', ') || 'none';
  return text(counted) === text(expected)
    ? []
    : [`Expected ${what}: ${text(expected)}, but got: ${text(counted)}.`];
}
