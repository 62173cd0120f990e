/** The reason for a relation in words: the shared subjects, as the stories write them. */
import { stemOf, type Token, tokensOf } from './terms.ts';

interface Shared {
  /** Shared terms, the most important first. */
  terms: readonly string[];
  /** The names of shared tags. */
  tags: readonly string[];
  /** The texts that are searched first. */
  headlines: readonly string[];
}

const subjectsAtMost = 2;
const wordsAtMost = 3;
const list = new Intl.ListFormat('en', { type: 'conjunction' });

export function reasonOf(
  shared: Shared,
  { standfirst, abstract }: { standfirst: string | null; abstract: string | null },
): string {
  const texts = [...shared.headlines, standfirst ?? '', abstract ?? ''];
  const subjects = subjectsOf(shared.terms, texts);
  if (subjects.length > 0) return `Also about ${list.format(subjects)}`;
  if (shared.tags.length === 0) return 'About the same';
  return `Shares the ${shared.tags.length === 1 ? 'tag' : 'tags'} ${list.format(shared.tags.slice(0, 3))}`;
}

/** Consecutive words form one subject: "text messaging". */
function subjectsOf(terms: readonly string[], texts: readonly string[]): string[] {
  const rank = new Map(terms.map((term, place) => [term, place]));
  const subjects: { text: string; rank: number; stems: string[] }[] = [];
  for (const text of texts) {
    let row: Token[] = [];
    const end = () => {
      const first = row[0];
      const last = row.at(-1);
      if (!first || !last) return;
      const stems = row.map(({ term }) => stemOf(term));
      const best = Math.min(...stems.map((stem) => rank.get(stem) ?? terms.length));
      subjects.push({ text: asWritten(text, first, last), rank: best, stems });
      row = [];
    };
    for (const token of tokensOf(text)) {
      const isShared = token.kind !== 'part' && rank.has(stemOf(token.term)) && token.term.length > 1;
      const previous = row.at(-1);
      const isNext = previous && /^[\s.-]?$/.test(text.slice(previous.end, token.start));
      if (!isShared || (previous && !isNext) || row.length >= wordsAtMost) end();
      if (isShared) row.push(token);
    }
    end();
  }
  subjects.sort((a, b) => a.rank - b.rank || b.stems.length - a.stems.length);
  const chosen: string[] = [];
  const used = new Set<string>();
  for (const { text, stems } of subjects) {
    if (stems.some((stem) => used.has(stem)) || chosen.length >= subjectsAtMost) continue;
    chosen.push(text);
    for (const stem of stems) used.add(stem);
  }
  return chosen;
}

/** The words as the text writes them, with single spaces. */
function asWritten(text: string, first: Token, last: Token): string {
  return text.slice(first.start, last.end).replace(/\s+/g, ' ');
}
