/**
 * Prints the newest headlines and the text of the first story. No library: stored operations by their ids, by GET.
 * Usage: node examples/script/stories.mjs [ADDRESS]
 */
import { readFile } from 'node:fs/promises';

const [address = 'http://localhost:4000'] = process.argv.slice(2);

const manifest = JSON.parse(await readFile(new URL('../../schema/operations.json', import.meta.url), 'utf8'));

/** The data of a stored query. A part that could not be loaded is null, and the errors say why. */
async function query(name, variables) {
  const operation = manifest.operations.find((one) => one.name === name);
  const url = new URL('/graphql', address);
  url.searchParams.set('documentId', `sha256:${operation.id}`);
  url.searchParams.set('variables', JSON.stringify(variables));
  const response = await fetch(url, { headers: { accept: 'application/graphql-response+json' } });
  const { data, errors = [] } = await response.json();
  for (const { message, path = [], extensions } of errors)
    console.error(`${name}.${path.join('.')}: ${message} (${extensions?.code})`);
  if (!data) process.exit(1);
  return data;
}

const { feed } = await query('NewsFeed', { first: 5 });
const [first] = feed.articles.edges;
for (const { node } of feed.articles.edges)
  console.log(`${node.datePublished}  ${node.headline} (${node.readingTimeMinutes} min)`);

const { article } = await query('ArticlePage', { slug: first.node.slug });
console.log(`\n${article.headline}\n${article.canonicalUrl}\n`);
for (const block of article.body) {
  if (block.__typename === 'ParagraphBlock') console.log(`${withoutTags(block.html)}\n`);
  if (block.__typename === 'PaywallBlock') console.log(`For members: ${article.access?.url ?? address}\n`);
}

/** HTML of the graph as text for a terminal. */
function withoutTags(html) {
  const named = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return html
    .replace(/<[^<>]*>/g, '')
    .replace(/&(?:#(\d+)|(\w+));/g, (entity, code, name) =>
      code ? String.fromCodePoint(Number(code)) : (named[name] ?? entity),
    );
}
