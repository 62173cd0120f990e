/** What each program says to who asks how it is called, or calls it wrongly. */
import { afterAll, describe, expect, it } from '@jest/globals';
import { settingsTable } from '../../gateway/settings.ts';
import { killPrograms, startProgram } from '../support/program.ts';

const patience = 60_000;
afterAll(killPrograms);

const programs = [
  'gateway/main.js',
  'subgraphs/main.js',
  'newsroom/main.js',
  'newsroom/import/main.js',
  'newsroom/generate/main.js',
  'schema/write.js',
  'bench/run.js',
];

describe.each(programs)('%s', (file) => {
  const run = (...args: string[]) => startProgram(file, { args }).ended;

  it(
    'says how it is called, and ends well',
    async () => {
      const ended = await run('--help');
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      expect(ended.stdout).toMatch(/^Usage: npm /);
    },
    patience,
  );

  it(
    'refuses an option that it does not have, in a sentence',
    async () => {
      const { code, stdout, stderr } = await run('--nothing');
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^Expected a known option, but got: --nothing\.\nUsage: npm /);
      expect(stderr).not.toContain('    at ');
    },
    patience,
  );
});

describe('the gateway', () => {
  it(
    'names its settings, with their defaults',
    async () => {
      const { stdout } = await startProgram('gateway/main.js', { args: ['--help'] }).ended;
      const named = settingsTable.filter(({ name }) => !stdout.includes(`\n  ${name} (`));
      expect(named).toEqual([]);
      expect(stdout).toContain('\n  PORT (4000)\n      Port of the gateway; 0 selects any free port.\n');
      expect(stdout).not.toMatch(/\]\(/);
    },
    patience,
  );

  it(
    'has no use for the name of an operation that it is not to explain',
    async () => {
      const args = ['--supergraph', 'supergraph.graphql', '--operation-name', 'Page'];
      const { code, stderr } = await startProgram('gateway/main.js', { args }).ended;
      expect(code).toBe(1);
      expect(stderr).toMatch(/^Expected --operation-name to come with --explain, but got: /);
    },
    patience,
  );

  it(
    'misses the value of an option',
    async () => {
      const { code, stderr } = await startProgram('gateway/main.js', { args: ['--supergraph'] }).ended;
      expect(code).toBe(1);
      expect(stderr).toMatch(/^Expected --supergraph to have a value, but got: nothing\.\nUsage: /);
    },
    patience,
  );
});

it(
  'measures nothing that there is not',
  async () => {
    for (const args of [['nothing'], ['--seconds', 'x'], ['--scenes', 'nothing']]) {
      const { code, stderr } = await startProgram('bench/run.js', { args }).ended;
      expect(code).toBe(1);
      expect(stderr).toMatch(/^Expected .*, but got: (nothing|x)\.\n$/);
    }
  },
  patience,
);
