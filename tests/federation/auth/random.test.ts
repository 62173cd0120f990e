/**
 * Supergraphs, operations and readers that nobody thought of: what a reader gets is what a monolith gives that enforces
 * by resolver, and no call is made that an operation without what they may not see would not make. The same ones each
 * time; FUZZ_SEED=n begins elsewhere, FUZZ_RUNS=n makes that many supergraphs.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type FieldNode, Kind, parse, print, type SelectionNode, visit } from 'graphql';
import { strangeCodes } from '../../support/federation/check.ts';
import { judge, type TestReader } from '../../support/federation/enforce.ts';
import {
  type GatewayOutcome,
  type OpenCase,
  openCase,
  type Question,
} from '../../support/federation/open.ts';
import { textOf } from '../../support/federation/outcome.ts';
import { compare } from '../random/compare.ts';
import { modelOf } from '../random/model.ts';
import { operationFrom } from '../random/operation.ts';
import { type RoundSpec, round } from '../random/spec.ts';
import { splitModel, type World } from '../random/split.ts';
import { decorate, fullReader, readers } from './decorate.ts';

const seed = Number(process.env.FUZZ_SEED ?? 1);
const runs = Number(process.env.FUZZ_RUNS ?? 25);

describe('random supergraphs that ask something of their readers', () => {
  it(
    'show each reader what a monolith shows, by the calls that this takes',
    async () => {
      const counts = { supergraphs: 0, refusedCompositions: 0, answers: 0, denied: 0, callsSaved: 0 };
      const reports: string[] = [];
      for (let at = 0; at < runs; at++) {
        const [spec] = fc.sample(fc.noBias(round), { seed: seed + at, numRuns: 1 }) as [RoundSpec];
        const world: World = { trouble: () => undefined, counter: 0 };
        const federationCase = decorate(splitModel(modelOf(spec.supergraph), world), seed + at);
        counts.supergraphs++;
        let open: OpenCase;
        try {
          open = openCase(federationCase);
        } catch (error) {
          counts.refusedCompositions++;
          if (process.env.FUZZ_SHOW) process.stderr.write(`${error}\n`);
          continue;
        }
        for (const { tape } of spec.questions) {
          const question = operationFrom(open.monolith, tape);
          const asFull = askAsFull(open, world);
          for (const reader of readers) {
            const asked = { ...question, ...(reader && { reader }) };
            const found = await check({ open, world, asFull }, asked, counts);
            if (found) reports.push(`FUZZ_SEED=${seed + at} FUZZ_RUNS=1\n${found}`);
          }
        }
        await open.stop();
      }
      process.stderr.write(`readers of random supergraphs: ${JSON.stringify(counts)}\n`);
      expect(reports.slice(0, 3).join('\n\n')).toBe('');
      expect(counts.answers).toBeGreaterThan(runs * readers.length);
      expect(counts.denied).toBeGreaterThan(runs);
      expect(counts.callsSaved).toBeGreaterThan(0);
      expect(counts.refusedCompositions).toBeLessThan(counts.supergraphs / 3);
    },
    30_000 + runs * 10_000,
  );
});

type Ask = (question: Question) => Promise<GatewayOutcome>;

/** Asks for the reader who may see all: once for what is the same for several readers. */
function askAsFull(open: OpenCase, world: World): Ask {
  const known = new Map<string, Promise<GatewayOutcome>>();
  return (question) => {
    const key = JSON.stringify([question.query, question.variables, question.operationName]);
    const existing = known.get(key);
    if (existing) return existing;
    world.counter = 0;
    const made = open.askOurs({ ...question, reader: fullReader as TestReader });
    known.set(key, made);
    return made;
  };
}

/** What is wrong, if anything is. */
async function check(
  { open, world, asFull }: { open: OpenCase; world: World; asFull: Ask },
  question: Question,
  counts: { answers: number; denied: number; callsSaved: number },
): Promise<string | undefined> {
  const { query, operationName, reader } = question;
  const afresh = <Result>(ask: () => Promise<Result>) => {
    world.counter = 0;
    return ask();
  };
  const monolith = await afresh(() => open.askMonolith({ ...question, failing: [] }));
  const ours = await (reader === fullReader ? asFull(question) : afresh(() => open.askOurs(question)));
  counts.answers++;
  const { document, denied } = judge(open.monolith, parse(query), operationName, open.needs, reader);
  if (denied.size > 0) counts.denied++;
  const told = (what: string) =>
    `${what}\n${JSON.stringify(reader)}\n${query}\n${JSON.stringify(question.variables)}\n# monolith\n${textOf(monolith)}\n# ours\n${textOf(ours)}\n${ours.sent.map((call) => `> ${call.subgraph} ${call.query}`).join('\n')}`;
  const { difference } = compare(ours, monolith);
  if (difference) return told(difference);
  const found = [...ours.problems, ...(denied.size > 0 ? strangeCodes(ours) : [])];
  if (found.length > 0) return told(found.join('\n'));
  const allowed = denied.size > 0 ? withoutDenied(document, denied) : query;
  const least = await asFull(
    denied.size > 0
      ? { ...question, query: allowed, variables: usedIn(allowed, question.variables) }
      : question,
  );
  if (denied.size > 0) counts.callsSaved += (await asFull(question)).sent.length - ours.sent.length;
  // What is left is written with the name of a type where nothing is left, and that may take a call.
  if (ours.sent.length > least.sent.length)
    return told(
      `${ours.sent.length} calls, but without what is denied ${least.sent.length}\n${allowed}\n${least.sent.map((call) => `> ${call.subgraph} ${call.query}`).join('\n')}\n`,
    );
  return undefined;
}

/** The operation as a client would write it that knew what its reader may not see. */
function withoutDenied(document: ReturnType<typeof parse>, denied: ReadonlySet<FieldNode>): string {
  const allowed = visit(document, {
    Field: (node) => (denied.has(node) ? null : undefined),
    SelectionSet: {
      leave: (node) =>
        node.selections.length > 0 ? undefined : { ...node, selections: [nameOfType as SelectionNode] },
    },
  });
  const used = new Set<string>();
  visit(allowed, { VariableDefinition: () => false, Variable: ({ name }) => void used.add(name.value) });
  return print(
    visit(allowed, {
      VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? undefined : null),
    }),
  );
}

const nameOfType: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

function usedIn(query: string, variables: Question['variables'] = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => query.includes(`$${name}`)));
}
