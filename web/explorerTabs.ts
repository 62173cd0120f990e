/** The operations that GraphiQL and Apollo Sandbox open with: an article page, a feed, a search and signing in. */
import { type DocumentNode, print } from 'graphql';
import type { ExplorerTabs } from '../gateway/server/explorer/tabs.ts';
import {
  ArticlePageDocument,
  NewsFeedDocument,
  RequestSignInLinkDocument,
  SearchPageDocument,
} from '../schema/documents.ts';

/** The article page is that of the latest story, and the search is for a word of its headline, so that both find something. */
export const explorerTabs: ExplorerTabs = async (ask, context) => {
  const { data } = await ask(NewsFeedDocument, { first: 1 }, context);
  const latest = data?.feed?.articles.edges[0]?.node;
  const tab = (comment: string, document: DocumentNode, variables: Record<string, unknown>) => ({
    query: `# ${comment}\n${print(document)}\n`,
    variables,
  });
  return [
    tab('A story with its authors, pictures and related stories, in one request.', ArticlePageDocument, {
      slug: latest?.slug ?? 'the-slug-of-a-story',
    }),
    tab('The latest stories, a page at a time: continue with "after".', NewsFeedDocument, { first: 5 }),
    tab('Stories by words.', SearchPageDocument, { query: longestWord(latest?.headline ?? 'news') }),
    tab('Sends a link for signing in by mail.', RequestSignInLinkDocument, {
      email: 'reader@example.org',
    }),
  ];
};

const longestWord = (text: string) =>
  text
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .reduce((longest, word) => (word.length > longest.length ? word : longest), '');
