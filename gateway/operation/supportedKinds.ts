/** Checks that the gateway supports the operation's type. */
import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { callerError } from '../errors.ts';

/** Throws a registered error for a subscription, or if the schema has no root type for the operation. */
export function refuseKind({ operation: type }: OperationDefinitionNode, schema: GraphQLSchema): void {
  if (type === 'subscription') throw callerError('SUBSCRIPTIONS_NOT_SUPPORTED');
  if (!schema.getRootType(type)) throw callerError('OPERATION_TYPE_NOT_SUPPORTED', { type });
}
