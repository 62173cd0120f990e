/** Made-up stories: the same number always gives the same story, so that a newsroom can be generated again. */
import type { Block } from '../../subgraphs/articles/blocks.ts';
import type { ArticleContent, TopicContent } from '../../subgraphs/articles/content.ts';
import type { AuthorContent } from '../../subgraphs/authors/content.ts';
import type { ImageContent } from '../../subgraphs/media/content.ts';
import { idOf } from '../../subgraphs/store/contentId.ts';
import { endings, nouns, places, subjects, verbs } from './words.ts';

/** The number of sections, tags and authors for a number of articles. */
export function sizesFor(articles: number) {
  return {
    articles,
    authors: clamp(Math.ceil(articles / 500), 8, 2_000),
    images: clamp(Math.ceil(articles / 10), 8, 20_000),
    tags: clamp(Math.ceil(articles / 200), 20, 400),
    sections: 12,
  };
}
export type Sizes = ReturnType<typeof sizesFor>;

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);

/** The years from the oldest story to the newest, which is published just before `now`. */
const yearsBack = 15;
const yearMs = 365.25 * 24 * 3600 * 1000;

const source = (kind: string, number: number) => `made:${kind}:${number}`;

export function madeSection(number: number): TopicContent {
  const name = capital(pick(subjects, number));
  return {
    sourceId: source('section', number),
    slug: slugOf(name, number),
    name,
    description: `All about ${name}.`,
  };
}

export function madeTag(number: number): TopicContent {
  const name = `${capital(pick(nouns, number))} in ${pick(places, Math.floor(number / nouns.length) + number)}`;
  return { sourceId: source('tag', number), slug: slugOf(name, number), name };
}

export function madeAuthor(number: number, { images }: Sizes): AuthorContent {
  const name = `${pick(endings, number)} ${capital(pick(nouns, number * 7 + 3))}`;
  return {
    sourceId: source('author', number),
    slug: slugOf(name, number),
    name,
    jobTitle: `${capital(pick(subjects, number))} Reporter`,
    bio: `${name} reports on ${pick(subjects, number)} from ${pick(places, number)}.`,
    avatarId: idOf('image', source('image', number % images)),
  };
}

export function madeImage(number: number): ImageContent {
  const what = `${capital(pick(nouns, number))} in ${pick(places, number * 3)}`;
  const isPortrait = number % 7 === 0;
  return {
    sourceId: source('image', number),
    width: isPortrait ? 1200 : 1920,
    height: isPortrait ? 1600 : 1280,
    encodingFormat: 'image/jpeg',
    altText: `${what}, seen from the street`,
    credit: {
      creatorName: `${pick(endings, number)} ${capital(pick(nouns, number + 5))}`,
      agency: 'Made Up Pictures',
    },
    rights: { syndicatable: number % 3 !== 0, embeddable: true },
  };
}

/** The story with this number, 0 the oldest, in a newsroom of these sizes. */
export function madeArticle(number: number, sizes: Sizes, now: Date): ArticleContent {
  const random = randomOf(number);
  const headline = `${capital(sentence(random, 5))} in ${pick(places, number)}`;
  const age = (1 - (number + 1) / sizes.articles) * yearsBack * yearMs;
  const author = random(sizes.authors);
  const isGated = random(20) === 0;
  const tags = new Set([random(sizes.tags), random(sizes.tags), random(sizes.tags)]);
  const section = random(sizes.sections);
  const made = madeAuthor(author, sizes);
  return {
    sourceId: source('article', number),
    slug: slugOf(headline, number),
    headline,
    standfirst: `${capital(sentence(random, 12))}.`,
    sectionSlug: madeSection(section).slug,
    tagSlugs: [...tags].map((tag) => madeTag(tag).slug),
    bylines: [{ authorId: idOf('author', made.sourceId), displayName: made.name }],
    datePublished: new Date(now.getTime() - age),
    breaking: random(500) === 0,
    ...(isGated ? { visibility: 'MEMBERS' as const } : {}),
    body: bodyOf(random, number, isGated),
    leadMedia: {
      kind: 'image',
      id: idOf('image', source('image', random(sizes.images))),
      altText: `${capital(sentence(random, 6))}`,
    },
    usageRights: { syndicatable: true, embeddable: true },
  };
}

function bodyOf(random: (below: number) => number, number: number, isGated: boolean): Block[] {
  const paragraphs = 3 + random(4);
  const blocks: Block[] = Array.from({ length: paragraphs }, () => ({
    kind: 'paragraph',
    html: `${capital(sentence(random, 14))}. ${capital(sentence(random, 18))}. ${capital(sentence(random, 11))}.`,
  }));
  if (random(3) === 0 && number > 0) {
    const other = random(number);
    const place = pick(places, other);
    blocks.splice(2, 0, {
      kind: 'related',
      slug: slugOf(`${capital(sentence(randomOf(other), 5))} in ${place}`, other),
      linkText: 'Read this one too',
    });
  }
  if (isGated) blocks.splice(2, 0, { kind: 'paywall' });
  return blocks;
}

const sentence = (random: (below: number) => number, words: number) =>
  Array.from({ length: words }, (_, place) =>
    pick(place % 3 === 1 ? verbs : place % 3 === 0 ? nouns : subjects, random(1 << 20)),
  ).join(' ');

const pick = (from: readonly string[], number: number): string => from[number % from.length] ?? '';

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const slugOf = (text: string, number: number) => `${text.toLowerCase().replace(/[^a-z]+/g, '-')}-${number}`;

/** Pseudorandom numbers below a bound (mulberry32). */
function randomOf(seed: number): (below: number) => number {
  let state = (seed * 0x9e3779b1) | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
