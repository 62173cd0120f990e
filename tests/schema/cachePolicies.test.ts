/** How the generated policies combine responses in Apollo Client's cache. */
import { gql, InMemoryCache } from '@apollo/client';
import { describe, expect, it } from '@jest/globals';
import { possibleTypes, typePolicies } from '../../schema/cachePolicies.ts';

const open = () => new InMemoryCache({ possibleTypes, typePolicies });

const article = (fields: object) => ({ article: { __typename: 'Article', id: 'a', ...fields } });
const image = (id: string, fields = {}) => ({ __typename: 'Image', id, ...fields });

describe('objects without an id', () => {
  const caption = gql`{ article(slug: "a") { id leadMedia { ... on ImageUse { caption image { id } } } } }`;
  const altText = gql`{ article(slug: "a") { id leadMedia { ... on ImageUse { altText image { id } } } } }`;
  const use = (fields: object) => article({ leadMedia: { __typename: 'ImageUse', ...fields } });

  it('keep the fields of both responses', () => {
    const cache = open();
    cache.writeQuery({ query: caption, data: use({ caption: 'The quay', image: image('1') }) });
    cache.writeQuery({ query: altText, data: use({ altText: 'A quay', image: image('1') }) });
    expect(cache.readQuery({ query: caption })).toEqual(use({ caption: 'The quay', image: image('1') }));
    expect(cache.readQuery({ query: altText })).toEqual(use({ altText: 'A quay', image: image('1') }));
  });

  it('never show the caption of an image below another image', () => {
    const cache = open();
    cache.writeQuery({ query: caption, data: use({ caption: 'The quay', image: image('1') }) });
    cache.writeQuery({ query: altText, data: use({ altText: 'A tram', image: image('2') }) });
    expect(cache.readQuery({ query: caption })).toBeNull();
  });

  it('are merged in lists that agree, and replaced in lists that do not', () => {
    const roles = gql`{ article(slug: "a") { id bylines { displayName role } } }`;
    const authors = gql`{ article(slug: "a") { id bylines { displayName author { id } } } }`;
    const bylines = (...items: object[]) =>
      article({ bylines: items.map((item) => ({ __typename: 'Byline', ...item })) });
    const author = (id: string) => ({ __typename: 'Author', id });
    const cache = open();
    cache.writeQuery({ query: roles, data: bylines({ displayName: 'Ann', role: 'BY' }) });
    cache.writeQuery({ query: authors, data: bylines({ displayName: 'Ann', author: author('ann') }) });
    expect(cache.readQuery({ query: roles })).toEqual(bylines({ displayName: 'Ann', role: 'BY' }));
    cache.writeQuery({ query: authors, data: bylines({ displayName: 'Bo', author: author('bo') }) });
    expect(cache.readQuery({ query: roles })).toBeNull();
  });
});

describe('connections', () => {
  const edges = gql`query ($first: Int, $after: String, $last: Int, $before: String) { feed(slug: "news") { id
    articles(first: $first, after: $after, last: $last, before: $before) {
      edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  } }`;
  const nodes = gql`query ($first: Int) { feed(slug: "news") { id articles(first: $first) { nodes { id } } } }`;
  const feed = (articles: object) => ({
    feed: { __typename: 'Feed', id: 'feed:news', articles: { __typename: 'ArticleConnection', ...articles } },
  });
  const node = (id: string) => ({ __typename: 'Article', id });
  /** A page of the list "abcdefgh". */
  const page = (ids: string) =>
    feed({
      edges: [...ids].map((id) => ({ __typename: 'ArticleEdge', cursor: id, node: node(id) })),
      pageInfo: {
        __typename: 'PageInfo',
        hasNextPage: !ids.endsWith('h'),
        hasPreviousPage: !ids.startsWith('a'),
        startCursor: ids[0],
        endCursor: ids.at(-1),
      },
    });
  const two = { first: 2 };

  function openFeed() {
    const cache = open();
    const write = (variables: object, ids: string) =>
      cache.writeQuery({ query: edges, variables, data: page(ids) });
    const read = (variables: object) => cache.readQuery({ query: edges, variables });
    write(two, 'ab');
    write({ ...two, after: 'b' }, 'cd');
    write({ ...two, after: 'd' }, 'ef');
    return { cache, write, read };
  }

  it('are one list of their pages, with the page info of its ends', () => {
    const { read } = openFeed();
    expect(read(two)).toEqual(page('abcdef'));
  });

  it('have the page at a cursor alone where a query names it', () => {
    const { read } = openFeed();
    expect(read({ ...two, after: 'b' })).toEqual(page('cd'));
  });

  it('are not cut by a query of another size or of other lists', () => {
    const { cache, write, read } = openFeed();
    write({ first: 3 }, 'abc');
    cache.writeQuery({ query: nodes, variables: two, data: feed({ nodes: ['a', 'b'].map(node) }) });
    expect(read(two)).toEqual(page('abcdef'));
    expect(read({ first: 3 })).toEqual(page('abc'));
  });

  it('keep later pages when the first one is loaded again as it was, and end after it when it changed', () => {
    const { write, read } = openFeed();
    write(two, 'ab');
    expect(read(two)).toEqual(page('abcdef'));
    write(two, 'na');
    expect(read(two)).toEqual(page('na'));
  });

  it('are read from their end too', () => {
    const { write, read } = openFeed();
    write({ last: 2 }, 'gh');
    write({ last: 2, before: 'g' }, 'ef');
    expect(read({ last: 2 })).toEqual(page('efgh'));
  });

  it('end where a server sends a cursor twice', () => {
    const { write, read } = openFeed();
    write({ ...two, after: 'f' }, 'ab');
    expect(read(two)).toEqual(page('abcdefab'));
  });
});
