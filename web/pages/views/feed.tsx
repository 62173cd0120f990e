/** A later page of the News Feed. */
import type { FeedPageQuery, FeedPageQueryVariables } from '../../../schema/documents.ts';
import { ShowMore } from '../parts/more.tsx';
import { Teasers } from '../parts/teaser.tsx';
import type { View } from '../renderRequest.ts';
import { afterPath } from '../site.ts';
import { failurePage } from './failure.tsx';

export const feedPage: View<FeedPageQuery, FeedPageQueryVariables> = ({ feed, sections }, { variables }) => {
  if (!feed) return failurePage('NOT_FOUND', { sections });
  const { nodes, pageInfo } = feed.articles;
  return {
    title: 'News Feed',
    canonical: afterPath('/', variables.after ?? ''),
    sections,
    body: (
      <div class="page">
        <p class="label">
          <a href="/">From the newest</a>
        </p>
        <h1 class="rule">News Feed</h1>
        <Teasers stories={nodes} form="row" />
        <ShowMore path="/" page={pageInfo} />
      </div>
    ),
  };
};
