/** The reader's pages: each address asks the graph one stored operation, and is whole without script. */
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Ask } from '../../gateway/server/ask.ts';
import type { Settings } from '../../gateway/settings.ts';
import {
  AuthorPageDocument,
  FeedPageDocument,
  HomePageDocument,
  MembershipPageDocument,
  SearchPageDocument,
  SectionPageDocument,
  StoryPageDocument,
  TagPageDocument,
} from '../../schema/documents.ts';
import { sendPage } from './answer.ts';
import { addAssets } from './assets.ts';
import { openDoor } from './door.ts';
import type { Site } from './site.ts';
import { authorPage } from './views/author.tsx';
import { failurePage, missingPage } from './views/failure.tsx';
import { feedPage } from './views/feed.tsx';
import { frontPage } from './views/front.tsx';
import { membershipPage } from './views/membership.tsx';
import { noSearchPage, searchPage } from './views/search.tsx';
import { storyPage } from './views/story.tsx';
import { sectionPage, tagPage } from './views/topic.tsx';

export interface PagesOptions {
  ask: Ask;
  settings: Pick<Settings, 'publicUrl' | 'port'>;
  now?: () => Date;
}

/** How many stories a page that is not there shows in its place. */
const latest = { first: 6 };

/** Adds them all, and a page for every address where there is nothing. */
export async function addPages(app: FastifyInstance, options: PagesOptions): Promise<void> {
  const { ask, settings, now = () => new Date() } = options;
  const site: Site = { publicUrl: settings.publicUrl ?? `http://localhost:${settings.port}`, now };
  const door = openDoor(ask, site);
  await app.register(async (pages) => {
    await pages.register(compress, {
      globalDecompression: false,
      threshold: 512,
      // Each page is made anew: better soon than smallest.
      brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } },
    });
    pages.setErrorHandler(answerFault(site));
    addAssets(pages);
    pages.get('/', (request, reply) => {
      const { after } = askedOf(request);
      return after === undefined
        ? door(request, reply, HomePageDocument, {}, 'feed', frontPage)
        : door(request, reply, FeedPageDocument, { after }, 'feed', feedPage);
    });
    pages.get('/articles/:slug', (request, reply) => {
      const { slug } = askedOf(request);
      const url = `${site.publicUrl}/articles/${encodeURIComponent(slug)}`;
      return door(request, reply, StoryPageDocument, { slug, url }, 'article', storyPage);
    });
    pages.get('/authors/:slug', (request, reply) =>
      door(request, reply, AuthorPageDocument, askedOf(request), 'author', authorPage),
    );
    pages.get('/sections/:slug', (request, reply) =>
      door(request, reply, SectionPageDocument, askedOf(request), 'section', sectionPage),
    );
    pages.get('/tags/:slug', (request, reply) =>
      door(request, reply, TagPageDocument, askedOf(request), 'tag', tagPage),
    );
    pages.get('/search', (request, reply) => {
      const { q, after } = askedOf(request);
      // Words are made of letters and numbers; without one there is nothing to ask.
      return /[\p{L}\p{N}]/u.test(q)
        ? door(
            request,
            reply,
            SearchPageDocument,
            { query: q, ...(after && { after }) },
            'search',
            searchPage,
          )
        : door(request, reply, FeedPageDocument, latest, 'feed', noSearchPage);
    });
    pages.get('/membership', (request, reply) =>
      door(request, reply, MembershipPageDocument, {}, 'membership', membershipPage),
    );
    pages.get('/*', (request, reply) =>
      request.headers.accept?.includes('text/html')
        ? door(request, reply, FeedPageDocument, latest, 'feed', missingPage)
        : reply.callNotFound(),
    );
  });
}

export interface Asked {
  slug: string;
  q: string;
  after?: string;
}

/** What an address asks for; what stands in it twice counts as not being there. */
function askedOf({ params, query }: FastifyRequest): Asked {
  const { slug = '' } = params as { slug?: string };
  const { q, after } = query as Record<string, unknown>;
  return {
    slug,
    q: typeof q === 'string' ? q.trim() : '',
    ...(typeof after === 'string' && after !== '' && { after }),
  };
}

/** The last resort: a fault of ours, in the log by its number, for a reader to name. */
function answerFault(site: Site) {
  return (error: Error & { statusCode?: number }, request: FastifyRequest, reply: FastifyReply) => {
    const isCallers = error instanceof GraphQLError || (error.statusCode ?? 500) < 500;
    if (!isCallers) request.log.error({ err: error }, 'fault while making a page');
    const page = isCallers
      ? failurePage('BAD_REQUEST', { sections: null })
      : failurePage('FAULT', { sections: null, id: request.id });
    return sendPage(request, reply, page, site, { data: null, isWhole: false });
  };
}
