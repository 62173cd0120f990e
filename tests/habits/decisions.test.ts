import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const folder = 'docs/decisions';
const files = readdirSync(folder)
  .filter((file) => /^\d{4}-.*\.md$/.test(file))
  .sort();

/** The state of a record: its line "State: ...", else in force. */
const stateOf = (text: string) => /^State: (.+)\.$/m.exec(text)?.[1] ?? 'in force';

function titleOf(text: string): string {
  const title = text.slice(0, text.indexOf('\n')).replace(/^# (?:\d+[.:] )?/, '');
  return title.charAt(0).toUpperCase() + title.slice(1);
}

describe('docs/decisions/README.md', () => {
  it('has one row for each record, in order, with its title and state', () => {
    const expected = files.map((file) => {
      const text = readFileSync(`${folder}/${file}`, 'utf8');
      return `| [${file.slice(0, 4)}](${file}) | ${titleOf(text)} | ${stateOf(text)} |`;
    });
    const rows = readFileSync(`${folder}/README.md`, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| ['));
    expect(rows).toEqual(expected);
  });

  it('gives no number twice', () => {
    const numbers = files.map((file) => file.slice(0, 4));
    expect(numbers).toEqual([...new Set(numbers)]);
  });

  it.each(files)('has for %s a state that names a record', (file) => {
    const state = stateOf(readFileSync(`${folder}/${file}`, 'utf8'));
    if (state === 'in force') return;
    const [, number = '', name = ''] = /^(?:amended|superseded) by \[(\d{4})\]\(([^)]+)\)$/.exec(state) ?? [];
    expect(name.startsWith(`${number}-`) && existsSync(`${folder}/${name}`)).toBe(true);
  });
});
