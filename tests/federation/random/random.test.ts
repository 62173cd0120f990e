/**
 * Supergraphs, operations and failures that nobody thought of, three ways that must agree. The same ones each time;
 * FUZZ_SEED=n begins elsewhere, FUZZ_RUNS=n makes that many supergraphs, FUZZ_OUT=file keeps what was found,
 * FUZZ_OBJECTS=0 leaves interface objects out, and FUZZ_REQUIRES=1 makes more chains of `@requires`.
 */
import { appendFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { found } from './found.ts';
import { reduce } from './reduce.ts';
import { type Asked, newCounts, runAsked, runRound, textOfAsked, type Wrong } from './run.ts';
import { type RoundSpec, round } from './spec.ts';

const seed = Number(process.env.FUZZ_SEED ?? 1);
const runs = Number(process.env.FUZZ_RUNS ?? 40);
const out = process.env.FUZZ_OUT;

/** Making a finding small takes hundreds of supergraphs: the first ones tell enough. */
const maxReduced = 5;

describe('random supergraphs', () => {
  it(
    'answer random operations as a monolith does, whatever fails',
    async () => {
      const counts = newCounts();
      const reports: string[] = [];
      for (let at = 0; at < runs; at++) {
        const [spec] = fc.sample(fc.noBias(round), { seed: seed + at, numRuns: 1 }) as [RoundSpec];
        for (const wrong of await runRound(spec, { counts })) {
          const report = reports.length < maxReduced ? await smallest(wrong) : wrong.kind;
          reports.push(`FUZZ_SEED=${seed + at} FUZZ_RUNS=1\n${report}`);
          if (out) appendFileSync(out, `\n===== ${reports.at(-1)}\n`);
        }
      }
      // Jest's own output goes elsewhere in `npm test`.
      process.stderr.write(`random supergraphs: ${JSON.stringify(counts)}\n`);
      expect(reports.join('\n\n')).toBe('');
      // So that it cannot happen that nothing is compared.
      expect(counts.operations).toBeGreaterThanOrEqual(runs);
      expect(counts.refusedCompositions).toBeLessThan(counts.supergraphs / 4);
    },
    30_000 + runs * 5_000,
  );

  for (const { name, pending, asked } of found) {
    it(`are answered rightly: ${name}${pending ? ` (pending: ${pending})` : ''}`, async () => {
      const wrong = await runAsked(asked, { counts: newCounts() });
      if (pending) expect(wrong).toBeDefined();
      else expect(wrong ? `${wrong.kind}\n${wrong.text}` : '').toBe('');
    });
  }
});

async function smallest(found: Asked & Wrong): Promise<string> {
  const { model, question, faults, kind } = found;
  const isStillWrong = async (smaller: Asked) => {
    // What is no longer a case at all is no case of this.
    const wrong = await runAsked(smaller, { counts: newCounts() }).catch(() => undefined);
    return wrong?.kind === kind;
  };
  const smaller = await reduce({ model, question, faults }, isStillWrong);
  const wrong = await runAsked(smaller, { counts: newCounts() });
  return `${kind}\n\n${textOfAsked(smaller)}\n\n${wrong?.text}\n\n# to keep in found.ts\n${JSON.stringify(smaller)}`;
}
