/** The part `relevance`: related stories and search, measured by what editors chose in an archive of theirs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureRelated, measureSearch, type Relevance } from './relevance/ask.ts';
import { openCorpus } from './relevance/corpus.ts';
import { questionsOf } from './relevance/questions.ts';

/** Prints both tables for a Ghost export or a Wikinews file. */
export async function relevance({ content }: { content: string | undefined }): Promise<void> {
  if (!content) return console.log('  left out: name an export with --content');
  const folder = await mkdtemp(join(tmpdir(), 'dateline-bench-'));
  const corpus = await openCorpus(content, { ...process.env, DATA_DIR: folder });
  try {
    const { stories, links, store, importSeconds } = corpus;
    const where = process.env.DATABASE_URL ? 'PostgreSQL' : 'the embedded database';
    const rate = Math.round(stories.length / importSeconds);
    console.log(`  ${stories.length} stories in ${where}, ${rate} a second`);
    const count = [...links.values()].reduce((sum, targets) => sum + targets.size, 0);
    if (count === 0) console.log('  related stories: left out, since no story links to another');
    else print(`related stories: ${count} links of`, await measureRelated({ store, links }));
    const { title, typo, prefix, phrase } = questionsOf(stories);
    print('search, three words of the title', await measureSearch(store, title));
    print('the same, two letters exchanged', await measureSearch(store, typo));
    print('the same, the last word to its 4th letter', await measureSearch(store, prefix));
    print('search, five words in a row from the text', await measureSearch(store, phrase));
  } finally {
    await corpus.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function print(what: string, { asked, first4, first10, reciprocal }: Relevance): void {
  const share = (figure: number) => `${(figure * 100).toFixed(1).padStart(5)} %`;
  const name = `${what} (${asked} stories)`.padEnd(62);
  console.log(
    `  ${name} first 4 ${share(first4)}   first 10 ${share(first10)}   MRR ${reciprocal.toFixed(3)}`,
  );
}
