/** Chooses the media types of GraphQL responses, before any step can refuse the request. */
import type { FastifyInstance } from 'fastify';
import type { Settings } from '../settings.ts';
import { openPreference } from './accept.ts';
import { mediaTypeOfFailure, mediaTypesOf } from './httpStatus.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The negotiated media type at /graphql; undefined if none is acceptable, and at all other endpoints. */
    answerType: string | undefined;
    /** The media type of a response without data; undefined where `answerType` is. */
    failureType: string | undefined;
  }
  interface FastifyContextConfig {
    /** Whether the route answers with GraphQL responses, whose media type depends on Accept. */
    isGraphQL?: boolean;
  }
}

/** Negotiates the media type of requests to /graphql. Every later step that refuses one uses it, by `sendError`. */
export function addMediaTypes(
  app: FastifyInstance,
  { settings: { statusTable } }: { settings: Settings },
): void {
  const mediaTypeFor = openPreference(mediaTypesOf(statusTable));
  app.decorateRequest('answerType', undefined);
  app.decorateRequest('failureType', undefined);
  app.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.config?.isGraphQL) {
      const mediaType = mediaTypeFor(request.headers.accept);
      request.answerType = mediaType;
      if (mediaType !== undefined) request.failureType = mediaTypeOfFailure(statusTable, mediaType);
      reply.header('cache-control', 'no-store');
    }
    done();
  });
}
