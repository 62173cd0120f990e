/** Handles form posts of readers: the submitted values and the errors of the graph. */
import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { forOne, sendPage } from '../pageResponse.ts';
import { isOwnForm } from '../session/ownForm.ts';
import type { Site } from '../site.ts';
import { failurePage } from '../views/failure.tsx';

/** A hundred newsletters and a long way back fit in. */
const bodyLimit = 16 * 1024;

/** Makes `pages` accept forms of this site only, and no other content type. */
export async function takeForms(pages: FastifyInstance, site: Site): Promise<void> {
  pages.removeAllContentTypeParsers();
  await pages.register(formbody, { bodyLimit });
  pages.addHook('onRequest', async (request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD' || isOwnForm(request, site)) return undefined;
    const page = failurePage('FOREIGN_FORM', { sections: null });
    return sendPage(request, reply, page, site, { data: null, isWhole: false });
  });
}

/** All values submitted under a name. */
export function allSent({ body }: FastifyRequest, name: string): string[] {
  const sent =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  return [sent].flat().filter((one) => typeof one === 'string');
}

/** The first value submitted under a name; "" when there is none. */
export const sentAs = (request: FastifyRequest, name: string): string => allSent(request, name)[0] ?? '';

/** Post, redirect, get: reloading the result repeats nothing. */
export const goTo = (reply: FastifyReply, path: string): FastifyReply => forOne(reply).redirect(path, 303);

/** Why a mutation was refused. */
export interface Refusal {
  /** Of the first user error, otherwise of the first GraphQL error. */
  code: unknown;
  /** For RATE_LIMITED: the seconds until a retry; a minute when they are unknown. */
  retryAfterSeconds: number;
}

interface MutationPayload {
  userErrors: readonly { code: string; retryAfterSeconds: number | null }[];
}

/** Undefined when the mutation succeeded: the payload is there, and has no user errors. */
export function refusalOf(
  payload: MutationPayload | null | undefined,
  [error]: readonly GraphQLFormattedError[],
): Refusal | undefined {
  if (!payload) return { code: error?.extensions?.code, retryAfterSeconds: secondsUntil(error) };
  const [first] = payload.userErrors;
  return first && { code: first.code, retryAfterSeconds: first.retryAfterSeconds ?? 60 };
}

/** The quota of an account is refused as a GraphQL error, whose message has the seconds. */
function secondsUntil(error: GraphQLFormattedError | undefined): number {
  const said = /Retry after (\d{1,6}) seconds/.exec(error?.message ?? '')?.[1];
  return said === undefined ? 60 : Number(said);
}

/** "one minute", "12 minutes", "2 hours", rounded up. */
export function spanOf(seconds: number): string {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  if (minutes === 1) return 'one minute';
  return minutes <= 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
