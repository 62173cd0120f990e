/** The routes for embeds: oEmbed, frames, /embed.js with its data, and the page for partners. */
import type { FastifyInstance } from 'fastify';
import { keepMissing, matchingEtag } from '../../gateway/server/cacheControl.ts';
import type { Ask } from '../../gateway/server/graphClient.ts';
import { publicUrlOf, type Settings } from '../../gateway/settings.ts';
import { assetOf } from '../../web/asset.ts';
import { allowAnyOrigin } from '../anyOrigin.ts';
import type { PartnerSettings } from '../settings.ts';
import { addData } from './data.ts';
import { addFrames } from './frames.tsx';
import type { EmbedOptions } from './loadStory.ts';
import { addOEmbed } from './oembed.ts';
import { addPartnersPage } from './partners.tsx';
import { answerWithPage } from './refusal.tsx';

/** Adds the routes for the site's public URL in `settings`. */
export function addEmbeds(
  app: FastifyInstance,
  {
    ask,
    settings,
  }: { ask: Ask; settings: Pick<Settings, 'publicUrl' | 'port'> & Pick<PartnerSettings, 'publicationName'> },
): void {
  const siteUrl = publicUrlOf(settings);
  const options: EmbedOptions = { ask, siteUrl, siteName: settings.publicationName };
  app.register(async (scope) => {
    scope.setErrorHandler(answerWithPage(siteUrl));
    scope.addHook('onSend', async (request, reply) => keepMissing(request, reply));
    addFrames(scope, options);
    addPartnersPage(scope, options);
  });
  // Any origin may read these responses, which are the same for everybody.
  app.register(async (scope) => {
    scope.addHook('onRequest', async (_request, reply) => allowAnyOrigin(reply));
    scope.addHook('onSend', async (request, reply) => keepMissing(request, reply));
    addOEmbed(scope, options);
    addData(scope, options);
    addScript(scope);
  });
}

/** The URL of the script never changes, so that browsers revalidate it. */
function addScript(scope: FastifyInstance): void {
  scope.get('/embed.js', async (request, reply) => {
    const { text, version } = assetOf('embed');
    const etag = `"${version}"`;
    reply
      .type('text/javascript; charset=utf-8')
      .headers({ 'cache-control': 'public, max-age=600, stale-while-revalidate=86400', etag });
    const isCurrent = matchingEtag(request.headers['if-none-match'], etag) !== undefined;
    return isCurrent ? reply.code(304).send() : text;
  });
}
