/** What readers find by words; the script asks again as they type. */
import type {
  FeedPageQuery,
  FeedPageQueryVariables,
  SearchPageQuery,
  SearchPageQueryVariables,
} from '../../../schema/documents.ts';
import type { View } from '../door.ts';
import type { Page } from '../parts/document.tsx';
import type { NamedSection } from '../parts/masthead.tsx';
import { ShowMore } from '../parts/more.tsx';
import { Teaser, Teasers } from '../parts/teaser.tsx';
import { failurePage } from './failure.tsx';

export const searchPage: View<SearchPageQuery, SearchPageQueryVariables> = (data, { variables }) => {
  const { search, sections } = data;
  if (!search) return failurePage('DOWN', { sections });
  const { edges, pageInfo, totalCount } = search;
  const { query } = variables;
  const results = (
    <>
      <p class="small" data-found>
        {found(totalCount)}
      </p>
      <ol class="teasers rows" data-list>
        {edges.map(({ node, highlights }) => (
          <li key={node.id} data-id={node.id}>
            <Teaser story={node} form="row" highlights={highlights} />
          </li>
        ))}
      </ol>
      <ShowMore path="/search" page={pageInfo} query={{ q: query }} />
    </>
  );
  return pageOf({ title: `Search: ${query}`, query, sections, results });
};

/** Before there is a word to look for. */
export const noSearchPage: View<FeedPageQuery, FeedPageQueryVariables> = ({ sections, feed }) => {
  const results = feed && (
    <>
      <h2 class="rule">News Feed</h2>
      <Teasers stories={feed.articles.nodes} form="row" />
    </>
  );
  return pageOf({ title: 'Search', query: '', sections, results });
};

interface Search {
  title: string;
  query: string;
  sections: readonly NamedSection[] | null;
  results: Page['body'];
}

function pageOf({ title, query, sections, results }: Search): Page {
  return {
    title,
    canonical: '/search',
    isUnlisted: true,
    sections,
    body: (
      <div class="page">
        <h1>Search</h1>
        <form class="search large" action="/search">
          <label class="unseen" for="search">
            Words to look for
          </label>
          <input
            id="search"
            type="search"
            name="q"
            value={query}
            maxLength={200}
            placeholder="Words, “words together”, -without"
            autoComplete="off"
            data-search
          />
          <button type="submit">Search</button>
        </form>
        <section aria-label="Stories found" data-results>
          {results}
        </section>
      </div>
    ),
  };
}

function found(count: number): string {
  if (count === 0) return 'No story has these words. Try fewer of them, or others.';
  if (count >= 10_000) return '10,000 stories or more';
  return count === 1 ? 'One story' : `${new Intl.NumberFormat('en').format(count)} stories`;
}
