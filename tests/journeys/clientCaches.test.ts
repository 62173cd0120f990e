/** The normalised caches of Apollo Client and urql on the stored operations, with the generated policies. */
import { readFileSync } from 'node:fs';
import {
  ApolloClient,
  gql as apolloGql,
  HttpLink,
  InMemoryCache,
  type ObservableQuery,
} from '@apollo/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Client, fetchExchange, gql as urqlGql } from '@urql/core';
import { type CacheExchangeOpts, cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { filter, firstValueFrom } from 'rxjs';
import { keys, possibleTypes, typePolicies } from '../../schema/cachePolicies.ts';
import { startTestNewsroom, type TestNewsroom } from '../support/newsroom.ts';
import { type StoredQuery, storedQueries, storedText } from '../support/storedQueries.ts';

let newsroom: TestNewsroom;
let slug: string;
let queries: StoredQuery[];
const warnings = (['warn', 'error'] as const).map((name) =>
  jest.spyOn(console, name).mockImplementation(() => {}),
);
beforeAll(async () => {
  newsroom = await startTestNewsroom();
  queries = await storedQueries(newsroom);
  slug = queries.find(({ name }) => name === 'ArticlePage')?.variables.slug as string;
}, 180_000);
beforeEach(() => {
  for (const spy of warnings) spy.mockClear();
});
afterAll(() => newsroom?.stop());

const warned = () => warnings.flatMap(({ mock }) => mock.calls.map((words) => words.join(' ')));

/** A fetch that counts its requests. */
function countedFetch() {
  const counted = { requests: 0 };
  const send: typeof fetch = (input, init) => {
    counted.requests++;
    return fetch(input, init);
  };
  return { counted, send };
}

interface FeedData {
  feed: { articles: { edges: { node: { slug: string } }[]; pageInfo: { endCursor: string } } };
}

const slugsIn = (data: unknown) =>
  (data as FeedData | undefined)?.feed.articles.edges.map(({ node }) => node.slug);
const endOf = (data: unknown) => (data as FeedData).feed.articles.pageInfo.endCursor;

const complete = (query: ObservableQuery) =>
  firstValueFrom(query.pipe(filter(({ dataState }) => dataState === 'complete')));

describe('Apollo Client', () => {
  function open() {
    const { counted, send } = countedFetch();
    const client = new ApolloClient({
      cache: new InMemoryCache({ possibleTypes, typePolicies }),
      link: new HttpLink({ uri: `${newsroom.address}/graphql`, fetch: send }),
    });
    return { client, counted };
  }

  it('shows three pages of the feed, then a story, then the same feed, with four requests', async () => {
    const { client, counted } = open();
    const feed = client.watchQuery({ query: apolloGql(storedText('NewsFeed')), variables: { first: 5 } });
    const shown: (string[] | undefined)[] = [];
    const subscription = feed.subscribe(({ data }) => void shown.push(slugsIn(data)));
    await complete(feed);
    let end = endOf(feed.getCurrentResult().data);
    for (let page = 0; page < 2; page++)
      end = endOf((await feed.fetchMore({ variables: { after: end } })).data);
    await firstValueFrom(feed.pipe(filter(({ data }) => slugsIn(data)?.length === 15)));
    const before = slugsIn(feed.getCurrentResult().data);
    expect(before).toHaveLength(15);
    const story = client.watchQuery({ query: apolloGql(storedText('ArticlePage')), variables: { slug } });
    const reading = story.subscribe(() => {});
    await complete(story);
    expect(slugsIn(feed.getCurrentResult().data)).toEqual(before);
    // The feed is left and entered again, then the story.
    subscription.unsubscribe();
    reading.unsubscribe();
    const again = await client.query({ query: apolloGql(storedText('NewsFeed')), variables: { first: 5 } });
    expect(slugsIn(again.data)).toEqual(before);
    await client.query({ query: apolloGql(storedText('ArticlePage')), variables: { slug } });
    expect(counted.requests).toBe(4);
    expect(shown.map((slugs) => slugs?.length ?? 0).at(-1)).toBe(15);
    expect(warned()).toEqual([]);
    client.stop();
  });

  it.each([{ isReversed: false }, { isReversed: true }])(
    'keeps the whole response of each stored query after all the others: %j',
    async ({ isReversed }) => {
      const { client } = open();
      const order = isReversed ? queries.toReversed() : queries;
      const came = new Map<string, unknown>();
      for (const { name, body, variables } of order)
        came.set(name, (await client.query({ query: apolloGql(body), variables })).data);
      for (const { name, body, variables } of order)
        expect([name, client.readQuery({ query: apolloGql(body), variables })]).toEqual([
          name,
          came.get(name),
        ]);
      expect(warned()).toEqual([]);
      client.stop();
    },
  );
});

describe('urql with graphcache', () => {
  const api = buildSchema(readFileSync('schema/api.graphql', 'utf8'));
  const schema = introspectionFromSchema(api, { descriptions: false }) as NonNullable<
    CacheExchangeOpts['schema']
  >;

  function open(resolvers: CacheExchangeOpts['resolvers'] = {}) {
    const { counted, send } = countedFetch();
    const client = new Client({
      url: `${newsroom.address}/graphql`,
      fetch: send,
      exchanges: [cacheExchange({ schema, keys, resolvers }), fetchExchange],
    });
    return { client, counted };
  }

  it('shows three pages of the feed, then a story, then the same feed, with four requests', async () => {
    const { client, counted } = open({ Feed: { articles: relayPagination() } });
    const feed = urqlGql(storedText('NewsFeed'));
    let data = (await client.query(feed, { first: 5 }).toPromise()).data;
    for (let page = 0; page < 2; page++)
      data = (await client.query(feed, { first: 5, after: endOf(data) }).toPromise()).data;
    const before = slugsIn(data);
    expect(before).toHaveLength(15);
    await client.query(urqlGql(storedText('ArticlePage')), { slug }).toPromise();
    const again = await client.query(feed, { first: 5 }).toPromise();
    expect([slugsIn(again.data), again.stale]).toEqual([before, false]);
    await client.query(urqlGql(storedText('ArticlePage')), { slug }).toPromise();
    expect(counted.requests).toBe(4);
    expect(warned()).toEqual([]);
  });

  it.each([{ isReversed: false }, { isReversed: true }])(
    'keeps the whole response of each stored query after all the others: %j',
    async ({ isReversed }) => {
      const { client, counted } = open();
      const order = isReversed ? queries.toReversed() : queries;
      const came = new Map<string, unknown>();
      for (const { name, body, variables } of order)
        came.set(name, (await client.query(urqlGql(body), variables).toPromise()).data);
      const { requests } = counted;
      for (const { name, body, variables } of order) {
        const kept = client.readQuery(urqlGql(body), variables);
        expect([name, kept?.data, kept?.stale]).toEqual([name, came.get(name), false]);
      }
      expect(counted.requests).toBe(requests);
      expect(warned()).toEqual([]);
    },
  );
});
