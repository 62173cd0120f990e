/** Adds the cost of an operation to the "extensions" of its result, if the request asks for it by a header. */
import type { GraphQLRequestListener } from '@apollo/server';
import type { Scales } from '../demand/enforceCost.ts';
import type { ResultText } from '../execute/apolloExecutor.ts';
import type { RequestContext } from '../requestContext.ts';
import type { Settings } from '../settings.ts';

/** Request header; its value `report` requests the estimated and the actual cost. */
export const costHeader = 'graphql-cost';

/** Adds `extensions.cost`; in production only for accounts that may explore. */
export function addCostExtension(
  { schema, operation, document, request, contextValue, response: { body } }: Responding,
  { report }: Scales,
  { isProduction }: Settings,
): void {
  if (contextValue.headers[costHeader] !== 'report' || body.kind !== 'single') return;
  if (!operation || !document || (isProduction && !contextValue.account?.mayExplore)) return;
  const { data, extensions } = body.singleResult;
  const costRequest = { schema, document, operation, variables: request.variables ?? {} };
  const plain = data && 'toJSON' in data ? (data as unknown as ResultText).toJSON() : data;
  body.singleResult.extensions = { ...extensions, cost: report(costRequest, plain) };
}

type Responding = Parameters<NonNullable<GraphQLRequestListener<RequestContext>['willSendResponse']>>[0];
