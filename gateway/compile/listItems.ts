/** Objects of an answer, and which types they are of. */
import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';

export type Item = Record<string, unknown>;

/** Whether an object of the type `typename` is one of the type `condition` too. */
export function isOfType(schema: GraphQLSchema, typename: unknown, condition: string): boolean {
  if (typename === condition) return true;
  if (typeof typename !== 'string') return false;
  const type = schema.getType(typename);
  const wanted = schema.getType(condition);
  return (
    isAbstractType(wanted) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type)
  );
}
