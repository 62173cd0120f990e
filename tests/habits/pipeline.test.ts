import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { pipeline } from '../../gateway/pipeline.ts';

/** The list under the heading "The pipeline" of ARCHITECTURE.md: a line for each stage, its steps in their order. */
function documentedPipeline(): string[] {
  const [, section = ''] = readFileSync('ARCHITECTURE.md', 'utf8').split(/^## The pipeline$/m);
  const [, list = ''] = section.split('```');
  return list
    .split('\n')
    .filter((line) => line.includes(':'))
    .map((line) => line.replace(/\s+/g, ' ').trim());
}

describe('the pipeline in ARCHITECTURE.md', () => {
  it('has the steps of the code, in their order', () => {
    const steps = pipeline.map(
      ({ stage, steps }) => `${stage}: ${steps.map(({ name }) => name).join(' → ')}`,
    );
    expect(documentedPipeline()).toEqual(steps);
  });

  it('names each step once', () => {
    const names = pipeline.flatMap(({ steps }) => steps.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
  });
});
