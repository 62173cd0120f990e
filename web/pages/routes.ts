/** The routes of the web pages: each runs one stored operation and works without script. */
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { VerifyReader } from '../../gateway/auth/verifyToken.ts';
import { preferredOf } from '../../gateway/server/accept.ts';
import type { Ask } from '../../gateway/server/graphClient.ts';
import { publicUrlOf, type Settings } from '../../gateway/settings.ts';
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
import { redirectTo, withoutSlash } from '../slash.ts';
import { addAssets } from './assets.ts';
import { addIcons } from './icons.ts';
import { addAccount } from './member/account.ts';
import { takeForms } from './member/forms.ts';
import { addSignIn } from './member/signIn.ts';
import { type PageRequest, readPageRequest } from './pageRequest.ts';
import { sendPage } from './pageResponse.ts';
import { type Doors, openDoors } from './renderRequest.ts';
import { searchFilter } from './searchFilter.ts';
import { openEnter } from './session/authenticate.ts';
import { sessionCookies } from './session/cookies.ts';
import { type Sessions, shareRenewals } from './session/renew.ts';
import { type Site, storyPath } from './site.ts';
import { authorPage } from './views/author.tsx';
import { type Failure, failurePage, missingPage } from './views/failure.tsx';
import { feedPage } from './views/feed.tsx';
import { frontPage } from './views/front.tsx';
import { membershipPage } from './views/membership.tsx';
import { noSearchPage, searchPage } from './views/search.tsx';
import { storyPage } from './views/story.tsx';
import { sectionPage, tagPage } from './views/topic.tsx';

export interface PagesOptions {
  ask: Ask;
  /** Verifies the access tokens in cookies; when undefined, nobody is signed in. */
  verify: VerifyReader | undefined;
  sessions: Sessions;
  settings: Address & Pick<Settings, 'subgraphTimeoutMs'>;
  now?: () => Date;
}

/** Adds the routes, and a page for 404. */
export async function addPages(app: FastifyInstance, options: PagesOptions): Promise<void> {
  const { ask, verify, sessions, settings, now } = options;
  const site = siteOf(settings, now);
  const cookies = sessionCookies(site.publicUrl);
  const renew = shareRenewals(sessions, settings.subgraphTimeoutMs);
  const enter = openEnter({ verify, renew, cookies });
  const around = { ask, site, enter };
  const door = openDoors(around);
  await app.register(async (pages) => {
    await pages.register(compress, {
      globalDecompression: false,
      threshold: 512,
      // Pages are compressed at each request: speed before size.
      brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } },
    });
    pages.setErrorHandler(answerFault(site));
    addAssets(pages);
    addIcons(pages);
    await pages.register(cookie);
    await takeForms(pages, site);
    addLists(pages, door, site);
    addOthers(pages, door, site);
    const members = { ...around, door, cookies };
    addSignIn(pages, members);
    addAccount(pages, members);
  });
}

/** A page for unreadable URLs, which match no route, when the client prefers HTML. */
export function unreadablePage(settings: Address) {
  const page = failurePage('BAD_REQUEST', { sections: null });
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined =>
    wantsPage(request)
      ? sendPage(request, reply, page, siteOf(settings), { data: null, isWhole: false })
      : undefined;
}

interface Address extends Pick<Settings, 'publicUrl' | 'port'> {
  publicationName: string;
}

const siteOf = ({ publicUrl, port, publicationName }: Address, now = () => new Date()): Site => ({
  name: publicationName,
  publicUrl: publicUrlOf({ publicUrl, port }),
  now,
});

const wantsPage = ({ headers }: FastifyRequest): boolean =>
  preferredOf(headers.accept, ['application/json', 'text/html']) === 'text/html';

/** Pages of lists; `?after=` selects a later page. */
function addLists(pages: FastifyInstance, door: Doors, site: Site): void {
  const home = door({
    document: HomePageDocument,
    variables: () => ({}),
    requiredRootField: 'feed',
    view: frontPage,
  });
  const later = door({
    document: FeedPageDocument,
    variables: ({ after }) => ({ ...(after && { after }) }),
    requiredRootField: 'feed',
    view: feedPage,
  });
  pages.get('/', (request, reply) => (readPageRequest(request).after ? later : home)(request, reply));
  const list = ({ slug, after }: PageRequest) => ({ slug, ...(after && { after }) });
  pages.get(
    '/authors/:slug',
    door({ document: AuthorPageDocument, variables: list, requiredRootField: 'author', view: authorPage }),
  );
  pages.get(
    '/sections/:slug',
    door({ document: SectionPageDocument, variables: list, requiredRootField: 'section', view: sectionPage }),
  );
  pages.get(
    '/tags/:slug',
    door({ document: TagPageDocument, variables: list, requiredRootField: 'tag', view: tagPage }),
  );
  const found = door({
    document: SearchPageDocument,
    variables: ({ words, after, ...asked }) => ({
      query: words,
      ...(after && { after }),
      ...searchFilter(asked, site.now()),
    }),
    requiredRootField: 'search',
    view: searchPage,
  });
  const unasked = door({ ...latest, view: noSearchPage });
  // A search needs a letter or a number.
  pages.get('/search', (request, reply) =>
    (/[\p{L}\p{N}]/u.test(readPageRequest(request).words) ? found : unasked)(request, reply),
  );
}

function addOthers(pages: FastifyInstance, door: Doors, { publicUrl }: Site): void {
  pages.get(
    '/articles/:slug',
    door({
      document: StoryPageDocument,
      variables: ({ slug }) => ({ slug, url: `${publicUrl}${storyPath(slug)}` }),
      requiredRootField: 'article',
      view: storyPage,
    }),
  );
  pages.get(
    '/membership',
    door({
      document: MembershipPageDocument,
      variables: () => ({}),
      requiredRootField: 'membership',
      view: membershipPage,
    }),
  );
  const missing = door({ ...latest, view: missingPage });
  pages.get('/*', (request, reply) => {
    const bare = withoutSlash(request.url);
    if (bare !== undefined) return redirectTo(reply, bare);
    return wantsPage(request) ? missing(request, reply) : reply.callNotFound();
  });
}

/** The operation of pages without one of their own. */
const latest = {
  document: FeedPageDocument,
  variables: () => ({ first: 6 }),
  requiredRootField: 'feed',
} as const;

/** The last error handler: logs an internal error with its reference and shows the reference. */
function answerFault(site: Site) {
  return (error: Error & { statusCode?: number }, request: FastifyRequest, reply: FastifyReply) => {
    const isCallers = error instanceof GraphQLError || (error.statusCode ?? 500) < 500;
    if (!isCallers) request.log.error({ err: error }, 'internal server error in a page');
    const page = isCallers
      ? failurePage(failureBy(error, request), { sections: null })
      : failurePage('FAULT', { sections: null, id: request.id });
    return sendPage(request, reply, page, site, { data: null, isWhole: false });
  };
}

/** An inactive key is rejected before an operation runs. */
function failureBy(error: Error, { method }: FastifyRequest): Failure {
  const code = error instanceof GraphQLError ? error.extensions.code : undefined;
  return code === 'UNAUTHENTICATED' || code === 'ORIGIN_NOT_ALLOWED'
    ? code
    : method === 'POST'
      ? 'BAD_FORM'
      : 'BAD_REQUEST';
}
