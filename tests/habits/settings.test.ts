import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { settingsTable as gatewayTable } from '../../gateway/settings.ts';
import { readSubgraphSettings, settingsTable as subgraphTable } from '../../subgraphs/settings.ts';

/** A setting that both sides read is told once, as the gateway tells it. */
const rows = [...new Map([...subgraphTable, ...gatewayTable].map((row) => [row.name, row])).values()].sort(
  (a, b) => (a.name < b.name ? -1 : 1),
);

describe('the settings', () => {
  it('stand in README as the code has them, each one and no other', () => {
    const readme = readFileSync('README.md', 'utf8');
    const table = rows.map((row) => `| \`${row.name}\` | ${row.default || 'nothing'} | ${row.meaning} |`);
    const printed = readme.split('\n').filter((line) => /^\| `[A-Z_]+` \|/.test(line));
    expect(printed).toEqual(table);
  });

  it('are refused all at once, each with what was expected and what came', () => {
    const read = () =>
      readSubgraphSettings({
        DATABASE_URL: 'mysql://root:secret@db/x',
        PUBLIC_URL: 'news',
        LOG_LEVEL: 'loud',
        DATABASE_POOL: '0',
      });
    expect(read).toThrow(
      'Expected DATABASE_URL to be a URL that starts with postgres://, but got: mysql://***@db/x.',
    );
    expect(read).toThrow('Expected PUBLIC_URL to be an http or https URL, but got: news.');
    expect(read).toThrow(
      'Expected LOG_LEVEL to be fatal, error, warn, info, debug, trace or silent, but got: loud.',
    );
    expect(read).toThrow('Expected DATABASE_POOL to be a whole number from 1 to 100, but got: 0.');
  });

  it('take an empty text as not set', () => {
    expect(readSubgraphSettings({ HOST: '', DATABASE_URL: '' })).toMatchObject({ host: '127.0.0.1' });
  });
});
