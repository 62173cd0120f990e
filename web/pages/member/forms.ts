/** The doors that take forms of readers: what was typed, and what the graph says of what was done with it. */
import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { forOne, sendPage } from '../pageResponse.ts';
import { isOwnForm } from '../session/ownForm.ts';
import type { Site } from '../site.ts';
import { failurePage } from '../views/failure.tsx';

/** A hundred newsletters and a long way back fit in. */
const bodyLimit = 16 * 1024;

/** Forms are taken in `pages` from now on, and nothing else: no form of another site, and no other kind of body. */
export async function takeForms(pages: FastifyInstance, site: Site): Promise<void> {
  pages.removeAllContentTypeParsers();
  await pages.register(formbody, { bodyLimit });
  pages.addHook('onRequest', async (request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD' || isOwnForm(request, site)) return undefined;
    const page = failurePage('FOREIGN_FORM', { sections: null });
    return sendPage(request, reply, page, site, { data: null, isWhole: false });
  });
}

/** What was sent under a name, each time that it was. */
export function allSent({ body }: FastifyRequest, name: string): string[] {
  const sent =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  return [sent].flat().filter((one) => typeof one === 'string');
}

/** What was sent under a name, at first; empty where nothing was. */
export const sentAs = (request: FastifyRequest, name: string): string => allSent(request, name)[0] ?? '';

/** Post, redirect, get: the page that tells of what was done can be loaded again, and nothing is done again. */
export const goTo = (reply: FastifyReply, path: string): FastifyReply => forOne(reply).redirect(path, 303);

export const codeIn = ([first]: readonly GraphQLFormattedError[]): unknown => first?.extensions?.code;

/** When to come again, as the error of whoever came too often says; a minute where it does not. */
export function secondsUntil([first]: readonly GraphQLFormattedError[]): number {
  const said = /again in (\d{1,6}) seconds?/.exec(first?.message ?? '')?.[1];
  return said === undefined ? 60 : Number(said);
}

/** "one minute", "12 minutes", "2 hours": never too short. */
export function spanOf(seconds: number): string {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  if (minutes === 1) return 'one minute';
  return minutes <= 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
