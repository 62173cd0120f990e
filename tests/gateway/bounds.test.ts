import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Lexer, Source, TokenKind } from 'graphql';
import { depthOf, nestingOf } from '../../gateway/operation/bounds.ts';

const opening: string[] = [TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L];
const closing: string[] = [TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R];

/** The same by the lexer of graphql-js, which the text must satisfy. */
function nestingByLexer(text: string): number {
  const lexer = new Lexer(new Source(text));
  let open = 0;
  let deepest = 0;
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    if (opening.includes(token.kind)) deepest = Math.max(deepest, ++open);
    if (closing.includes(token.kind)) open--;
  }
  return deepest;
}

const pieces = [
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  ' a ',
  '"',
  '"{"',
  '"\\"{"',
  '"""{"""',
  '"""\\"""{"""',
  '# {\n',
  '#"\n',
  '\n',
  '""',
];

describe('the bound on nesting', () => {
  it('counts brackets as the lexer of graphql-js does, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        let expected: number;
        try {
          expected = nestingByLexer(text);
        } catch {
          fc.pre(false);
          return;
        }
        expect(nestingOf(text)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('ends on any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => nestingOf(text) >= 0));
  });

  it('measures variables, without looking further than asked', () => {
    expect(depthOf(undefined, 50)).toBe(0);
    expect(depthOf({ a: 1 }, 50)).toBe(1);
    expect(depthOf({ a: [{ b: null }], c: 1 }, 50)).toBe(3);
    const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`);
    expect(depthOf(deep, 50)).toBe(51);
  });
});
