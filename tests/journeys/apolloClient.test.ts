import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { filter, firstValueFrom } from 'rxjs';
import { possibleTypes, typePolicies } from '../../schema/cachePolicies.ts';
import { startTestNewsroom, type TestNewsroom } from '../support/newsroom.ts';
import { type OperationName, operation } from '../support/operations.ts';

let newsroom: TestNewsroom;
let slugs: string[];
const warned = jest.spyOn(console, 'warn').mockImplementation(() => {});
const failed = jest.spyOn(console, 'error').mockImplementation(() => {});
beforeAll(async () => {
  newsroom = await startTestNewsroom();
  const { data } = await newsroom.ask('{ articles(first: 100) { nodes { slug } } }');
  slugs = data.articles.nodes.map(({ slug }: { slug: string }) => slug);
}, 180_000);
afterAll(() => newsroom?.stop());

interface Sent {
  method: string;
  hasText: boolean;
}

/** A client as a site would make it, and what it sent. */
function openClient({ byGet = false } = {}) {
  const sent: Sent[] = [];
  const watched: typeof fetch = (input, init) => {
    const text = `${input} ${init?.body ?? ''}`;
    sent.push({ method: init?.method ?? 'GET', hasText: /[?&]query=|"query":/.test(text) });
    return fetch(input, init);
  };
  const client = new ApolloClient({
    cache: new InMemoryCache({
      possibleTypes,
      typePolicies,
    }),
    link: ApolloLink.from([
      new PersistedQueryLink({
        sha256: (text) => createHash('sha256').update(text).digest('hex'),
        useGETForHashedQueries: byGet,
      }),
      new HttpLink({ uri: `${newsroom.address}/graphql`, fetch: watched }),
    ]),
  });
  return { client, sent };
}

const document = (name: OperationName) => gql(operation(name));

describe('Apollo Client', () => {
  it('needs to know of the abstract types just what stands here', async () => {
    const { data } = await newsroom.ask('{ __schema { types { name possibleTypes { name } } } }');
    const known = data.__schema.types
      .filter(({ possibleTypes: types }: { possibleTypes: object[] | null }) => types)
      .map(({ name, possibleTypes: types }: { name: string; possibleTypes: { name: string }[] }) => [
        name,
        types.map((type) => type.name).sort(),
      ]);
    const told = Object.entries(possibleTypes).map(([name, types]) => [name, [...types].sort()]);
    expect(Object.fromEntries(known)).toEqual(Object.fromEntries(told));
  });

  it.each([{ byGet: false }, { byGet: true }])(
    'sends the text of an operation once, then its hash alone: %j',
    async ({ byGet }) => {
      const { client, sent } = openClient({ byGet });
      // An operation that nobody sent before.
      const query = gql(`query Once${byGet}($slug: String!) { article(slug: $slug) { id headline } }`);
      const ask = (slug: string | undefined) =>
        client.query({ query, variables: { slug }, fetchPolicy: 'network-only' });
      expect((await ask(slugs[0])).data).toMatchObject({ article: { headline: expect.any(String) } });
      await ask(slugs[1]);
      await ask(slugs[2]);
      const method = byGet ? 'GET' : 'POST';
      expect(sent).toEqual([
        { method, hasText: false },
        { method: 'POST', hasText: true },
        { method, hasText: false },
        { method, hasText: false },
      ]);
    },
  );

  it('keeps every article page by the ids in it, and gives each back as it came', async () => {
    const { client } = openClient();
    const query = document('article-page');
    const came = new Map<string, unknown>();
    for (const slug of slugs) came.set(slug, (await client.query({ query, variables: { slug } })).data);
    const kept = new Map(slugs.map((slug) => [slug, client.readQuery({ query, variables: { slug } })]));
    expect(kept).toEqual(came);
    const blocks = [...came.values()].flatMap((data) => (data as Page).article.body);
    const entities = Object.keys(client.cache.extract() as object);
    expect(entities.filter((key) => /^\w+Block:/.test(key)).sort()).toEqual(
      blocks.map(({ __typename, id }) => `${__typename}:${id}`).sort(),
    );
    expect(entities.filter((key) => key.startsWith('Article:'))).toHaveLength(slugs.length);
    // Block ids are their own even where somebody keeps them without the name of the type.
    expect(new Set(blocks.map(({ id }) => id)).size).toBe(blocks.length);
  });

  it('pages the news feed with fetchMore, every story once and in order', async () => {
    const { client } = openClient();
    const feed = client.watchQuery<FeedData>({ query: document('news-feed'), variables: { first: 5 } });
    const subscription = feed.subscribe({});
    try {
      const first = await firstValueFrom(feed.pipe(filter(({ dataState }) => dataState === 'complete')));
      let page = (first.data as FeedData).feed.articles.pageInfo as PageInfo | undefined;
      while (page?.hasNextPage) {
        const more = await feed.fetchMore({ variables: { after: page.endCursor } });
        page = more.data?.feed.articles.pageInfo;
      }
      const whole = await firstValueFrom(
        feed.pipe(filter(({ data }) => (data as FeedData).feed.articles.pageInfo.hasNextPage === false)),
      );
      const data = whole.data;
      const shown = (data as FeedData).feed.articles.edges.map(({ node }) => node.slug);
      expect(shown).toEqual(slugs);
    } finally {
      subscription.unsubscribe();
    }
  });

  it('is never warned that what it kept is lost', () => {
    expect([...warned.mock.calls, ...failed.mock.calls]).toEqual([]);
  });
});

interface Page {
  article: { body: { __typename: string; id: string }[] };
}

interface FeedData {
  feed: {
    articles: {
      edges: { node: { slug: string } }[];
      pageInfo: PageInfo;
    };
  };
}

interface PageInfo {
  hasNextPage: boolean;
  endCursor: string | null;
}
