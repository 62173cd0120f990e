/**
 * An embed as a tree of tags and attributes, from which the server makes HTML and the browser DOM elements. It holds
 * text only, and http or https URLs.
 */
import type { Card, CardList, CardPicture } from './card.ts';

export type Tree = readonly [tag: string, attributes: Attributes, ...children: Child[]];
type Child = Tree | string | null;
type Attributes = Readonly<Record<string, string | number | undefined>>;

/** The target of links; the current window by default. */
export interface TreeOptions {
  target?: '_blank';
}

/** Articles below the title of their feed. */
export function listTree({ title, url, cards }: CardList, options: TreeOptions = {}): Tree {
  return [
    'section',
    { class: 'box', part: 'box', 'aria-label': title },
    ['h2', { class: 'title', part: 'title' }, link(url, title, options)],
    cards.length > 0
      ? ['ul', { role: 'list', part: 'list' }, ...cards.map((card) => rowTree(card, options))]
      : ['p', { class: 'empty', part: 'message' }, 'No stories yet.'],
  ];
}

/** One article with its picture, or with its kicker in that place. */
export function storyTree(card: Card, options: TreeOptions = {}): Tree {
  const { picture, kicker, headline, standfirst, lang, dir } = card;
  return [
    'article',
    { class: 'box', part: 'box', lang, dir },
    [
      'div',
      { class: 'story', part: 'story' },
      picture
        ? figureTree(picture, '(min-width: 640px) 46vw, 100vw')
        : ['div', { class: 'plate', part: 'plate', 'aria-hidden': 'true' }, kicker],
      [
        'div',
        { class: 'text' },
        kickerTree(card),
        ['h2', { class: 'headline', part: 'headline' }, link(card.url, headline, options)],
        standfirstTree(standfirst),
        metaTree(card),
      ],
    ],
  ];
}

/** The placeholder of `listTree` while articles load. */
export function listBones(rows: number): Tree {
  const row: Tree = [
    'li',
    { class: 'row' },
    ['div', { class: 'text' }, bone(4), bone(9), bone(6)],
    bone('thumb'),
  ];
  return bones([
    ['div', { class: 'title' }, bone(4)],
    ['ul', {}, ...Array.from({ length: rows }, () => row)],
  ]);
}

/** The placeholder of `storyTree`. */
export function storyBones(): Tree {
  const lines = ['div', { class: 'text' }, bone(4), bone(9), bone(9), bone(6)] as const;
  return bones([['div', { class: 'story' }, ['figure', {}, bone('wide')], lines]]);
}

function rowTree(card: Card, options: TreeOptions): Tree {
  const { picture, headline, standfirst, lang, dir } = card;
  return [
    'li',
    { class: 'row', part: 'item', lang, dir },
    [
      'div',
      { class: 'text' },
      kickerTree(card),
      ['h3', { class: 'headline', part: 'headline' }, link(card.url, headline, options)],
      standfirstTree(standfirst),
      metaTree(card),
    ],
    picture ? figureTree(picture, '112px') : null,
  ];
}

const kickerTree = ({ kicker, gate }: Card): Tree => [
  'p',
  { class: 'kicker', part: 'kicker' },
  ['span', {}, kicker],
  gate === null ? null : ['span', { class: 'gate', part: 'gate' }, gate],
];

const standfirstTree = (standfirst: string | null): Tree | null =>
  standfirst === null ? null : ['p', { class: 'standfirst', part: 'standfirst' }, standfirst];

const metaTree = ({ byline, source, date, readingTime }: Card): Tree => [
  'p',
  { class: 'meta', part: 'meta' },
  byline === null ? null : ['span', { part: 'byline' }, byline],
  ['span', { part: 'source' }, source],
  date && ['time', { datetime: date.iso, part: 'date' }, date.text],
  ['time', { datetime: readingTime.iso, part: 'reading-time' }, readingTime.text],
];

function figureTree({ src, srcset, width, height, alt, credit }: CardPicture, sizes: string): Tree | null {
  if (!webAddress(src)) return null;
  const image = { src, srcset, sizes, width, height, alt, loading: 'lazy', decoding: 'async', part: 'image' };
  return [
    'figure',
    { part: 'picture' },
    ['img', image],
    ['figcaption', { class: 'credit', part: 'credit' }, credit],
  ];
}

function link(url: string, text: string, { target }: TreeOptions): Tree {
  const href = webAddress(url);
  return ['a', { href, part: 'link', target, rel: target && 'noopener' }, text];
}

/** The URL when it is http or https, and not a script. */
function webAddress(url: string): string | undefined {
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined;
}

const bones = (children: Tree[]): Tree => [
  'section',
  { class: 'box', part: 'box skeleton', 'aria-busy': 'true', 'aria-label': 'Loading' },
  ['div', { 'aria-hidden': 'true' }, ...children],
];

const bone = (size: number | string): Tree => ['div', { class: `bone bone-${size}` }];
