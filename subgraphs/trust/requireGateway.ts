/** Rejects operations that only the gateway may send, and mutations without the required scopes. */
import { type DocumentNode, GraphQLError, type GraphQLSchema, getOperationAST, Kind } from 'graphql';
import { rootFieldsOf } from '../graph/rootFields.ts';
import type { Caller } from './verifyCredential.ts';

interface RequirementOptions {
  schema: GraphQLSchema;
  /** Whether callers other than the gateway may query entities, for exploring a single subgraph. */
  isOpen: boolean;
}

/** Returns the error that an operation is rejected with before execution; undefined if it may run. */
export type RequireGateway = (
  operation: { document: DocumentNode; operationName?: string | null | undefined },
  caller: Caller,
) => GraphQLError | undefined;

/**
 * Mutations need a credential of the gateway, signed for exactly these variables and this operation, and a reader with
 * the scopes that the field requires (`@requiresScopes`). The gateway has checked the scopes already; this is the
 * second check. Entities need the gateway too, since representations can claim anything.
 */
export function openGatewayRequirement({ schema, isOpen }: RequirementOptions): RequireGateway {
  const requestedFields = new WeakMap<DocumentNode, Map<string, RequestedFields>>();

  function requestedFieldsOf(
    document: DocumentNode,
    operationName: string | null | undefined,
  ): RequestedFields {
    const byName = requestedFields.get(document) ?? new Map<string, RequestedFields>();
    requestedFields.set(document, byName);
    const cached = byName.get(operationName ?? '');
    if (cached) return cached;
    const operation = getOperationAST(document, operationName);
    const fields = operation ? rootFieldsOf(operation, document) : new Set<string>();
    const isMutation = operation?.operation === 'mutation';
    const computed = {
      isMutation,
      hasEntities: fields.has('_entities'),
      scopes: isMutation ? [...fields].flatMap((name) => scopesOf(schema, name)) : [],
    };
    // Unknown operation names are not cached: their number is unlimited.
    if (operation) byName.set(operationName ?? '', computed);
    return computed;
  }

  return ({ document, operationName }, { isGateway, asksForChange, reader }) => {
    const { isMutation, hasEntities, scopes } = requestedFieldsOf(document, operationName);
    if (isMutation && !(isGateway && asksForChange))
      return refusal('Expected a credential of the gateway for this mutation');
    if (!isGateway && hasEntities && !isOpen)
      return refusal('Expected a credential of the gateway for _entities');
    const isAllowed = scopes.every((alternatives) =>
      alternatives.some((all) => all.every((scope) => reader.scopes.has(scope))),
    );
    if (isAllowed) return undefined;
    return new GraphQLError('Expected a reader with the required scopes, but got: one without them.', {
      extensions: { code: 'FORBIDDEN' },
    });
  };
}

interface RequestedFields {
  isMutation: boolean;
  hasEntities: boolean;
  /** For each field that requires scopes: alternative sets, one of which the reader must hold in full. */
  scopes: (readonly string[])[][];
}

function scopesOf(schema: GraphQLSchema, field: string): (readonly string[])[][] {
  const node = schema.getMutationType()?.getFields()[field]?.astNode;
  return (node?.directives ?? []).flatMap(({ name, arguments: args = [] }) => {
    const value = args.find((argument) => argument.name.value === 'scopes')?.value;
    if (!name.value.endsWith('requiresScopes') || value?.kind !== Kind.LIST) return [];
    return [
      value.values.map((all) =>
        all.kind === Kind.LIST
          ? all.values.flatMap((one) => (one.kind === Kind.STRING ? [one.value] : []))
          : [],
      ),
    ];
  });
}

const refusal = (expected: string) =>
  new GraphQLError(`${expected}, but got: none that is valid.`, {
    extensions: { code: 'FORBIDDEN' },
  });
