/**
 * The pages shown in frames on other sites: an article or a feed. They work without script and are always sandboxed.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { keepPublicly } from '../../gateway/server/cacheControl.ts';
import { anonymousContextOf } from '../../gateway/server/createContext.ts';
import { assetOf } from '../../web/asset.ts';
import type { Card } from '../../web/embed/card.ts';
import { cardStyle } from '../../web/embed/style.ts';
import { listTree, storyTree, type Tree } from '../../web/embed/tree.ts';
import { framePolicy } from './framePolicy.ts';
import { type EmbedOptions, readCard, readCards } from './loadStory.ts';
import { nodeOf, pageOf } from './page.tsx';
import { limitOf, type Query, type Theme, themeOf } from './query.ts';
import { checkSite } from './site.ts';

interface Shown {
  title: string;
  lang?: string;
  dir?: 'ltr' | 'rtl';
  /** The page on this site with the same content. */
  url: string;
  cards: readonly Card[];
  tree: Tree;
}

export function addFrames(app: FastifyInstance, { ask, siteUrl }: EmbedOptions): void {
  app.register(async (scope) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply.headers({
        'referrer-policy': 'strict-origin-when-cross-origin',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'cross-origin',
      });
    });

    scope.get<{ Params: { slug: string }; Querystring: Query }>(
      '/embed/article/:slug',
      async (request, reply) => {
        checkSite(request, reply, siteUrl);
        const theme = themeOf(request.query);
        const card = await readCard(request.params.slug, { ask, caller: anonymousContextOf(request, reply) });
        const { headline, lang, dir, url } = card;
        const tree = storyTree(card, { target: '_blank' });
        return send(request, reply, theme, { title: headline, lang, dir, url, cards: [card], tree });
      },
    );

    scope.get<{ Params: { '*': string }; Querystring: Query }>('/embed/feed/*', async (request, reply) => {
      checkSite(request, reply, siteUrl);
      const { query, params } = request;
      const [theme, limit] = [themeOf(query), limitOf(query)];
      const list = await readCards(params['*'], limit, siteUrl, {
        ask,
        caller: anonymousContextOf(request, reply),
      });
      return send(request, reply, theme, { ...list, tree: listTree(list, { target: '_blank' }) });
    });
  });
}

function send(request: FastifyRequest, reply: FastifyReply, theme: Theme, shown: Shown): FastifyReply {
  const { url, cards, tree, ...language } = shown;
  const { html, allows } = pageOf({
    ...{ ...language, theme, style: frameStyle, script: assetOf('frame').text },
    head: (
      <>
        <meta name="robots" content="noindex" />
        <link rel="canonical" href={url} />
      </>
    ),
    body: <main>{nodeOf(tree)}</main>,
  });
  reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', framePolicy(request, { ...allows, 'img-src': picturesOf(cards) }));
  return keepPublicly(request, reply, html) ? reply.code(304).send() : reply.send(html);
}

/** The origins of the cards' pictures. */
function picturesOf(cards: readonly Card[]): string {
  const origins = cards.flatMap(({ picture }) => (picture ? [new URL(picture.src).origin] : []));
  // A host may contain characters that end a source or a directive.
  return [...new Set(origins)].filter((origin) => !/[;,]/.test(origin)).join(' ') || "'none'";
}

/** The background is transparent, so that the page behind the frame shows. */
export const frameStyle = `${cardStyle}body{background:transparent}`;
