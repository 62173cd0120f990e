/** Newsrooms to look through from outside: a made-up one with hostile stories, and a real export where there is one. */
import { generate } from '../../newsroom/generate/generate.ts';
import { importContent } from '../../newsroom/import/import.ts';
import { splitAtPaywall } from '../../subgraphs/articles/story/paywall.ts';
import { textOf } from '../../subgraphs/articles/story/words.ts';
import { type Corpus, hostileStories, type Keeping, keeping } from './corpus.ts';
import type { TestDoors } from './doors.ts';
import { type LeakCheck, openLeakCheck } from './leaks.ts';
import { sharedData } from './sharedData.ts';

const realPath = process.env.GHOST_EXPORT ?? sharedData('ghost/digitalgov.ghost.json.gz');

type Fill = (doors: TestDoors, corpus: Corpus, options?: Keeping) => Promise<unknown>;

export const corpora: { name: string; fill: Fill }[] = [
  {
    name: 'a made-up newsroom',
    fill: async (doors, corpus, options) => {
      const now = new Date(Date.now() - 3_600_000);
      const stores = keeping(doors.stores, corpus, options);
      await generate({ stores, articles: 300, now, lanes: 1, progress: () => undefined });
      await hostileStories(doors, stores, corpus);
    },
  },
  ...(realPath
    ? [
        {
          name: 'a Ghost export',
          fill: (doors: TestDoors, corpus: Corpus, options?: Keeping) =>
            importContent({
              path: realPath,
              stores: keeping(doors.stores, corpus, { everyOther: true, ...options }),
              by: 'test',
            }),
        },
      ]
    : []),
];

/** As feeds name those who wrote a story. */
const names = new Intl.ListFormat('en-GB');

/** Splits each story of a corpus at its paywall, as it is stored; answers what finds the words behind it. */
export async function splitStories(doors: TestDoors, corpus: Corpus): Promise<LeakCheck> {
  const split = await Promise.all(
    [...corpus.stories.values()].map(async (story) => {
      const { store } = doors.open.articles;
      const [[blocks], [row]] = await Promise.all([store.bodiesByIds([story.id]), store.byIds([story.id])]);
      const parts = splitAtPaywall(blocks ?? [], story.content.visibility ?? 'PUBLIC');
      return Object.assign(story, parts, { slug: row?.slug ?? story.slug });
    }),
  );
  const open = split.flatMap(({ content, free }) => [
    ...[
      content.headline,
      content.standfirst ?? '',
      ...(content.corrections ?? []).map(({ text }) => text),
      content.leadMedia?.caption ?? '',
      content.leadMedia?.altText ?? '',
    ],
    ...free.flatMap((block) => [
      'caption' in block ? (block.caption ?? '') : textOf(block),
      'altText' in block ? (block.altText ?? '') : '',
    ]),
    names.format((content.bylines ?? []).map(({ displayName }) => displayName)),
    // Where nobody wrote an abstract it begins like the text.
    free.map(textOf).filter(Boolean).join(' '),
  ]);
  return openLeakCheck(split, [...open, ...corpus.open]);
}
