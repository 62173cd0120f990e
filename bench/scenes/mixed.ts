/** What comes to a newsroom on a long day: readers, partners, clients, editors, and requests that are wrong. */
import { readFileSync } from 'node:fs';
import { request } from 'undici';

/** Sends one request and resolves to its status; 0 where the caller left before the answer. */
export type Act = (number: number) => Promise<number>;

export interface MixedOptions {
  /** Where the newsroom listens. */
  address: string;
  /** A token that may put stories. */
  token: string;
}

/** Acts by how many of a hundred requests they are. */
export async function mixedActs({ address, token }: MixedOptions): Promise<readonly [share: number, Act][]> {
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const { statusCode, body } = await request(`${address}${path}`, { headers });
    await body.dump();
    return statusCode;
  };
  const post = async (body: object, headers: Record<string, string> = {}) => {
    const answer = await request(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, text };
  };
  const asEditor = { authorization: `Bearer ${token}` };
  const listed = await post({ query: '{ articles(first: 25) { nodes { slug id } } }' });
  const stories: { slug: string; id: string }[] = JSON.parse(listed.text).data.articles.nodes;
  const story = (number: number) => stories[number % stories.length] as { slug: string; id: string };
  const stored: { name: string; id: string }[] = JSON.parse(
    readFileSync('schema/operations.json', 'utf8'),
  ).operations;
  const articlePage = stored.find(({ name }) => name === 'ArticlePage')?.id;
  return [
    [20, (n) => get(`/articles/${story(n).slug}`)],
    [8, () => get('/')],
    [6, (n) => get(`/search?q=${['tram', 'harbour', 'city', 'council', `word${n}`][n % 5]}`)],
    [6, () => get('/feeds/news.rss')],
    [3, (n) => get(`/ninjs/articles/${story(n).id}`)],
    [4, (n) => get(`/embed/article/${story(n).slug}`)],
    [
      24,
      (n) =>
        get(
          `/graphql?documentId=sha256:${articlePage}&variables=${encodeURIComponent(JSON.stringify({ slug: story(n).slug }))}`,
        ),
    ],
    // No two of them are alike.
    [
      10,
      async (n) =>
        (await post({ query: `{ story${n}: articles(first: ${1 + (n % 3)}) { nodes { headline slug } } }` }))
          .status,
    ],
    [4, (n) => get(`/articles/nowhere-${n}`)],
    [3, (n) => get('/articles/nowhere', { authorization: `Bearer a.b.${n}` })],
    [3, (n) => get('/', { cookie: `dateline-access=${n}; dateline-refresh=none` })],
    [4, () => get('/', asEditor)],
    [
      2,
      async (n) =>
        (
          await post(
            {
              query: 'mutation ($input: ArticleInput!) { putArticle(input: $input) { article { id } } }',
              variables: {
                input: {
                  sourceId: `soak:${n % 200}`,
                  headline: `A long day, part ${n}`,
                  sectionSlug: 'city',
                  bodyHtml: `<p>Part ${n} of a long day.</p>`,
                  publishAt: new Date(Date.now() - 1000).toISOString(),
                },
              },
            },
            asEditor,
          )
        ).status,
    ],
    [3, (n) => leave(`${address}/articles/${story(n).slug}`)],
  ];
}

/** A reader who goes away at once. */
async function leave(url: string): Promise<number> {
  const gone = new AbortController();
  setImmediate(() => gone.abort());
  try {
    const { statusCode, body } = await request(url, { signal: gone.signal });
    await body.dump();
    return statusCode;
  } catch {
    return 0;
  }
}
