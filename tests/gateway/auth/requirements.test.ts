import { describe, expect, it } from '@jest/globals';
import { buildASTSchema, parse } from 'graphql';
import { follows } from '../../../gateway/auth/authClauses.ts';
import { readRequirements } from '../../../gateway/auth/authRequirements.ts';
import { compose } from '../../support/tiny-graph.ts';

const specs = 'https://specs.apollo.dev';

/** A supergraph of one that composed before interfaces took what those who implement them ask. */
function older(types: string, links = ''): string {
  return `
    schema
      @link(url: "${specs}/link/v1.0")
      @link(url: "${specs}/join/v0.5", for: EXECUTION)
      @link(url: "${specs}/context/v0.1", for: SECURITY)
      ${links || ['authenticated', 'requiresScopes', 'policy'].map((name) => `@link(url: "${specs}/${name}/v0.1", for: SECURITY)`).join(' ')}
    { query: Query }
    ${types}`;
}

const read = (sdl: string) =>
  readRequirements({ fullSchema: buildASTSchema(parse(sdl), { assumeValid: true }) });

/** What a field asks, in words. */
function asked(sdl: string, place: string): string[] {
  const [type = '', field = ''] = place.split('.');
  const clauses = field ? read(sdl)?.ofField(type, field) : read(sdl)?.ofInterface(type);
  return (clauses ?? []).map(({ kind, anyOf }) =>
    kind === 'authenticated' ? kind : `${kind} ${anyOf.map((all) => all.join('+')).join(' or ')}`,
  );
}

describe('what a supergraph asks of its readers', () => {
  it('is nothing where no feature of the kind is linked, or none is used', () => {
    expect(read(older('type Query { a: Int }'))).toBeUndefined();
    expect(
      read(older('type Query { a: Int @authenticated }', '@link(url: "https://other.test/x/v1.0")')),
    ).toBeUndefined();
  });

  it('is said by the type, the field, and the type of its value', () => {
    const sdl = older(`
      type Query { a: A b: [B!]! @policy(policies: [["p", "q"], ["r"]]) e: E s: [[S]] }
      type A @authenticated { x: Int @requiresScopes(scopes: [["x"]]) }
      type B { x: Int }
      enum E @authenticated { ONE }
      scalar S @requiresScopes(scopes: [["s"], ["t"]])`);
    expect(asked(sdl, 'Query.a')).toEqual(['authenticated']);
    expect(asked(sdl, 'Query.b')).toEqual(['policy p+q or r']);
    expect(asked(sdl, 'Query.e')).toEqual(['authenticated']);
    expect(asked(sdl, 'Query.s')).toEqual(['requiresScopes s or t']);
    expect(asked(sdl, 'A.x')).toEqual(['authenticated', 'requiresScopes x']);
    expect(asked(sdl, 'B.x')).toEqual([]);
    expect(asked(sdl, 'B.unknown')).toEqual([]);
  });

  it('is read under the names that composition gave', () => {
    const typeDefs = parse(`
      extend schema @link(url: "${specs}/federation/v2.9", import: [{ name: "@authenticated", as: "@login" }])
      type Query { a: Int @login b: Int @federation__policy(policies: [["p"]]) c: Int @federation__requiresScopes(scopes: [["s"]]) }`);
    const sdl = compose([{ name: 'one', url: 'http://one.test', typeDefs }]);
    expect(['a', 'b', 'c'].map((name) => asked(sdl, `Query.${name}`))).toEqual([
      ['authenticated'],
      ['policy p'],
      ['requiresScopes s'],
    ]);
    const renamed = older(
      'type Query { a: Int @rule(policies: [["p"]]) b: Int @policy(policies: [["q"]]) }',
      `@link(url: "${specs}/policy/v0.1", as: "rule", for: SECURITY)`,
    );
    expect(asked(renamed, 'Query.a')).toEqual(['policy p']);
    expect(asked(renamed, 'Query.b')).toEqual([]);
  });

  const posts = (own: string) =>
    older(`
      type Query { post: Post }
      interface Node { id: ID }
      interface Post implements Node ${own} { id: ID title: String }
      type Public implements Post & Node { id: ID title: String @requiresScopes(scopes: [["titles"]]) }
      type Private implements Post & Node @authenticated { id: ID title: String }`);

  it('is of an interface what all ask that implement it, though the supergraph does not say so', () => {
    expect(asked(posts(''), 'Post.title')).toEqual(['requiresScopes titles', 'authenticated']);
    expect(asked(posts(''), 'Node.id')).toEqual(['authenticated']);
    expect(asked(posts(''), 'Post')).toEqual(['authenticated']);
    expect(asked(posts(''), 'Query.post')).toEqual([]);
  });

  it('is asked for a value of an interface where the interface asks more than those who implement it', () => {
    expect(asked(posts('@authenticated'), 'Query.post')).toEqual([]);
    expect(asked(posts('@policy(policies: [["p"]])'), 'Query.post')).toEqual(['policy p']);
    expect(asked(posts('@policy(policies: [["p"]])'), 'Public.id')).toEqual([]);
  });

  it('is of what is computed all that it is computed of, in turn and in circles', () => {
    const sdl = older(`
      type Query { t: T }
      type T @join__type(graph: A, key: "id") {
        id: ID
        price: Int @requiresScopes(scopes: [["prices"]])
        size: Size
        tax: Int @join__field(graph: B, requires: "price")
        total: Int @join__field(graph: C, requires: "tax size { ... on Size { width } }")
        one: Int @join__field(graph: B, requires: "two")
        two: Int @authenticated @join__field(graph: C, requires: "one")
      }
      type Size { width: Int @policy(policies: [["measure"]]) }`);
    expect(asked(sdl, 'T.tax')).toEqual(['requiresScopes prices']);
    expect(asked(sdl, 'T.total')).toEqual(['requiresScopes prices', 'policy measure']);
    expect([asked(sdl, 'T.one'), asked(sdl, 'T.two')]).toEqual([['authenticated'], ['authenticated']]);
  });

  it('is of what takes arguments from a context what these ask', () => {
    const sdl = older(`
      type Query { t: T }
      type T @context(name: "a__t") @policy(policies: [["t"]]) { secret: Int @authenticated u: U }
      type Other @tag(name: "a__t") @requiresScopes(scopes: [["no"]]) { secret: Int }
      type U {
        x: Int @join__field(graph: A, contextArguments: [
          { context: "a__t", name: "arg", type: "Int", selection: "{ secret }" }
        ])
      }`);
    expect(asked(sdl, 'U.x')).toEqual(['policy t', 'authenticated']);
  });

  it('cannot be read where it is no lists of lists', () => {
    const sdl = older('type Query { a: Int @policy(policies: { p: 1 }) }');
    expect(() => asked(sdl, 'Query.a')).toThrow('lists of lists');
    const single = older('type Query { a: Int @policy(policies: "p") b: Int @policy(policies: ["p", "q"]) }');
    expect([asked(single, 'Query.a'), asked(single, 'Query.b')]).toEqual([['policy p'], ['policy p or q']]);
  });

  it('follows from other things only where everybody who has those has it', () => {
    const scopes = (...anyOf: string[][]) => ({ kind: 'requiresScopes' as const, anyOf });
    const signedIn = { kind: 'authenticated' as const, anyOf: [] };
    expect(follows(scopes(['a', 'b']), [scopes(['a']), scopes(['b'])])).toBe(true);
    expect(follows(scopes(['a'], ['b']), [scopes(['a', 'c'])])).toBe(true);
    expect(follows(scopes(['a']), [scopes(['a'], ['b'])])).toBe(false);
    expect(follows(scopes(['a']), [])).toBe(false);
    expect(follows(signedIn, [scopes(['a'])])).toBe(false);
    expect(follows(scopes(['a']), [{ kind: 'policy', anyOf: [['a']] }])).toBe(false);
    const wide = scopes(...Array.from({ length: 40 }, (_, at) => [`${at}`, 'a']));
    expect(follows(scopes(['a']), [wide, { ...wide }])).toBe(false);
  });
});
