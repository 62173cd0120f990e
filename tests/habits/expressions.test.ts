/** Regular expressions on texts from outside take time in proportion to the text, which nobody sees by counting steps. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseSync } from '@swc/core';
import { analyse } from 'scslre';

/** Where texts come from outside. */
const places = [
  'subgraphs/articles/html',
  'newsroom/import/ghost',
  'newsroom/webhooks',
  'subgraphs/articles/story',
];

interface Literal {
  pattern: string;
  flags: string;
}

const filesIn = (place: string): string[] =>
  readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(place, name));

function literalsIn(value: unknown): Literal[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && value.type === 'RegExpLiteral' ? [value as unknown as Literal] : [];
  return [...own, ...Object.values(value).flatMap(literalsIn)];
}

/** What makes an expression slow: parts that fight for the same characters, or a start at each of many places. */
function slownessOf({ pattern: source, flags }: Literal): string[] {
  const { reports } = analyse(
    { source, flags },
    { reportTypes: { Move: true, Self: true, Trade: true }, assumeRejectingSuffix: false },
  );
  return reports.map(({ type, exponential }) => `${exponential ? 'exponential' : 'polynomial'} ${type}`);
}

describe('expressions for texts from outside', () => {
  it('are known where they are slow', () => {
    const slow = (pattern: string) => slownessOf({ pattern, flags: '' });
    expect(slow('\\s+$')).not.toEqual([]);
    expect(slow('^(a+)+b')).not.toEqual([]);
    expect(slow('\\[[^\\]]*\\]\\(([^)\\s]+)[^)]*\\)')).not.toEqual([]);
    expect(slow('^[a-z]+:')).toEqual([]);
  });

  it.each(places)('are quick in %s', (place) => {
    const found = filesIn(place).flatMap((file) => {
      const tree = parseSync(readFileSync(file, 'utf8'), { syntax: 'typescript' });
      return literalsIn(tree).flatMap((one) => {
        const slowness = slownessOf(one);
        return slowness.length === 0 ? [] : [`${file}: /${one.pattern}/${one.flags}: ${slowness.join(', ')}`];
      });
    });
    expect(found).toEqual([]);
  });
});
