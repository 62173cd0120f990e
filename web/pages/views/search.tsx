/** The search page; the script searches as the reader types. */
import type {
  FeedPageQuery,
  FeedPageQueryVariables,
  SearchPageQuery,
  SearchPageQueryVariables,
} from '../../../schema/documents.ts';
import type { PageRequest } from '../pageRequest.ts';
import type { Page } from '../parts/document.tsx';
import type { NamedSection } from '../parts/masthead.tsx';
import { ShowMore } from '../parts/more.tsx';
import { Teaser, Teasers } from '../parts/teaser.tsx';
import type { View } from '../renderRequest.ts';
import { narrowedQuery, times } from '../searchFilter.ts';
import { failurePage } from './failure.tsx';

export const searchPage: View<SearchPageQuery, SearchPageQueryVariables> = (data, { variables, asked }) => {
  const { search, sections } = data;
  if (!search) return failurePage('DOWN', { sections });
  const { edges, pageInfo, totalCount, didYouMean } = search;
  const { query } = variables;
  const narrowed = narrowedQuery(asked);
  const results = (
    <>
      <p class="small" data-found>
        {found(totalCount, Object.keys(narrowed).length > 0)}
      </p>
      {didYouMean && (
        <p class="meant">
          {totalCount === 0 ? 'Did you mean ' : 'Shown are stories with words spelled nearly so: '}
          <a href={`/search?${new URLSearchParams({ q: didYouMean, ...narrowed })}`}>{didYouMean}</a>
          {totalCount === 0 && '?'}
        </p>
      )}
      <ol class="teasers rows" data-list>
        {edges.map(({ node, highlights }) => (
          <li key={node.id} data-id={node.id}>
            <Teaser story={node} form="row" highlights={highlights} />
          </li>
        ))}
      </ol>
      <ShowMore path="/search" page={pageInfo} query={{ q: query, ...narrowed }} />
    </>
  );
  return pageOf({ title: `Search: ${query}`, query, sections, results, asked });
};

/** The search page without a search text. */
export const noSearchPage: View<FeedPageQuery, FeedPageQueryVariables> = ({ sections, feed }, { asked }) => {
  const results = feed && (
    <>
      <h2 class="rule">News Feed</h2>
      <Teasers stories={feed.articles.nodes} form="row" />
    </>
  );
  return pageOf({ title: 'Search', query: '', sections, results, asked });
};

interface Search {
  title: string;
  query: string;
  sections: readonly NamedSection[] | null;
  results: Page['body'];
  asked: PageRequest;
}

function pageOf({ title, query, sections, results, asked }: Search): Page {
  return {
    title,
    canonical: '/search',
    isUnlisted: true,
    sections,
    body: (
      <div class="page">
        <h1>Search</h1>
        <form class="searching" action="/search" data-searching>
          <div class="search large">
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
          </div>
          <Narrowing sections={sections} asked={asked} />
        </form>
        <section aria-label="Stories found" data-results>
          {results}
        </section>
      </div>
    ),
  };
}

/** The filters of a search, in the same form, so that they work without script. */
function Narrowing({ sections, asked }: Pick<Search, 'sections' | 'asked'>) {
  return (
    <fieldset class="narrowing">
      <legend class="unseen">Authorize the search</legend>
      {sections && (
        <label>
          Section
          <select name="section">
            <option value="">All sections</option>
            {sections.map(({ slug, name }) => (
              <option key={slug} value={slug} selected={slug === asked.section}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        Author
        <input name="author" value={asked.author} maxLength={120} placeholder="Anybody" autoComplete="off" />
      </label>
      <label>
        Time
        <select name="time">
          <option value="">Any time</option>
          {Object.entries(times).map(([value, { name }]) => (
            <option key={value} value={value} selected={value === asked.time}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  );
}

function found(count: number, isNarrowed: boolean): string {
  if (count === 0 && isNarrowed)
    return 'No story has these words there. Try another section, author or time.';
  if (count === 0) return 'No story has these words. Try fewer of them, or others.';
  if (count >= 1_000) return '1,000 stories or more';
  return count === 1 ? 'One story' : `${new Intl.NumberFormat('en').format(count)} stories`;
}
