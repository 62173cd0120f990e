/**
 * `npm test`: every check there is, one after the other. Parts that need a service which is not there are left
 * out and said by name; where CI is set, that is a failure.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

interface JestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numRuntimeErrorTestSuites: number;
  success: boolean;
  testResults: { assertionResults: { status: string; fullName: string }[] }[];
}

const bin = (name: string) => join('node_modules', '.bin', name);

/** Checks that pass or fail as one. */
const checks: [name: string, command: string, ...args: string[]][] = [
  ['types', bin('tsc'), '-p', 'tsconfig.json'],
  ['types of what runs in browsers', bin('tsc'), '-p', '.tsconfig.web.json'],
  ['lint and format', bin('biome'), 'ci', '--colors=off', '.'],
  [
    'walls between rooms',
    bin('depcruise'),
    '--config',
    '.dependency-cruiser.mjs',
    'kit',
    'telemetry',
    'gateway',
    'subgraphs',
    'schema',
    'newsroom',
    'partners',
    'web',
  ],
  ['nothing unused', bin('knip'), '-c', '.knip.json'],
  ['schema in step', process.execPath, 'dist/schema/write.js', '--check'],
];

/** Parts of the suite that need something beside Node, and how to have them. */
const parts: [name: string, isThere: boolean, how: string][] = [
  ['real Redis', Boolean(process.env.REDIS_URL), 'set REDIS_URL'],
  ['real PostgreSQL', Boolean(process.env.DATABASE_URL), 'set DATABASE_URL'],
  [
    'Chromium',
    Boolean(process.env.CHROMIUM) || existsSync('/usr/bin/chromium'),
    'install chromium, or set CHROMIUM to it',
  ],
];

const usage = 'Usage: npm test [-- OPTIONS OF JEST]';

function main(): void {
  if (process.argv.includes('--help')) {
    console.log(usage);
    return;
  }
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, command, ...args] of checks) {
    const { status } = spawnSync(command, args, { stdio: 'inherit', env: process.env });
    console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${name}`);
    tally[status === 0 ? 'passed' : 'failed'] += 1;
  }
  runJest(tally, process.argv.slice(2));
  for (const [name, isThere, how] of parts) {
    if (isThere) continue;
    tally.skipped += 1;
    console.log(`skipped: ${name} (${how})`);
  }
  const { passed, failed, skipped } = tally;
  const isIncomplete = skipped > 0 && Boolean(process.env.CI);
  if (isIncomplete) console.log('In CI nothing may be skipped.');
  process.exitCode = failed > 0 || isIncomplete ? 1 : 0;
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
}

function runJest(tally: Tally, args: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-test-'));
  const file = join(folder, 'report.json');
  const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
  // A test that failed to end what it began must not keep the others' report waiting.
  const options = ['--config', '.jest.config.mjs', '--forceExit', '--json', '--outputFile', file, ...args];
  const { status } = spawnSync(process.execPath, [...jest, ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: process.env,
  });
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as JestReport;
    tally.passed += report.numPassedTests;
    tally.failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
    tally.skipped += report.numPendingTests;
    if (tally.failed === 0 && (status !== 0 || !report.success)) {
      tally.failed += 1;
      console.log(`FAILED: Jest ended with ${status}.`);
    }
    const skipped = report.testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === 'pending');
    for (const { fullName } of skipped) console.log(`skipped: ${fullName}`);
  } catch (error) {
    tally.failed += 1;
    console.log(`FAILED: Jest left no report: ${error instanceof Error ? error.message : error}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main();
