/** Leaving out what is asked twice takes as many steps as an operation is long. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { openStepCounter, type StepCounter } from '../../support/steps.ts';

let steps: StepCounter;
let withoutRepeats: typeof import('../../../gateway/operation/redundantFields.ts').withoutRepeats;
beforeAll(async () => {
  steps = openStepCounter();
  ({ withoutRepeats } = await import('../../../gateway/operation/redundantFields.ts'));
});
afterAll(() => steps.close());

it.each([
  ['fields beside fragments', (n: number) => `${fields(n)} ${'...F '.repeat(n)}`],
  ['fields beside fragments in braces', (n: number) => `${fields(n)} ${'... { ...F } '.repeat(n)}`],
])('%s, twice as many, take twice the steps', (_, selections) => {
  const stepsOf = (n: number) => {
    const document = parse(`{ node { ${selections(n)} } } fragment F on Story { title a1: id }`);
    return steps.count(() => void withoutRepeats(document));
  };
  stepsOf(10);
  expect(stepsOf(400) / stepsOf(200)).toBeLessThan(2.5);
});

const fields = (n: number) => Array.from({ length: n }, (_, at) => `a${at}: id`).join(' ');
