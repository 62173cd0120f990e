/** What readers ask of the newsroom: the article page of many stories, the news feed, the front page. */
import { readFileSync } from 'node:fs';
import { ask } from '../measure/ask.ts';
import type { Workload } from './scene.ts';

const connections = 8;

/** The workloads with the answers that the graph at `url` gives to them. */
export async function readPages(url: string): Promise<readonly Workload[]> {
  const slugs = await slugsOf(url);
  return Promise.all([
    page(
      url,
      'article page',
      'article-page',
      slugs.map((slug) => ({ slug })),
    ),
    page(url, 'news feed', 'news-feed', [{ first: 20 }]),
    page(url, 'front page', 'front-page', [{}]),
  ]);
}

async function page(
  url: string,
  title: string,
  file: string,
  variables: readonly object[],
): Promise<Workload> {
  const query = readFileSync(`schema/operations/${file}.graphql`, 'utf8');
  const operationName = /query (\w+)/.exec(query)?.[1];
  const bodies = variables.map((one) => JSON.stringify({ query, operationName, variables: one }));
  const answers: unknown[] = [];
  for (const body of bodies) answers.push(await dataOf(url, body));
  return { title, bodies, answers, connections, isUnique: true };
}

async function slugsOf(url: string): Promise<string[]> {
  const query = '{ articles(first: 20) { nodes { slug } } }';
  const { articles } = (await dataOf(url, JSON.stringify({ query }))) as {
    articles: { nodes: { slug: string }[] };
  };
  return articles.nodes.map(({ slug }) => slug);
}

async function dataOf(url: string, body: string): Promise<unknown> {
  const { text } = await ask(url, body);
  const { data, errors } = JSON.parse(text);
  if (errors || !data) throw new Error(`Expected the reference to answer, but got: ${text.slice(0, 300)}`);
  return data;
}
