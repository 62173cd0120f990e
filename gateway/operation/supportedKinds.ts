/** Which kinds of operations can be answered at all. */
import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { callerError } from '../errors.ts';

/** Throws a registered error for what no plan can be made of. */
export function refuseKind({ operation: type }: OperationDefinitionNode, schema: GraphQLSchema): void {
  if (type === 'subscription') throw callerError('SUBSCRIPTIONS_NOT_SUPPORTED');
  if (!schema.getRootType(type)) throw callerError('OPERATION_TYPE_NOT_SUPPORTED', { type });
}
