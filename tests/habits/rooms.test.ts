import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';

interface Rule {
  name: string;
  comment: string;
}

describe('the walls between rooms', () => {
  let rules: Rule[];

  beforeAll(async () => {
    const law = await import(pathToFileURL('.dependency-cruiser.mjs').href);
    rules = law.default.forbidden;
  });

  /** "gateway/execute/ imports plan, wire besides ..." as the row that ARCHITECTURE.md has for it. */
  const rowOf = (room: string, comment: string) => {
    const allowed = /imports (.*?)(?: besides .*|;.*)$/.exec(comment)?.[1] ?? '';
    return `| ${room} | ${allowed} |`;
  };

  it('stand in ARCHITECTURE.md as the law has them', () => {
    const architecture = readFileSync('ARCHITECTURE.md', 'utf8').split('\n');
    const rooms = rules.flatMap(({ name, comment }) => {
      const [, folder] = /^(\w+)-alone$/.exec(name) ?? [];
      const [, room] = /^(?:gateway|subgraph)-(?!alone$)(\w+)$/.exec(name) ?? [];
      const subject = folder ?? room;
      return subject === undefined ? [] : [rowOf(subject, comment)];
    });
    expect(rooms).toHaveLength(28);
    expect(architecture).toEqual(expect.arrayContaining(rooms));
  });
});
