import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { checkFeatures } from '../../../gateway/supergraph/features.ts';
import { compose } from '../../support/tiny-graph.ts';

const check = (sdl: string) => checkFeatures(parse(sdl));

function supergraph(imports: string, types: string): string {
  const typeDefs = parse(`
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: [${imports}])
    ${types}`);
  return compose([{ name: 'one', url: 'http://one.test', typeDefs }]);
}

describe('a supergraph', () => {
  it.each([
    ['@authenticated', 'type Query { a: Int @authenticated }', 'Query.a'],
    ['@requiresScopes', 'type Query { a: T } type T @requiresScopes(scopes: [["x"]]) { b: Int }', 'T'],
    ['@policy', 'type Query { a: E } enum E @policy(policies: [["x"]]) { A }', 'E'],
  ])('that uses %s is refused with the name of the place', (directive, types, place) => {
    expect(check(supergraph(`"${directive}"`, types))).toBe(
      `${directive} at ${place}, which it does not enforce.`,
    );
  });

  it('that says who may see what is taken where that is enforced, one with connectors never', () => {
    const enforced = (sdl: string) => checkFeatures(parse(sdl), { enforces: true });
    const types = 'type Query { a: Int @authenticated @policy(policies: [["x"]]) }';
    expect(enforced(supergraph('"@authenticated", "@policy"', types))).toBeUndefined();
    expect(
      enforced(`
        schema @link(url: "https://specs.apollo.dev/connect/v0.2", for: EXECUTION) { query: Query }
        type Query { a: Int @join__directive(graphs: [], name: "connect", args: {}) }`),
    ).toBe('@connect at Query.a, which it does not enforce.');
  });

  it('that says so of the schema itself is refused with that place', () => {
    const link = '@link(url: "https://specs.apollo.dev/connect/v0.2", for: EXECUTION)';
    const source = '@join__directive(graphs: [], name: "source", args: {})';
    const place = '@connect at the schema, which it does not enforce.';
    expect(check(`schema ${link} ${source} { query: Query } type Query { a: Int }`)).toBe(place);
    expect(check(`schema ${link} { query: Query } type Query { a: Int } extend schema ${source}`)).toBe(
      place,
    );
  });

  it('that uses such a feature under another name is refused too', () => {
    const sdl = supergraph(
      '{ name: "@authenticated", as: "@mustLogIn" }',
      'type Query { a: Int @mustLogIn }',
    );
    expect(check(sdl)).toBe('@authenticated at Query.a, which it does not enforce.');
    const renamed = `
      schema @link(url: "https://specs.apollo.dev/policy/v0.1", as: "rule", for: SECURITY) { query: Query }
      type Query { a: Int @rule(policies: [["x"]]) }`;
    expect(check(renamed)).toBe('@policy at Query.a, which it does not enforce.');
  });

  it('that only links one of them is taken', () => {
    const sdl = `
      schema @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY) { query: Query }
      directive @authenticated on FIELD_DEFINITION
      type Query { a: Int }`;
    expect(check(sdl)).toBeUndefined();
  });

  it('whose connectors call other services is refused', () => {
    const sdl = `
      schema
        @link(url: "https://specs.apollo.dev/connect/v0.2", for: EXECUTION)
        @join__directive(graphs: [], name: "link", args: {}) { query: Query }
      type Query { a: Int @join__directive(graphs: [], name: "connect", args: {}) }`;
    expect(check(sdl)).toBe('@connect at Query.a, which it does not enforce.');
    expect(check(sdl.replace('"connect"', '"other"'))).toBeUndefined();
  });

  it('with @tag, @cost, @context and names that only look alike is taken', () => {
    const sdl = supergraph(
      '"@tag", "@cost"',
      'type Query { authenticated: Int @tag(name: "x") @cost(weight: 3) }',
    );
    expect(check(sdl)).toBeUndefined();
  });
});
