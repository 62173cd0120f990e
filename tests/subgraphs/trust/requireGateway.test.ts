import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { readerIn } from '../../../subgraphs/trust/reader.ts';
import { openGatewayRequirement } from '../../../subgraphs/trust/requireGateway.ts';
import { anonymousCaller, type Caller } from '../../../subgraphs/trust/verifyCredential.ts';

const schema = buildSchema(`
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION
  scalar _Any
  type Query { a: Int _entities(representations: [_Any!]!): [Int] }
  type Mutation {
    open: Int
    put(id: Int): Int @requiresScopes(scopes: [["write"], ["all", "admin"]])
    publish: Int @requiresScopes(scopes: [["publish"]])
  }
`);

const gatewayFor = (scope = ''): Caller => ({
  isGateway: true,
  asksForChange: true,
  reader: readerIn({ reader: { sub: 'x', scope } }),
});

/** Why it is refused; undefined where it is not. */
function refusal(
  query: string,
  caller: Caller,
  { isOpen = false, operationName = null as string | null } = {},
) {
  return openGatewayRequirement({ schema, isOpen })({ document: parse(query), operationName }, caller)
    ?.message;
}

describe('what a subgraph refuses', () => {
  it('are changes to whoever is not the gateway, where anybody may explore it too', () => {
    const hidden = 'mutation { ...F } fragment F on Mutation { ... { x: open } }';
    for (const query of ['mutation { open }', 'mutation { put }', hidden])
      for (const isOpen of [true, false])
        for (const reader of [anonymousCaller.reader, gatewayFor('write publish').reader])
          expect(refusal(query, { ...anonymousCaller, reader }, { isOpen })).toMatch(
            /^Expected a credential of the gateway for this mutation, /,
          );
    expect(refusal('mutation { open }', gatewayFor())).toBeUndefined();
    expect(refusal('mutation { open }', { ...gatewayFor(), asksForChange: false })).toMatch(
      /^Expected a credential of the gateway for this mutation, /,
    );
    expect(refusal('{ a }', { ...gatewayFor(), asksForChange: false })).toBeUndefined();
  });

  it('are entities to whoever is not the gateway, unless anybody may explore it', () => {
    const entities = [
      '{ _entities(representations: []) }',
      '{ a x: _entities(representations: []) }',
      '{ ...F } fragment F on Query { ... on Query { x: _entities(representations: []) } ...F }',
    ];
    for (const query of entities) {
      expect(refusal(query, anonymousCaller)).toMatch(
        /^Expected a credential of the gateway for _entities, /,
      );
      expect(refusal(query, anonymousCaller, { isOpen: true })).toBeUndefined();
      expect(refusal(query, gatewayFor())).toBeUndefined();
    }
    expect(refusal('{ a }', anonymousCaller)).toBeUndefined();
  });

  it('are changes to readers without the scopes that each of them names', () => {
    const may = (query: string, scope: string) => refusal(query, gatewayFor(scope)) === undefined;
    expect(
      ['', 'writer', 'all', 'publish', 'all other'].map((scope) => may('mutation { put }', scope)),
    ).toEqual([...[false, false, false, false, false]]);
    expect(['write', 'all admin', 'x write y'].map((scope) => may('mutation { put }', scope))).toEqual([
      true,
      true,
      true,
    ]);
    const both = 'mutation { open a: put ...F } fragment F on Mutation { b: publish }';
    expect(['write', 'publish', 'write publish'].map((scope) => may(both, scope))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('is judged by the operation that is meant, and not by others beside it', () => {
    const guard = openGatewayRequirement({ schema, isOpen: false });
    const document = parse('query A { a } mutation B { open } query C { _entities(representations: []) }');
    const names = ['A', 'B', 'C', 'A'].map(
      (operationName) => guard({ document, operationName }, anonymousCaller)?.extensions.code,
    );
    expect(names).toEqual([undefined, 'FORBIDDEN', 'FORBIDDEN', undefined]);
  });
});
