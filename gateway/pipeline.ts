/** The request pipeline: every step of a request, in order. */
import { operationSteps } from './operationSteps.ts';
import { endpointSteps } from './server/graphqlEndpoint.ts';
import { httpSteps } from './server/httpSteps.ts';

/**
 * A request passes the steps of HTTP; a request to /graphql passes those of its endpoint too; and each operation, whichever endpoint
 * it comes from, those of operations. A step is added to one of these lists, at its place.
 */
export const pipeline: readonly { stage: string; steps: readonly { name: string }[] }[] = [
  { stage: 'HTTP', steps: httpSteps },
  { stage: '/graphql', steps: endpointSteps },
  { stage: 'operation', steps: operationSteps },
];
