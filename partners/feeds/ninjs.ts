/** Writes an article as IPTC ninjs 3.1: https://iptc.org/standards/ninjs/ */
import type { NinjsArticleQuery } from '../../schema/documents.ts';
import { type Item, itemOf, urnOf } from './item.ts';
import type { Picture } from './media.ts';
import type { Rights } from './rights.ts';

type Story = NonNullable<NinjsArticleQuery['article']>;
type Withdrawal = NonNullable<NinjsArticleQuery['withdrawal']>;

const standard = {
  name: 'ninjs',
  version: '3.1',
  schema: 'http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json',
};

const plainText = 'text/plain';

/** `base` is the base URL of the site. Without the text or the pictures, the result is marked as partial. */
export function ninjsOf(story: Story, rights: Rights, base: string): object {
  const item = itemOf(story, rights, base);
  const { html } = item;
  const isFull = item.isWhole && html !== null;
  return withoutEmpty({
    uri: item.id,
    standard,
    type: 'text',
    representationType: isFull ? 'full' : 'partial',
    version: story.dateModified,
    firstCreated: item.published,
    versionCreated: item.modified,
    pubStatus: 'usable',
    urgency: story.urgency,
    copyrightNotice: item.copyright,
    usageTerms: story.usageTerms,
    edNote: item.corrections.map(({ type, text, date }) => `${type} ${date}: ${text}`).join('\n'),
    language: item.language,
    title: story.headline,
    by: item.credit,
    slugline: story.slug,
    located: story.dateline,
    headlines: roles([
      ['main', story.headline],
      ['kicker', story.kicker],
      ['alternative', story.alternativeHeadline],
    ]),
    descriptions: roles([
      ['standfirst', story.standfirst],
      ['abstract', story.abstract],
    ]),
    bodies: html && [
      {
        ...{ role: 'main', contentType: 'text/html', charCount: html.length, value: html },
        ...(isFull && { wordCount: story.wordCount }),
      },
    ],
    people: item.authors.map(({ name, url }) => withoutEmpty({ name, rel: 'creator', uri: url })),
    subjects: story.tags.map(({ name, slug }) => ({ name, rel: 'about', literal: slug })),
    genres: [{ name: story.genre.toLowerCase().replace('_', ' '), literal: story.genre }],
    infoSources: story.source && [
      withoutEmpty({ name: story.source.name, role: 'source', uri: story.source.url }),
    ],
    objects: [{ name: story.section.name, rel: 'section', literal: story.section.slug }],
    renditions: [{ name: 'web', href: item.url, contentType: 'text/html' }],
    rightsInfo: item.rights.license && { linkedRights: item.rights.license },
    associations: item.pictures.map((picture, place) => pictureOf(picture, place, item)),
  });
}

/** A withdrawn article: receivers must stop publishing it. */
export function canceledOf({ articleId, withdrawnAt, reason }: Withdrawal): object {
  return withoutEmpty({
    uri: urnOf(articleId),
    standard,
    type: 'text',
    versionCreated: withdrawnAt,
    pubStatus: 'canceled',
    edNote: reason,
  });
}

function pictureOf(picture: Picture, place: number, { language }: Item): object {
  const { id, url, type, width, height, altText, caption, credit, copyright, license } = picture;
  return withoutEmpty({
    name: `picture-${place + 1}`,
    rel: 'illustration',
    uri: urnOf(id),
    type: 'picture',
    representationType: 'full',
    pubStatus: 'usable',
    language,
    by: credit,
    copyrightNotice: copyright,
    descriptions: roles([
      ['caption', caption],
      ['alternativeText', altText],
    ]),
    infoSources: [{ name: credit, role: 'credit' }],
    renditions: [{ name: 'web', href: url, contentType: type, width, height }],
    rightsInfo: license && { linkedRights: license },
  });
}

const roles = (texts: readonly (readonly [role: string, value: string | null])[]) =>
  texts.flatMap(([role, value]) => (value ? [{ role, contentType: plainText, value }] : []));

/** Removes empty properties. */
function withoutEmpty(object: Record<string, unknown>): Record<string, unknown> {
  const isSaid = (value: unknown) =>
    value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(object).filter(([, value]) => isSaid(value)));
}
