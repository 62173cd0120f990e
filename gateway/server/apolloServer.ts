/** Apollo Server for the endpoint /graphql: it parses and validates operations, and the pipeline executes them. */
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Logger } from 'pino';
import type { Scales } from '../demand/enforceCost.ts';
import { createExecutor } from '../execute/apolloExecutor.ts';
import type { GraphResult } from '../execute/graph.ts';
import type { Graphs } from '../execute/graphLease.ts';
import { keepDocuments, keepTexts } from '../operation/documentCache.ts';
import type { Stored } from '../operation/storedOperations.ts';
import type { Pipeline } from '../operationSteps.ts';
import type { RequestContext } from '../requestContext.ts';
import type { Settings } from '../settings.ts';
import type { Results } from '../wire/results.ts';
import { addCostExtension } from './costExtension.ts';
import { answerErrors } from './formatErrors.ts';
import { writeResult } from './printResult.ts';

/** Maximum characters of cached persisted query texts (APQ): some thousands of operations. */
const maxTextCharacters = 8 * 1024 * 1024;

/** Creates an Apollo Server that executes operations by the pipeline, with all reporting plugins disabled. */
export function createApollo({
  pipeline,
  graphs,
  stored,
  settings,
  scales,
  log,
}: ApolloOptions): ApolloServer<RequestContext> {
  const executor = createExecutor({
    graphs,
    showsPlans: !settings.isProduction,
    readerOf: (context) => () => (context as RequestContext).reader,
    execute: async ({ context }) => (context as RequestContext).result as Results<GraphResult>,
  });
  return new ApolloServer<RequestContext>({
    gateway: executor,
    nodeEnv: settings.isProduction ? 'production' : 'development',
    introspection: settings.allowsIntrospection,
    hideSchemaDetailsFromClientErrors: settings.isProduction,
    includeStacktraceInErrorResponses: false,
    formatError: answerErrors(settings, log),
    parseOptions: { maxTokens: settings.maxTokens },
    maxRecursiveSelections: settings.maxSelections,
    persistedQueries: { cache: keepTexts(maxTextCharacters, (id) => stored.byId(id)?.body) },
    documentStore: keepDocuments(Math.ceil(settings.operationCacheBytes / 6)),
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    stringifyResult: writeResult,
    logger: log,
    plugins: [
      pipelinePlugin(pipeline, scales, settings),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

/**
 * The one plugin, since Apollo Server runs the hooks of all plugins at once. The pipeline runs in `didResolveOperation`, and the
 * executor returns its result: Apollo Server caches the text of a persisted query (APQ) after that hook, and a rejected operation
 * (over quota, or not stored) must not evict the text of another.
 */
function pipelinePlugin(
  pipeline: Pipeline,
  scales: Scales,
  settings: Settings,
): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request, contextValue: context, source }) {
          context.result = await pipeline.execute({
            ...{ schema, document, operation, context, text: source },
            operationName: request.operationName,
            variables: context.variables ?? request.variables,
          });
        },
        didEncounterErrors: async ({ errors, contextValue }) => pipeline.report(errors, contextValue),
        willSendResponse: async (request) => addCostExtension(request, scales, settings),
      };
    },
  };
}

export interface ApolloOptions {
  pipeline: Pipeline;
  graphs: Graphs;
  stored: Stored;
  settings: Settings;
  scales: Scales;
  log: Logger;
}
