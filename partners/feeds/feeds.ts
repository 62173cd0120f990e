/** Routes for feeds, ninjs, sitemaps and robots.txt. Each queries the graph as an anonymous reader. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import compress from '@fastify/compress';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerError } from '../../gateway/errors.ts';
import { keepMissing } from '../../gateway/server/cacheControl.ts';
import { anonymousContextOf } from '../../gateway/server/createContext.ts';
import type { Ask } from '../../gateway/server/graphClient.ts';
import type { Settings } from '../../gateway/settings.ts';
import { NinjsArticleDocument, SitemapMonthsDocument } from '../../schema/documents.ts';
import projectRoot from '../../subgraphs/root.cts';
import { redirectTo, withoutSlash } from '../../web/slash.ts';
import { allowAnyOrigin } from '../anyOrigin.ts';
import { partnerError } from '../errors.ts';
import type { PartnerSettings } from '../settings.ts';
import { contentFor } from './content.ts';
import { baseOf, readFeedRequest } from './feedRequest.ts';
import { latest } from './item.ts';
import { canceledOf, ninjsOf } from './ninjs.ts';
import { markEncoding, markHost, sendDocument } from './respond.ts';
import { rightsOf } from './rights.ts';
import {
  mostNews,
  mostOnPage,
  newsSpan,
  spanOf,
  storiesOf,
  writeNewsSitemap,
  writeRobots,
  writeSitemap,
  writeSitemapIndex,
} from './sitemap.ts';
import { writeFeed } from './writeFeed.ts';

export interface FeedsOptions {
  ask: Ask;
  settings: Pick<Settings, 'publicUrl' | 'port'> & Pick<PartnerSettings, 'publicationName'>;
}

const xml = 'application/xml; charset=utf-8';
const json = 'application/json; charset=utf-8';
const text = 'text/plain; charset=utf-8';

/** Adds the routes in a plugin scope of their own. */
export async function addFeeds(app: FastifyInstance, options: FeedsOptions): Promise<void> {
  // The file is missing where only the built program is installed.
  const about = await readFile(join(projectRoot, 'docs/feeds.md'), 'utf8').catch(() => undefined);
  await app.register(async (scope) => {
    await scope.register(compress, { global: false, encodings: ['br', 'gzip'] });
    scope.addHook('onRequest', async (_request, reply) => {
      allowAnyOrigin(reply);
      reply.header('cache-control', 'no-store');
    });
    scope.addHook('onSend', async (request, reply) => keepMissing(request, reply));
    if (options.settings.publicUrl === undefined) scope.addHook('onRequest', markHost);
    scope.addHook('onSend', markEncoding);
    addFeedRoutes(scope, options);
    addNinjs(scope, options);
    addSitemaps(scope, options);
    if (about === undefined) return;
    const document = { body: about, type: 'text/markdown; charset=utf-8', changed: undefined, isWhole: true };
    scope.get('/feeds/about.md', async (request, reply) => sendDocument(request, reply, document));
  });
}

function addFeedRoutes(scope: FastifyInstance, { ask, settings }: FeedsOptions): void {
  const contentOf = contentBy(ask);
  scope.get<{ Params: { '*': string } }>('/feeds/*', async (request, reply) => {
    const bare = withoutSlash(request.url);
    if (bare !== undefined) return redirectTo(reply, bare);
    const { feed, document } = await writeFeed(readFeedRequest(request.params['*'], request.query), {
      content: contentOf(request, reply),
      rights: rightsOf(request),
      site: { base: baseOf(request, settings), publisher: settings.publicationName },
    });
    const links = [`<${feed.selfUrl}>; rel="self"`, ...(feed.hubUrl ? [`<${feed.hubUrl}>; rel="hub"`] : [])];
    reply.header('link', links.join(', '));
    return sendDocument(request, reply, document);
  });
}

function addNinjs(scope: FastifyInstance, { ask, settings }: FeedsOptions): void {
  const contentOf = contentBy(ask);
  scope.get<{ Params: { id: string } }>('/ninjs/articles/:id', async (request, reply) => {
    const { id } = request.params;
    const { data, isWhole } = await contentOf(request, reply)(NinjsArticleDocument, { id });
    const { article, withdrawal } = data;
    if (article) {
      const body = JSON.stringify(ninjsOf(article, rightsOf(request), baseOf(request, settings)));
      const notes = article.corrections.map(({ datePublished }) => datePublished);
      const changed = latest([article.dateModified, article.visibleFrom, ...notes]);
      return sendDocument(request, reply, { body, type: json, changed, isWhole });
    }
    if (!withdrawal) throw partnerError('STORY_NOT_FOUND', { id });
    return reply.code(410).type(json).send(canceledOf(withdrawal));
  });
}

function addSitemaps(scope: FastifyInstance, { ask, settings }: FeedsOptions): void {
  const contentOf = contentBy(ask);
  const site = settings.publicUrl;

  scope.get('/sitemap.xml', async (request, reply) => {
    const { data, isWhole } = await contentOf(request, reply)(SitemapMonthsDocument, {});
    const months = data.archive ?? [];
    const changed = latest(months.map(({ dateModified }) => dateModified));
    const body = writeSitemapIndex(months, baseOf(request, settings));
    return sendDocument(request, reply, { body, type: xml, changed, isWhole });
  });

  scope.get<{ Params: { page: string } }>('/sitemap/:page.xml', async (request, reply) => {
    const span = spanOf(request.params.page);
    if (!span) throw callerError('NOT_FOUND', { path: pathOf(request) });
    const content = contentOf(request, reply);
    const options = { order: 'DATE_PUBLISHED_ASC', most: mostOnPage, ...(site && { site }) } as const;
    const result = await storiesOf(content, span, options);
    return sendStories(request, reply, { ...result, body: writeSitemap(result.stories) });
  });

  scope.get('/news-sitemap.xml', async (request, reply) => {
    const content = contentOf(request, reply);
    const options = { order: 'DATE_PUBLISHED_DESC', most: mostNews, ...(site && { site }) } as const;
    const result = await storiesOf(content, newsSpan(Date.now()), options);
    const body = writeNewsSitemap(result.stories, settings.publicationName);
    return sendStories(request, reply, { ...result, body });
  });

  scope.get('/robots.txt', async (request, reply) => {
    const body = writeRobots(baseOf(request, settings));
    return sendDocument(request, reply, { body, type: text, changed: undefined, isWhole: true });
  });
}

function sendStories(
  request: FastifyRequest,
  reply: FastifyReply,
  { stories, isWhole, body }: Awaited<ReturnType<typeof storiesOf>> & { body: string },
): FastifyReply {
  const changed = latest(stories.flatMap(({ dateModified, visibleFrom }) => [dateModified, visibleFrom]));
  return sendDocument(request, reply, { body, type: xml, changed, isWhole });
}

const pathOf = ({ method, url }: FastifyRequest) => `${method} ${url.split('?', 1)[0]?.slice(0, 200)}`;

/** Queries for a request as an anonymous reader. */
const contentBy = (ask: Ask) => (request: FastifyRequest, reply: FastifyReply) =>
  contentFor(ask, anonymousContextOf(request, reply));
