/** A door for what another system tells us: the raw body, whose signature is looked at before anything is read of it. */
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyError, FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { badInput } from '../errors.ts';
import { withoutValues } from '../store/databaseFailure.ts';

export interface Webhook {
  path: string;
  /** Bytes of a body at most. */
  bodyLimit: number;
  /** Looks at a request before its body is read; throws what it is refused with. */
  admit(headers: IncomingHttpHeaders): void;
  /** Takes the body in, and answers what became of it. */
  take(body: Buffer, headers: IncomingHttpHeaders): Promise<object>;
}

/** The status of each error that a webhook is refused with, as the gateway's register has them. */
const statusOf: Readonly<Record<string, number>> = {
  BAD_USER_INPUT: 400,
  BAD_REQUEST: 400,
  UNAUTHENTICATED: 401,
  REQUEST_TOO_LARGE: 413,
  WEBHOOK_NOT_SET_UP: 503,
};

/** Adds the door. It answers in JSON, and errors in the words of the gateway's register, wherever it is served. */
export function addWebhook(app: FastifyInstance, webhook: Webhook, log: Logger): void {
  app.register(async (door) => {
    const { path, bodyLimit, admit, take } = webhook;
    door.removeAllContentTypeParsers();
    door.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) =>
      done(null, body),
    );
    door.setErrorHandler((error: FastifyError, _request, reply) => {
      const { message, code } = toldOf(error, bodyLimit, (id) =>
        log.error({ id, err: withoutValues(error) }, 'a webhook could not be taken in'),
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

/** Refused because nobody said by which secret the other system is known: never is anything taken unsigned. */
export function notSetUp(setting: string): GraphQLError {
  return refused(
    'WEBHOOK_NOT_SET_UP',
    `Expected ${setting} to be set before what is sent here can be believed, but got: nothing.`,
  );
}

/** Refused for its signature; `got` says no more of it than whoever sent it knows. */
export function notSigned(got: string): GraphQLError {
  return refused('UNAUTHENTICATED', `Expected a signature that is in force, but got: ${got}.`);
}

/** The body as a JSON object; throws for anything else. */
export function objectIn(body: Buffer): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw badInput('Expected the body to be JSON, but got: something else.');
  }
  if (isObject(value)) return value;
  throw badInput('Expected the body to be a JSON object, but got: another value.');
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const refused = (code: string, message: string) => new GraphQLError(message, { extensions: { code } });

function toldOf(error: FastifyError | GraphQLError, limit: number, logFault: (id: string) => void) {
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
      message: 'Expected a body as long as Content-Length says, but got: another one.',
      code: 'BAD_REQUEST',
    };
  const id = randomUUID();
  logFault(id);
  return {
    message: `Expected an answer, but got: a fault of ours. Its number is ${id}.`,
    code: 'INTERNAL_SERVER_ERROR',
  };
}
