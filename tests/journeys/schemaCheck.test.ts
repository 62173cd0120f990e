import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startProgram } from '../support/program.ts';

const changelog = (...sections: string[]) => `# Changelog\n\n${sections.join('\n\n')}\n`;
const withoutReason = changelog('## Unreleased\n\n- Nothing to tell.');

describe('npm run schema -- --check', () => {
  let folder = '';
  let baseline = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dateline-schema-'));
    baseline = await readFile('schema/api.graphql', 'utf8');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Runs the program on a baseline and a changelog of its own. */
  async function run(since: string, history: string, ...args: string[]) {
    const files = { since: join(folder, 'since.graphql'), changelog: join(folder, 'CHANGELOG.md') };
    await writeFile(files.since, since);
    await writeFile(files.changelog, history);
    const options = ['--since', files.since, '--changelog', files.changelog];
    return startProgram('schema/write.js', { args: [...args, ...options] }).ended;
  }
  const check = (since: string, history: string) => run(since, history, '--check');

  /** What an older schema could have had, by the coordinate of what is not there any more. */
  const older: Record<string, (sdl: string) => string> = {
    'Query.gone': (sdl) => sdl.replace('type Query {', '$&\n  gone: String'),
    'Query.feed(kind:)': (sdl) => sdl.replace('  feed(', '$&\n    kind: String'),
    'Genre.HOROSCOPE': (sdl) => sdl.replace('enum Genre {', '$&\n  HOROSCOPE'),
    'ArticleFilter.section': (sdl) => sdl.replace('input ArticleFilter {', '$&\n  section: String'),
    'Article.readingTimeMinutes': (sdl) =>
      sdl.replace('  readingTimeMinutes: Int!', '  readingTimeMinutes: String!'),
    Horoscope: (sdl) => `${sdl}\ntype Horoscope { sign: String }\n`,
  };

  it('fails while a breaking change is not in the changelog with its reason', async () => {
    let since = baseline;
    for (const change of Object.values(older)) {
      expect(change(since)).not.toBe(since);
      since = change(since);
    }
    const coordinates = Object.keys(older);
    const expected = (coordinate: string) =>
      `Expected \`${coordinate}\` with its reason in the first section of `;
    const failed = await check(since, withoutReason);
    for (const coordinate of coordinates) expect(failed.stderr).toContain(expected(coordinate));
    expect(failed.stderr.match(/^BREAKING: /gm)).toHaveLength(coordinates.length);
    expect([failed.code, failed.stdout]).toEqual([1, '']);

    const [first = '', ...rest] = coordinates.map((coordinate) => `- \`${coordinate}\`: nobody asked.`);
    const earlier = await check(
      since,
      changelog(`## Unreleased\n\n${rest.join('\n')}`, `## 0.1.0\n\n${first}`),
    );
    expect(earlier.stderr.match(/^BREAKING: .*/gm)).toEqual([
      expect.stringContaining(expected('Query.gone')),
    ]);
    expect(earlier.code).toBe(1);

    const told = await check(since, changelog(`## Unreleased\n\n${[first, ...rest].join('\n')}`));
    expect([told.code, told.stderr]).toEqual([0, '']);
    expect(told.stdout.match(/^BREAKING: /gm)).toHaveLength(coordinates.length);
  });

  it('prints what may break careless clients, and does not fail', async () => {
    const since = baseline.replace(/\n {2}"{3}Story told by a video\."{3}\n {2}VIDEO\n/, '\n');
    expect(since).not.toBe(baseline);
    const { code, stdout } = await check(since, withoutReason);
    expect(stdout).toContain("DANGEROUS: Enum value 'VIDEO' was added to enum 'Genre'");
    expect(code).toBe(0);
  });

  it('says nothing of a field that was added', async () => {
    const since = baseline.replace(/\n {2}"{3}[^"]*"{3}\n {2}readingTimeMinutes: Int!\n/, '\n');
    expect(since).not.toBe(baseline);
    const { code, stdout } = await check(since, withoutReason);
    expect([code, stdout]).toEqual([0, 'schema/ and docs/settings.md are in step with the code.\n']);
  });

  it('writes a baseline for a released version only', async () => {
    const early = await run(baseline, withoutReason, '--baseline');
    expect([early.code, early.stderr]).toEqual([
      1,
      expect.stringMatching(/^Expected a section "## \d+\.\d+\.\d+" in CHANGELOG\.md, but got: none\./),
    ]);
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    const released = changelog(`## ${version} (2026-12-01)`);
    expect(await run('type Query { none: Int }', released, '--baseline')).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect(await readFile(join(folder, 'since.graphql'), 'utf8')).toBe(baseline);
  });
});
