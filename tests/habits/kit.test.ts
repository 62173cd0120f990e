import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const files = readdirSync('kit').map((name) => ({ name, text: readFileSync(join('kit', name), 'utf8') }));

/** Words of the newsroom and of what it publishes; what knows them belongs into a folder that is theirs. */
const productWords =
  /\b(?:article|stor(?:y|ies)|author|byline|image|picture|video|member|newsroom|partner|feed|embed|newsletter)s?\b/i;

describe('kit/', () => {
  it('is small', () => {
    const lines = files.reduce((sum, { text }) => sum + text.split('\n').length, 0);
    expect(lines).toBeLessThanOrEqual(400);
    expect(files.length).toBeLessThanOrEqual(8);
  });

  it.each(files)('knows no product: $name', ({ text }) => {
    expect(productWords.exec(text)?.[0]).toBeUndefined();
  });
});
