/** An article as a feed item in plain values: only what the reader and the partner may have. */
import type { SyndicatedStoryFragment } from '../../schema/documents.ts';
import { directionOf, readLocale } from '../embeds/language.ts';
import { isPaywall, renderStory } from './html.ts';
import { type Picture, pictureOf } from './media.ts';
import type { Rights } from './rights.ts';
import { plain } from './text.ts';

export interface Item {
  /** Stable when the article, its slug or the host changes. */
  id: string;
  url: string;
  headline: string;
  /** Plain text; "" when the article has none. */
  summary: string;
  /** Null when the partner has no right to the text. */
  html: string | null;
  language: string;
  authors: { name: string; url: string | undefined }[];
  /** The section, then the tags. */
  categories: string[];
  published: string;
  modified: string;
  /** When its public version last changed. */
  changed: string;
  copyright: string;
  /** The credit line to print: "Ann Lee and Bo Ek/news.example". */
  credit: string;
  rights: { syndicatable: boolean; requiredCredit: string; license: string | null };
  isWhole: boolean;
  /** In the order of the article, without duplicates. */
  pictures: Picture[];
  corrections: { type: string; text: string; date: string }[];
}

const names = new Intl.ListFormat('en-GB');

/** The URN of an article for use outside this site. */
export const urnOf = (id: string): string => `urn:uuid:${id}`;

/** `base` is the base URL of the site, without a slash at the end. */
export function itemOf(story: SyndicatedStoryFragment, rights: Rights, base: string): Item {
  const { usageRights, corrections, dateModified, visibleFrom } = story;
  const hasText = usageRights.syndicatable && rights.text;
  const writers = story.bylines.filter(({ role }) => role === 'BY');
  const noted = corrections.map(({ datePublished }) => datePublished);
  const modified = latest([dateModified, ...noted]) ?? dateModified;
  const requiredCredit = plain(usageRights.requiredCredit);
  return {
    id: urnOf(story.id),
    url: story.canonicalUrl,
    headline: story.headline,
    summary: plain(story.standfirst) || plain(story.abstract),
    html: hasText ? inDirection(renderStory(story, rights), story.inLanguage) : null,
    language: story.inLanguage,
    authors: writers.map(({ displayName, author }) => ({
      name: displayName,
      url: author ? `${base}/authors/${encodeURIComponent(author.slug)}` : undefined,
    })),
    categories: [story.section, ...story.tags].map(({ name }) => name),
    published: story.datePublished ?? visibleFrom ?? dateModified,
    modified,
    changed: latest([modified, visibleFrom]) ?? modified,
    copyright: plain(story.copyrightNotice),
    credit: [names.format(writers.map(({ displayName }) => plain(displayName))), requiredCredit]
      .filter(Boolean)
      .join('/'),
    rights: { syndicatable: usageRights.syndicatable, requiredCredit, license: usageRights.license },
    isWhole: !story.body.some(isPaywall),
    pictures: hasText ? picturesOf(story, rights) : [],
    corrections: corrections.map(({ correctionType, text, datePublished }) => ({
      type: correctionType,
      text: plain(text),
      date: datePublished,
    })),
  };
}

/** Marks right-to-left text, which feed readers would show left-to-right otherwise. */
function inDirection(html: string, language: string): string {
  const locale = readLocale(language);
  return html !== '' && directionOf(locale) === 'rtl'
    ? `<div dir="rtl" lang="${locale}">${html}</div>`
    : html;
}

/** The latest of some ISO 8601 times; undefined when there are none. */
export function latest(moments: readonly (string | null)[]): string | undefined {
  const sorted = moments.filter((moment) => moment !== null).sort((a, b) => Date.parse(a) - Date.parse(b));
  return sorted.at(-1);
}

function picturesOf({ leadMedia, body }: SyndicatedStoryFragment, rights: Rights): Picture[] {
  const end = body.findIndex(isPaywall);
  const free = end < 0 ? body : body.slice(0, end);
  const inText = free.flatMap((block) => (block.__typename === 'ImageBlock' ? [block.use] : []));
  const lead = leadMedia?.__typename === 'ImageUse' ? [leadMedia] : [];
  const pictures = [...lead, ...inText].flatMap((use) => pictureOf(use, rights) ?? []);
  return [...new Map(pictures.map((picture) => [picture.url, picture])).values()];
}
