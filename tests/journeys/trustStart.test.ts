/** What does not start: secrets that are missing or too short, rules that would let callers speak as the gateway. */
import { afterAll, describe, expect, it } from '@jest/globals';
import { killPrograms, startProgram } from '../support/program.ts';

afterAll(killPrograms);

const patience = 60_000;
const short = 'sesame, open now';
const ended = (file: string, env: Record<string, string>, args: string[] = []) =>
  startProgram(file, { args, env: { DATA_DIR: '/nowhere', PORT: '0', ...env } }).ended;

const programs: [name: string, file: string, args: string[]][] = [
  ['the newsroom', 'newsroom/main.js', []],
  ['a subgraph', 'subgraphs/main.js', ['articles', '--port', '0']],
];

describe.each(programs)('%s', (_, file, args) => {
  it(
    'does not start in production without a secret and a public address, whatever else it has',
    async () => {
      const { code, stdout, stderr } = await ended(
        file,
        { NODE_ENV: 'production', TOKEN_SECRET: 'x'.repeat(40) },
        args,
      );
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toBe(
        'Expected GATEWAY_SECRET to be set in production, but got: nothing.\nExpected PUBLIC_URL to be set in production, but got: nothing.\n',
      );
    },
    patience,
  );

  it.each(['GATEWAY_SECRET', 'TOKEN_SECRET'])(
    'does not start with a %s that is too short, and does not show it',
    async (name) => {
      for (const secret of [
        short,
        `${'long enough '.repeat(4)},${short}`,
        `,${'y'.repeat(40)}`,
        'a'.repeat(40).concat(',', 'b'.repeat(40), ',', 'c'.repeat(40)),
      ]) {
        const { code, stdout, stderr } = await ended(file, { [name]: secret }, args);
        expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
        expect(stderr).toMatch(
          new RegExp(
            `^Expected ${name} to be one secret of 32 characters or more, or two with a comma between, but got: \\[redacted\\]\\.\n$`,
          ),
        );
        expect(stderr).not.toMatch(/sesame|long enough|yyyy|cccc/);
      }
    },
    patience,
  );
});

describe('the gateway', () => {
  it.each([
    'gateway-credential',
    'authorization,Gateway-Credential',
    '[{"set":"gateway-credential","value":"x"}]',
    '[{"forward":"x-mine","as":"GATEWAY-CREDENTIAL"}]',
  ])(
    'does not start with a rule that sends what only it may say: %s',
    async (rules) => {
      const args = ['--supergraph', 'none.graphql'];
      const { code, stderr } = await ended('gateway/main.js', { PROPAGATE_HEADERS: rules }, args);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^Expected PROPAGATE_HEADERS to be names of headers /);
    },
    patience,
  );

  it(
    'does not start with a secret that is too short, and does not show it',
    async () => {
      const { code, stderr } = await ended('gateway/main.js', { GATEWAY_SECRET: short }, [
        '--supergraph',
        'none.graphql',
      ]);
      expect([code, stderr]).toEqual([
        1,
        'Expected GATEWAY_SECRET to be one secret of 32 characters or more, or two with a comma between, but got: [redacted].\n',
      ]);
    },
    patience,
  );
});
