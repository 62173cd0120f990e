/** `npm run generate -- --articles N`: fills a newsroom of any size with made-up stories. */
import { readCommandLine } from '../../kit/commandLine.ts';
import { StartError } from '../../kit/startError.ts';
import { startFailure } from '../../subgraphs/errors.ts';
import { openNewsroom } from '../openNewsroom.ts';
import { openProgress } from '../progress.ts';
import { generate } from './generate.ts';

const most = 10_000_000;
const usage = 'Usage: npm run generate -- --articles N';

async function main(): Promise<void> {
  const articles = readArticles();
  const newsroom = await openNewsroom();
  const bar = openProgress(process.stderr);
  const started = performance.now();
  try {
    const lanes = newsroom.isEmbedded ? 1 : 4;
    const sizes = await generate({
      stores: newsroom.stores,
      articles,
      now: new Date(),
      lanes,
      progress: bar.show,
    });
    bar.end();
    const seconds = (performance.now() - started) / 1000;
    const rate = Math.round(sizes.articles / seconds).toLocaleString('en');
    const made = Object.entries(sizes).map(([what, count]) => `${count.toLocaleString('en')} ${what}`);
    process.stdout.write(`Made ${made.join(', ')} in ${seconds.toFixed(1)} s: ${rate} stories a second.\n`);
  } finally {
    bar.end();
    await newsroom.close();
  }
}

function readArticles(): number {
  const { articles: text } = readCommandLine(usage, { options: { articles: { type: 'string' } } }).values;
  const articles = Number(text);
  if (text !== undefined && Number.isInteger(articles) && articles >= 1 && articles <= most) return articles;
  const range = `a whole number from 1 to ${most.toLocaleString('en')}`;
  throw new StartError(`Expected --articles to be ${range}, but got: ${text ?? 'nothing'}.\n${usage}`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${startFailure(error)}\n`);
  process.exitCode = 1;
});
