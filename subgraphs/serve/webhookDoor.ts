/** A webhook endpoint: it passes on the raw body, so that its signature is verified before it is parsed. */
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyError, FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { badInput } from '../errors.ts';
import { withoutValues } from '../store/databaseFailure.ts';

export interface WebhookRoute {
  path: string;
  /** The maximum body size in bytes. */
  bodyLimit: number;
  /** Checks the request's headers before the body is read; throws an error to reject it. */
  admit(headers: IncomingHttpHeaders): void;
  /** Processes the body, and returns the response. */
  take(body: Buffer, headers: IncomingHttpHeaders): Promise<object>;
}

/** The HTTP status of each error code of a webhook, as in the gateway's error register. */
const statusOf: Readonly<Record<string, number>> = {
  BAD_USER_INPUT: 400,
  BAD_REQUEST: 400,
  UNAUTHENTICATED: 401,
  REQUEST_TOO_LARGE: 413,
  WEBHOOK_NOT_SET_UP: 503,
};

/**
 * Adds the route. Responses are JSON, with errors in the format of the gateway's register, wherever the route is
 * served.
 */
export function addWebhook(app: FastifyInstance, webhook: WebhookRoute, log: Logger): void {
  app.register(async (door) => {
    const { path, bodyLimit, admit, take } = webhook;
    door.removeAllContentTypeParsers();
    door.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) =>
      done(null, body),
    );
    door.setErrorHandler((error: FastifyError, _request, reply) => {
      const { message, code } = formatWebhookError(error, bodyLimit, (id) =>
        log.error({ id, err: withoutValues(error) }, 'webhook failed'),
      );
      return reply
        .code(statusOf[code] ?? 500)
        .header('cache-control', 'no-store')
        .type('application/json; charset=utf-8')
        .send(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
    });
    door.route({
      method: 'POST',
      url: path,
      bodyLimit,
      onRequest: async ({ headers }) => admit(headers),
      handler: async ({ body, headers }, reply) => {
        const answer = await take(Buffer.isBuffer(body) ? body : Buffer.alloc(0), headers);
        return reply.header('cache-control', 'no-store').send(answer);
      },
    });
  });
}

/** Rejects a webhook whose secret is not configured: nothing unsigned is accepted. */
export function notSetUp(setting: string): GraphQLError {
  return webhookError(
    'WEBHOOK_NOT_SET_UP',
    `Expected ${setting} to be set to accept webhooks, but got: nothing.`,
  );
}

/** Rejects a signature. `got` reveals nothing that the sender does not know. */
export function notSigned(got: string): GraphQLError {
  return webhookError('UNAUTHENTICATED', `Expected a valid signature, but got: ${got}.`);
}

/** Parses the body as a JSON object; throws for anything else. */
export function objectIn(body: Buffer): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw badInput('Expected the body to be JSON, but got: another format.');
  }
  if (isObject(value)) return value;
  throw badInput('Expected the body to be a JSON object, but got: another value.');
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const webhookError = (code: string, message: string) => new GraphQLError(message, { extensions: { code } });

function formatWebhookError(
  error: FastifyError | GraphQLError,
  limit: number,
  logFault: (id: string) => void,
) {
  if (error instanceof GraphQLError && String(error.extensions.code) in statusOf)
    return { message: error.message, code: String(error.extensions.code) };
  const { code } = error as FastifyError;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return {
      message: `Expected the request body to be at most ${limit} bytes, but got: more.`,
      code: 'REQUEST_TOO_LARGE',
    };
  if (code?.startsWith('FST_ERR_CTP_'))
    return {
      message: 'Expected a body of the length in Content-Length, but got: another length.',
      code: 'BAD_REQUEST',
    };
  const id = randomUUID();
  logFault(id);
  return {
    message: `Internal server error (reference ${id}).`,
    code: 'INTERNAL_SERVER_ERROR',
  };
}
