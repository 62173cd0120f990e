import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { settingsPage } from '../../schema/settingsPage.ts';
import { readSubgraphSettings } from '../../subgraphs/settings.ts';

describe('the settings', () => {
  it('stand in docs/settings.md as the code has them', () => {
    const { file, text } = settingsPage();
    const problem =
      readFileSync(file, 'utf8') === text ? undefined : `${file} is out of step: run npm run schema.`;
    expect(problem).toBeUndefined();
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
