/** Newsrooms to look through from outside: a made-up one with hostile stories, and a real export where there is one. */
import { generate } from '../../newsroom/generate/generate.ts';
import { importContent } from '../../newsroom/import/import.ts';
import type { Block } from '../../subgraphs/articles/blocks.ts';
import { splitAtPaywall } from '../../subgraphs/articles/story/paywall.ts';
import { textOf } from '../../subgraphs/articles/story/words.ts';
import { mayReadPart, type TestReader } from './audience.ts';
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

const anybody: TestReader = { name: 'anybody', headers: {}, opens: [], writes: false };

/** As feeds name those who wrote a story. */
const names = new Intl.ListFormat('en-GB');

/** As many stories are read by one statement. */
const storiesAtOnce = 200;

/** Splits each story of a corpus at its paywall, as it is stored; answers what finds the words behind it. */
export async function splitStories(doors: TestDoors, corpus: Corpus): Promise<LeakCheck> {
  const { store } = doors.open.articles;
  const stories = [...corpus.stories.values()];
  const split: (typeof stories)[number][] = [];
  for (let start = 0; start < stories.length; start += storiesAtOnce) {
    const some = stories.slice(start, start + storiesAtOnce);
    const ids = some.map(({ id }) => id);
    const [bodies, rows] = await Promise.all([store.bodiesByIds(ids), store.byIds(ids)]);
    for (const [at, story] of some.entries()) {
      const parts = splitAtPaywall(bodies[at] ?? [], story.content.visibility ?? 'PUBLIC');
      for (const [name, list] of Object.entries(parts))
        for (const block of list) {
          const { audience } = block;
          const part = { story, block, isGated: name === 'gated' };
          if (audience) corpus.parts.set(`${story.id}:${corpus.parts.size}`, { ...part, audience });
        }
      const isForAll = ({ audience }: Block) => audience === undefined;
      const [free, gated] = [parts.free.filter(isForAll), parts.gated.filter(isForAll)];
      split.push(Object.assign(story, { free, gated, slug: rows[at]?.slug ?? story.slug }));
    }
  }
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
  const parts = [...corpus.parts].map(([id, { block }]) => ({ id, gated: [block] }));
  return openLeakCheck([...split, ...parts], [...open, ...corpus.open], (id) => {
    const part = corpus.parts.get(id);
    return part !== undefined && !part.isGated && mayReadPart(anybody, part);
  });
}
