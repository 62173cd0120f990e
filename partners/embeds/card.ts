/** Makes the card of an embed from an article. */
import type { EmbedArticleQuery } from '../../schema/documents.ts';
import type { Card, CardPicture } from '../../web/embed/card.ts';
import { languageOf } from './language.ts';

export type EmbedStory = NonNullable<EmbedArticleQuery['article']>;
type Lead = NonNullable<EmbedStory['leadMedia']>;
type Picture = NonNullable<Extract<Lead, { __typename: 'ImageUse' }>['image']>;

/** The card of an article; null when other sites may not embed it. */
export function cardOf(story: EmbedStory): Card | null {
  if (!story.usageRights.embeddable) return null;
  const { tag, dir, dateOf, minutes, forMembers } = languageOf(story.inLanguage);
  const { datePublished, readingTimeMinutes } = story;
  return {
    url: story.canonicalUrl,
    headline: story.headline,
    kicker: story.kicker ?? story.section.name,
    standfirst: story.standfirst ?? story.abstract,
    byline: story.byline,
    source: story.usageRights.requiredCredit,
    lang: tag,
    dir,
    date: datePublished === null ? null : { iso: datePublished, text: dateOf(datePublished) },
    readingTime: { iso: story.timeRequired, text: minutes(readingTimeMinutes) },
    gate: story.isAccessibleForFree ? null : forMembers,
    picture: pictureOf(story.leadMedia),
  };
}

/** The picture of an article, or the poster of a video, with its credit; null without the right to embed it. */
function pictureOf(lead: Lead | null): CardPicture | null {
  const picture = lead && (lead.__typename === 'ImageUse' ? lead.image : (lead.video?.poster ?? null));
  if (!picture?.rights.embeddable || picture.creditText.trim() === '') return null;
  const { small, large, creditText } = picture;
  return {
    src: small.href,
    srcset: srcsetOf(picture),
    width: large.width,
    height: large.height,
    alt: (lead?.__typename === 'ImageUse' ? lead.altText : null) ?? picture.altText,
    credit: creditText,
  };
}

/** A small original has one size only. */
function srcsetOf({ small, large }: Picture): string {
  const sizes = small.width === large.width ? [small] : [small, large];
  return sizes.map(({ href, width }) => `${href} ${width}w`).join(', ');
}
