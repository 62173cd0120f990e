/** The JSON that embed.js reads: the same for every site, without cookies. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { keepPublicly } from '../../gateway/server/cacheControl.ts';
import { anonymousContextOf } from '../../gateway/server/createContext.ts';
import { partnerError } from '../errors.ts';
import { type EmbedOptions, readCard, readCards } from './loadStory.ts';
import { limitOf, type Query } from './query.ts';
import { checkSite } from './site.ts';

/** `scope` must allow requests of any origin. */
export function addData(scope: FastifyInstance, { ask, siteUrl }: EmbedOptions): void {
  scope.get<{ Params: { '*': string }; Querystring: Query }>('/embed/data/feed/*', async (request, reply) => {
    checkSite(request, reply, siteUrl);
    const name = nameOf(request.params['*']);
    const limit = limitOf(request.query);
    return send(
      request,
      reply,
      await readCards(name, limit, siteUrl, { ask, caller: anonymousContextOf(request, reply) }),
    );
  });

  scope.get<{ Params: { '*': string } }>('/embed/data/article/*', async (request, reply) => {
    checkSite(request, reply, siteUrl);
    const slug = nameOf(request.params['*']);
    return send(request, reply, await readCard(slug, { ask, caller: anonymousContextOf(request, reply) }));
  });
}

function nameOf(path: string): string {
  if (path.endsWith('.json')) return path.slice(0, -'.json'.length);
  throw partnerError('EMBED_NOT_FOUND', { got: path });
}

function send(request: FastifyRequest, reply: FastifyReply, shown: object): FastifyReply {
  const text = JSON.stringify(shown);
  reply.type('application/json; charset=utf-8');
  return keepPublicly(request, reply, text) ? reply.code(304).send() : reply.send(text);
}
