import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Lexer, parse, Source, TokenKind, visit } from 'graphql';
import { depthOf, directivesOf, nestingOf } from '../../../gateway/operation/textBounds.ts';
import { makeGateway } from '../../support/gateway.ts';

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

/** The most directives of any node of the parsed text. */
function directivesByParser(text: string): number {
  let most = 0;
  visit(parse(text), {
    enter(node) {
      if ('directives' in node && node.directives) most = Math.max(most, node.directives.length);
    },
  });
  return most;
}

const directive = fc.constantFrom(
  '@a',
  ' @ a',
  '@skip(if: true)',
  ',@a',
  '@a(list: ["@x @y", """@z"""], o: {k: 1})\n',
  '#@c\n@a',
);
const directives = fc.array(directive, { maxLength: 6 }).map((all) => all.join(''));
const operations = fc.tuple(directives, directives, directives, directives, directives, directives).map(
  ([operation, variable, field, inline, spread, fragment]) =>
    `query Q($b: [Boolean!]! = [true] ${variable}) ${operation} { x: f(s: "@a @b") ${field} { g } h ... ${inline} { i } ...F ${spread} }
       fragment F on T ${fragment} { j @a k }`,
);

describe('the bound on directives', () => {
  it('counts those of one place as the parser of graphql-js does', () => {
    fc.assert(
      fc.property(operations, (text) => expect(directivesOf(text, 100)).toBe(directivesByParser(text))),
      { numRuns: 500 },
    );
  });

  it('looks no further than it has to, and ends on any text', () => {
    expect(directivesOf(`{ f ${'@a '.repeat(100_000)} }`, 5)).toBe(6);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => directivesOf(text, 5) >= 0),
    );
  });

  it.each([
    ['a field', `{ __typename ${'@aa'.repeat(10)} }`],
    ['a fragment', `{ ... ${'@include(if: true)'.repeat(6)} { __typename } }`],
    ['an operation', `query ${'@a\n'.repeat(6)} { __typename }`],
    ['a variable', `query ($a: Int ${'@a '.repeat(6)}) { __typename }`],
  ])('refuses more of them on %s, with one error and before anything is validated', async (_, query) => {
    const gateway = await makeGateway();
    try {
      const { status, body } = await gateway.ask(query);
      expect(status).toBe(400);
      expect(body.errors).toEqual([
        {
          message: 'Expected the operation to have at most 5 directives on one element, but got: more.',
          extensions: { code: 'OPERATION_TOO_LARGE' },
        },
      ]);
      const few = await gateway.ask('query ($a: Boolean!) { __typename @include(if: $a) @skip(if: $a) }', {
        a: true,
      });
      expect(few.body).toEqual({ data: {} });
    } finally {
      await gateway.stop();
    }
  });
});
