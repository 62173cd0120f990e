/** A demo story as input of the Articles store: keys become ids, offsets become dates. */
import type { Block } from '../../subgraphs/articles/blocks.ts';
import type { ArticleContent, BylineContent } from '../../subgraphs/articles/content.ts';
import { people } from './people.ts';
import { pictures } from './pictures.ts';
import { type DemoStory, days } from './story.ts';

/** Results of the other stores, by the keys of this folder. */
export interface Ids {
  images: ReadonlyMap<string, string>;
  videos: ReadonlyMap<string, string>;
  authors: ReadonlyMap<string, string>;
  tiers: ReadonlyMap<string, string>;
}

/** Every key must exist; an unknown key throws an error that names the story. */
export function toArticle(story: DemoStory, now: Date, ids: Ids): ArticleContent {
  const {
    by = [],
    others = [],
    published,
    modified,
    embargoed,
    lead,
    corrections,
    requiredTiers,
    body,
    ...rest
  } = story;
  const at = (offset: number) => new Date(now.getTime() + offset);
  const id = (kind: keyof Ids, key: string) => {
    const found = ids[kind].get(key);
    if (found === undefined)
      throw new Error(`Expected ${story.slug} to name one of the ${kind}, but got: ${key}.`);
    return found;
  };
  const byline = (slug: string): BylineContent => ({
    authorId: id('authors', slug),
    displayName: nameOf(slug),
  });
  return {
    source: { name: 'Dateline', category: 'STAFF' },
    copyrightNotice: `© ${at(published).getUTCFullYear()} Dateline`,
    usageRights: { syndicatable: true, embeddable: true, requiredCredit: 'Dateline, Port Almery' },
    ...rest,
    sourceId: `demo:story:${story.slug}`,
    bylines: [
      ...by.map(byline),
      ...others.map(({ role, slug, name = '' }) => ({
        ...(slug === undefined ? { displayName: name } : byline(slug)),
        role,
      })),
    ],
    datePublished: at(published),
    dateFirstPublished: at(published),
    dateModified: at(modified ?? published),
    ...(embargoed === true ? { embargoedUntil: at(published) } : {}),
    ...(requiredTiers === undefined
      ? {}
      : { requiredTierIds: requiredTiers.map((slug) => id('tiers', slug)) }),
    ...(lead === undefined ? {} : { leadMedia: toLead(lead, id) }),
    ...(corrections === undefined
      ? {}
      : {
          corrections: corrections.map(({ correctionType, text, at: offset }, index) => ({
            sourceId: `demo:correction:${story.slug}:${index + 1}`,
            correctionType,
            text,
            datePublished: at(offset),
          })),
        }),
    body: body.map((block) => toBlock(block, at(published), id)),
  };
}

function toLead(
  { kind, key, caption, altText }: NonNullable<DemoStory['lead']>,
  id: (kind: keyof Ids, key: string) => string,
) {
  const alt = altText ?? (kind === 'image' ? altOf(key) : undefined);
  return {
    kind,
    id: id(kind === 'image' ? 'images' : 'videos', key),
    role: 'MAIN' as const,
    ...(caption === undefined ? {} : { caption }),
    ...(alt === undefined ? {} : { altText: alt }),
  };
}

function toBlock(block: Block, published: Date, id: (kind: keyof Ids, key: string) => string): Block {
  switch (block.kind) {
    case 'image':
      return { altText: altOf(block.imageId), ...block, imageId: id('images', block.imageId) };
    case 'video':
      return { ...block, videoId: id('videos', block.videoId) };
    case 'paragraph':
    case 'quote':
    case 'callout':
      return { ...block, html: withWeekdays(block.html, published) };
    default:
      return block;
  }
}

/** The picture's own text is the default. */
const altOf = (key: string) => pictures.find((picture) => picture.key === key)?.altText ?? '';

/** `%day%` becomes "Tuesday", the day of publication at Greenwich; `%day-1%` the day before. */
function withWeekdays(text: string, published: Date): string {
  return text.replace(/%day([+-]\d)?%/g, (_, shift: string | undefined) =>
    new Date(published.getTime() + days(Number(shift ?? 0))).toLocaleDateString('en-GB', {
      weekday: 'long',
      timeZone: 'UTC',
    }),
  );
}

function nameOf(slug: string): string {
  return people.find((person) => person.slug === slug)?.name ?? slug;
}
