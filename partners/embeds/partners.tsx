/** `GET /partners`: where partners choose a feed, preview it, and copy the HTML. It works without script, as a form. */

import type { FastifyInstance, FastifyReply } from 'fastify';
import { anonymousContextOf } from '../../gateway/server/createContext.ts';
import { PartnersPageDocument, type PartnersPageQuery } from '../../schema/documents.ts';
import { assetOf } from '../../web/asset.ts';
import { partnerError } from '../errors.ts';
import type { EmbedOptions } from './loadStory.ts';
import { pageOf, policyOf } from './page.tsx';
import { partnersStyle } from './partnersStyle.ts';
import { Builder, type Chosen, Reference } from './partnersView.tsx';
import { limitOf, oneOf, type Query, themeOf } from './query.ts';

export function addPartnersPage(app: FastifyInstance, { ask, siteUrl, siteName }: EmbedOptions): void {
  app.get<{ Querystring: Query }>('/partners', async (request, reply) => {
    const { query } = request;
    const feed = oneOf(query, 'feed') ?? 'news';
    const { data, errors } = await ask(PartnersPageDocument, { feed }, anonymousContextOf(request, reply));
    if (!data?.feed && errors.length > 0) throw partnerError('EMBED_UNANSWERED');
    const chosen: Chosen = {
      siteUrl,
      siteName,
      name: feed,
      feed: data?.feed ?? null,
      sections: data?.sections ?? [],
      limit: limitOf(query),
      theme: themeOf(query),
    };
    return send(reply.code(chosen.feed ? 200 : 404), chosen, data?.articles?.nodes[0]);
  });
}

type Example = NonNullable<PartnersPageQuery['articles']>['nodes'][number];

function send(reply: FastifyReply, chosen: Chosen, example: Example | undefined): FastifyReply {
  const { siteName } = chosen;
  const { html, allows } = pageOf({
    title: `For partners · ${siteName}`,
    style: partnersStyle,
    script: assetOf('partners').text,
    head: (
      <>
        <meta
          name="description"
          content={`Put the stories of ${siteName} on your site: embeds, feeds and oEmbed.`}
        />
        <link rel="icon" href="data:," />
        <script src="embed.js" async />
      </>
    ),
    body: (
      <>
        <a class="skip" href="#builder">
          Skip to the embed
        </a>
        <header class="bar">
          <a class="mark" href={`${chosen.siteUrl}/`}>
            {siteName}
          </a>
          <nav aria-label="This page">
            <a href="#feeds">Feeds</a>
            <a href="#oembed">oEmbed</a>
            <a href="#keys">Keys</a>
          </nav>
        </header>
        <main>
          <div class="hero">
            <h1>Our stories, on your site</h1>
            <p>
              Pick a feed, copy a few lines, and your readers see the news as it is published. Every picture
              comes with its credit. No cookies, nothing that follows anybody.
            </p>
          </div>
          <Builder {...chosen} />
          <Reference {...chosen} exampleUrl={example?.canonicalUrl ?? `${chosen.siteUrl}/articles/...`} />
        </main>
      </>
    ),
  });
  return reply
    .type('text/html; charset=utf-8')
    .headers({
      'cache-control': 'no-cache',
      'content-security-policy': policyOf({
        ...allows,
        'script-src': `'self' ${allows['script-src']}`,
        // Renditions may be served by an image service on any host.
        'img-src': 'http: https: data:',
        'connect-src': "'self'",
        'frame-src': "'self'",
        'form-action': "'self'",
        'frame-ancestors': "'none'",
      }),
      'referrer-policy': 'strict-origin-when-cross-origin',
      'x-content-type-options': 'nosniff',
    })
    .send(html);
}
