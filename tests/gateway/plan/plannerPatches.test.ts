/** gateway/plan/requiresOrder.ts replaces methods of Apollo's planner, whose sources nothing else holds still. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const sources = {
  planner: readFileSync(require.resolve('@apollo/query-planner/dist/buildPlan.js'), 'utf8'),
  selections: readFileSync(require.resolve('@apollo/federation-internals/dist/operations.js'), 'utf8'),
  maps: readFileSync(require.resolve('@apollo/federation-internals/dist/utils.js'), 'utf8'),
};

/** The text of a method of a class, as the packages' compiler indents it. */
function methodIn(source: string, className: string, method: string): string {
  const [, body = ''] = source.split(new RegExp(`^class ${className}\\b.*\\{$`, 'm'));
  const [text = ''] = new RegExp(`^ {4}${method}\\(.*?^ {4}\\}$`, 'ms').exec(body) ?? [];
  return text;
}

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);

describe('the methods of the planner that are replaced', () => {
  it.each([
    ['planner', 'FetchGroup', 'addAtPath', 'd11c146de7b9'],
    ['planner', 'FetchGroup', 'canMergeChildIn', '6c8822fffe31'],
    ['planner', 'FetchGroup', 'canMergeGrandChildIn', '53f140d97b6e'],
    ['planner', 'FetchGroup', 'mergeInWithAllDependencies', '82c5ba75d31c'],
    ['selections', 'SelectionSet', 'canRebaseOn', '5dcd2d2da247'],
    ['maps', 'MapWithCachedArrays', 'set', 'b87e61ee39b1'],
  ] as const)(
    'are those that requiresOrder.ts was written for: %s, %s.%s',
    (file, className, method, digest) => {
      const text = methodIn(sources[file], className, method);
      expect(text).not.toBe('');
      // After an update of Apollo's packages: read the method again, see that its patch still holds, and write its digest here.
      expect(digestOf(text)).toBe(digest);
    },
  );
});
