/** What is searched for: each question is made of one story, which should be found by it. */
import type { CorpusStory } from './corpus.ts';
import { randomOf } from './random.ts';

export interface Question {
  story: CorpusStory;
  query: string;
}

export interface Questions {
  title: Question[];
  typo: Question[];
  prefix: Question[];
  phrase: Question[];
}

const storiesAtMost = 240;
const letters = /[\p{L}\p{M}\p{N}]+/gu;

/** The same questions each time for the same stories. */
export function questionsOf(stories: readonly CorpusStory[], seed = 20_261_128): Questions {
  const random = randomOf(seed);
  const questions: Questions = { title: [], typo: [], prefix: [], phrase: [] };
  for (const story of shuffled(stories, random)) {
    if (questions.title.length >= storiesAtMost) break;
    const words = [...new Set(story.headline.match(letters) ?? [])].filter((word) => [...word].length >= 4);
    if (words.length < 3) continue;
    // In the order of the title, as somebody remembers it.
    const chosen = shuffled(words, random).slice(0, 3);
    const three = words.filter((word) => chosen.includes(word));
    questions.title.push({ story, query: three.join(' ') });
    questions.typo.push({ story, query: withTypo(three, random).join(' ') });
    const last = [...(three[2] ?? '')].slice(0, 4).join('');
    questions.prefix.push({ story, query: [three[0], three[1], last].join(' ') });
    const phrase = phraseOf(story.text, random);
    if (phrase) questions.phrase.push({ story, query: phrase });
  }
  return questions;
}

/** Two letters beside each other, but for the first, change places in the longest word. */
function withTypo(words: readonly string[], random: (below: number) => number): string[] {
  const longest = words.reduce((best, word) => (word.length > best.length ? word : best), '');
  const characters = [...longest];
  const places = characters.flatMap((character, place) =>
    place > 0 && place + 1 < characters.length && character !== characters[place + 1] ? [place] : [],
  );
  const at = places[random(places.length || 1)];
  if (at !== undefined)
    [characters[at], characters[at + 1]] = [characters[at + 1] as string, characters[at] as string];
  return words.map((word) => (word === longest ? characters.join('') : word));
}

/** Five words in a row, from one line of the text, as a reader copies them. */
function phraseOf(text: string, random: (below: number) => number): string | undefined {
  const lines = text.split('\n').filter((line) => line.split(/\s+/).length >= 12);
  const line = lines[random(lines.length || 1)];
  if (!line) return undefined;
  const words = line.trim().split(/\s+/);
  const start = random(words.length - 5);
  // Signs of a search's own have no meaning in a text.
  return words
    .slice(start, start + 5)
    .join(' ')
    .replace(/["“”]/g, '')
    .replace(/(^|\s)-+/g, '$1')
    .slice(0, 200);
}

function shuffled<Item>(items: readonly Item[], random: (below: number) => number): Item[] {
  const all = [...items];
  for (let place = all.length - 1; place > 0; place -= 1) {
    const other = random(place + 1);
    [all[place], all[other]] = [all[other] as Item, all[place] as Item];
  }
  return all;
}
