/** What a subgraph refuses to whoever is not the gateway, and to the gateway for whoever may not change something. */
import { type DocumentNode, GraphQLError, type GraphQLSchema, getOperationAST, Kind } from 'graphql';
import { rootFieldsOf } from '../graph/rootFields.ts';
import type { Caller } from './verifyCredential.ts';

interface RequirementOptions {
  schema: GraphQLSchema;
  /** Whether strangers may ask for entities: to explore one subgraph by itself. */
  isOpen: boolean;
}

/** The error that an operation ends with before anything of it is run; undefined where it may be run. */
export type RequireGateway = (
  asked: { document: DocumentNode; operationName?: string | null | undefined },
  caller: Caller,
) => GraphQLError | undefined;

/**
 * Mutations are for the gateway alone, by a credential for these values and no others, and for readers with a scope that the field names (`@requiresScopes`): the gateway has
 * looked at that already, and this looks again. So are entities, whose representations would claim what they like.
 */
export function openGatewayRequirement({ schema, isOpen }: RequirementOptions): RequireGateway {
  const kinds = new WeakMap<DocumentNode, Map<string, RequestedFields>>();

  function requestedFieldsOf(
    document: DocumentNode,
    operationName: string | null | undefined,
  ): RequestedFields {
    const known = kinds.get(document) ?? new Map<string, RequestedFields>();
    kinds.set(document, known);
    const there = known.get(operationName ?? '');
    if (there) return there;
    const operation = getOperationAST(document, operationName);
    const fields = operation ? rootFieldsOf(operation, document) : new Set<string>();
    const isMutation = operation?.operation === 'mutation';
    const made = {
      isMutation,
      hasEntities: fields.has('_entities'),
      scopes: isMutation ? [...fields].flatMap((name) => scopesOf(schema, name)) : [],
    };
    // Names that the document does not hold are not kept: there is no end to them.
    if (operation) known.set(operationName ?? '', made);
    return made;
  }

  return ({ document, operationName }, { isGateway, asksForChange, reader }) => {
    const { isMutation, hasEntities, scopes } = requestedFieldsOf(document, operationName);
    if (isMutation && !(isGateway && asksForChange))
      return refusal('Expected the gateway to ask for this very change');
    if (!isGateway && hasEntities && !isOpen) return refusal('Expected the gateway to ask for entities');
    const isAllowed = scopes.every((ways) =>
      ways.some((all) => all.every((scope) => reader.scopes.has(scope))),
    );
    if (isAllowed) return undefined;
    return new GraphQLError(
      'Expected a reader with the scopes that the change needs, but got: one without.',
      {
        extensions: { code: 'FORBIDDEN' },
      },
    );
  };
}

interface RequestedFields {
  isMutation: boolean;
  hasEntities: boolean;
  /** For each field that asks for scopes: the sets of which one has to be had in full. */
  scopes: (readonly string[])[][];
}

function scopesOf(schema: GraphQLSchema, field: string): (readonly string[])[][] {
  const node = schema.getMutationType()?.getFields()[field]?.astNode;
  return (node?.directives ?? []).flatMap(({ name, arguments: given = [] }) => {
    const value = given.find((argument) => argument.name.value === 'scopes')?.value;
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
  new GraphQLError(`${expected}, by a credential that it signed, but got: none that holds.`, {
    extensions: { code: 'FORBIDDEN' },
  });
