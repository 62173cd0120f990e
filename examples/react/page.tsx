/** @jsxImportSource react */
/** A page with two screens, the feed with "Show More" and a story, by React and Apollo Client. */
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { ApolloProvider, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { possibleTypes, typePolicies } from '../../schema/cachePolicies.ts';
import { ArticlePageDocument, type ArticlePageQuery, NewsFeedDocument } from '../../schema/documents.ts';

/** Where the newsroom is; the page takes it from its own URL. */
const address = new URLSearchParams(location.search).get('newsroom') ?? 'http://localhost:4000';

const client = new ApolloClient({
  cache: new InMemoryCache({ possibleTypes, typePolicies }),
  link: new HttpLink({ uri: `${address}/graphql` }),
});

function Screens() {
  const [slug, open] = useState<string>();
  if (slug === undefined) return <Feed open={open} />;
  return <Story slug={slug} close={() => open(undefined)} />;
}

function Feed({ open }: { open: (slug: string) => void }) {
  const { data, error, fetchMore } = useQuery(NewsFeedDocument, { variables: { first: 5 } });
  if (error) return <p role="alert">{error.message}</p>;
  if (!data?.feed) return <p>Loading…</p>;
  const { title, articles } = data.feed;
  const { hasNextPage, endCursor } = articles.pageInfo;
  return (
    <main>
      <h1>{title}</h1>
      <ol>
        {articles.edges.map(({ node }) => (
          <li key={node.id}>
            <button type="button" onClick={() => open(node.slug)}>
              {node.headline}
            </button>
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <button type="button" onClick={() => fetchMore({ variables: { after: endCursor } })}>
          Show More
        </button>
      )}
    </main>
  );
}

function Story({ slug, close }: { slug: string; close: () => void }) {
  const { data, error } = useQuery(ArticlePageDocument, { variables: { slug } });
  if (error) return <p role="alert">{error.message}</p>;
  if (!data) return <p>Loading…</p>;
  const { article } = data;
  if (!article) return <p>There is no such story.</p>;
  return (
    <article>
      <button type="button" onClick={close}>
        Back
      </button>
      <h1>{article.headline}</h1>
      <p>{article.standfirst}</p>
      <p>{article.bylines.map(({ displayName }) => displayName).join(', ')}</p>
      {article.leadMedia && 'image' in article.leadMedia && <Picture use={article.leadMedia} />}
      {article.body.map((block) => (
        <Block key={block.id} block={block} />
      ))}
      {article.access?.level === 'PREVIEW' && (
        <a href={article.access.url ?? address}>{article.access.callToAction}</a>
      )}
    </article>
  );
}

type Article = NonNullable<ArticlePageQuery['article']>;

/** The graph has blocks of more kinds; an app shows those that it selects. HTML of the graph is sanitised. */
function Block({ block }: { block: Article['body'][number] }) {
  if ('use' in block) return <Picture use={block.use} />;
  if ('level' in block) return <h2 id={block.anchor}>{block.text}</h2>;
  if ('html' in block) return <p dangerouslySetInnerHTML={{ __html: block.html }} />;
  return null;
}

interface Use {
  altText: string | null;
  caption: string | null;
  image: { creditText: string; srcset: string; width: number; height: number } | null;
}

/** A picture is never shown without its credit. */
function Picture({ use: { altText, caption, image } }: { use: Use }) {
  if (!image) return null;
  return (
    <figure>
      <img
        alt={altText ?? ''}
        srcSet={image.srcset}
        width={image.width}
        height={image.height}
        sizes="40rem"
      />
      <figcaption>
        {caption} ({image.creditText})
      </figcaption>
    </figure>
  );
}

createRoot(document.body.appendChild(document.createElement('div'))).render(
  <ApolloProvider client={client}>
    <Screens />
  </ApolloProvider>,
);
