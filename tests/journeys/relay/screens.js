/** The two screens of the Relay test, as relay-compiler reads them: the feed with "Show More", and a story. */
import { graphql } from 'relay-runtime';

export const feedFragment = graphql`
  fragment screens_feed on Feed
  @argumentDefinitions(count: { type: "Int", defaultValue: 5 }, cursor: { type: "String" })
  @refetchable(queryName: "screensFeedPageQuery") {
    title
    articles(first: $count, after: $cursor) @connection(key: "screens_feed_articles") {
      edges { node { id slug headline leadMedia { ... on ImageUse { altText image { id creditText } } } } }
    }
  }
`;

export const feedQuery = graphql`
  query screensFeedQuery { feed(slug: "news") { id ...screens_feed } }
`;

export const storyFragment = graphql`
  fragment screens_story on Article @refetchable(queryName: "screensStoryRefetchQuery") {
    headline
    standfirst
    body { id ... on ParagraphBlock { html } ... on ImageBlock { use { caption image { id creditText } } } }
    bylines { role displayName author { id name bio } }
    section { id name }
    related(first: 4) { edges { reason node { id slug headline } } }
    access { level }
  }
`;

export const storyQuery = graphql`
  query screensStoryQuery($slug: String!) { article(slug: $slug) { id ...screens_story } }
`;
