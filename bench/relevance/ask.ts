/** Asks a newsroom for related stories and searches, and says how well the answers are what was chosen. */
import type { ArticlesStore } from '../../subgraphs/articles/store.ts';
import type { Corpus } from './corpus.ts';
import type { Question } from './questions.ts';

export interface Relevance {
  asked: number;
  /** Shares of what was to be found, 0 to 1. */
  first4: number;
  first10: number;
  /** Mean reciprocal rank of the first that was to be found, among the first ten. */
  reciprocal: number;
}

const depth = 10;

/** The share of a story's links that comes back among its related stories, the mean over all stories that have links. */
export async function measureRelated({ store, links }: Pick<Corpus, 'store' | 'links'>): Promise<Relevance> {
  const ids = [...links.keys()];
  let in4 = 0;
  let in10 = 0;
  let reciprocal = 0;
  for (let start = 0; start < ids.length; start += 20) {
    const some = ids.slice(start, start + 20);
    const lists = await store.related(some, depth);
    for (const [place, id] of some.entries()) {
      const wanted = links.get(id) ?? new Set();
      const found = (lists[place] ?? []).map(({ article }) => wanted.has(article.id));
      in4 += found.slice(0, 4).filter(Boolean).length / wanted.size;
      in10 += found.filter(Boolean).length / wanted.size;
      const first = found.indexOf(true);
      if (first >= 0) reciprocal += 1 / (first + 1);
    }
  }
  const asked = ids.length || 1;
  return { asked: ids.length, first4: in4 / asked, first10: in10 / asked, reciprocal: reciprocal / asked };
}

/** How high the story stands that each question was made of. */
export async function measureSearch(
  store: ArticlesStore,
  questions: readonly Question[],
): Promise<Relevance> {
  let in4 = 0;
  let in10 = 0;
  let reciprocal = 0;
  for (const { story, query } of questions) {
    const { rows } = await store.search.find(query, {}, { limit: depth, isBackward: false });
    const at = rows.slice(0, depth).findIndex(({ article }) => article.id === story.id);
    if (at < 0) continue;
    reciprocal += 1 / (at + 1);
    in10 += 1;
    if (at < 4) in4 += 1;
  }
  const asked = questions.length || 1;
  return {
    asked: questions.length,
    first4: in4 / asked,
    first10: in10 / asked,
    reciprocal: reciprocal / asked,
  };
}
