/** An article in schema.org terms, for search engines: https://schema.org/NewsArticle. */
import type { StoryPageQuery } from '../../../schema/documents.ts';
import { assetPaths } from '../assets.ts';
import { type Site, sectionPath } from '../site.ts';

export type Story = NonNullable<StoryPageQuery['article']>;

/** The part of the page for members; its selector names the element. */
const gatedPart = { '@type': 'WebPageElement', isAccessibleForFree: false, cssSelector: '.paywall' };

export function newsArticle(story: Story, site: Site): object {
  const isGated = story.body.some(({ __typename }) => __typename === 'PaywallBlock');
  const { canonicalUrl, bylines, corrections, isAccessibleForFree, leadMedia, tags } = story;
  const publisher = {
    '@type': 'NewsMediaOrganization',
    name: site.name,
    url: `${site.publicUrl}/`,
    logo: { '@type': 'ImageObject', url: `${site.publicUrl}${assetPaths().mark}` },
  };
  const writers = bylines.filter(({ role }) => role === 'BY');
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': canonicalUrl,
    url: canonicalUrl,
    mainEntityOfPage: canonicalUrl,
    headline: story.headline,
    ...given('alternativeHeadline', story.alternativeHeadline),
    ...given('description', story.standfirst ?? story.abstract),
    ...given('abstract', story.abstract),
    ...given('datePublished', story.datePublished),
    dateModified: story.dateModified,
    ...given('dateline', story.dateline),
    author: writers.length > 0 ? writers.map(person) : publisher,
    publisher,
    articleSection: story.section.name,
    ...(tags.length > 0 && { keywords: tags.map(({ name }) => name) }),
    wordCount: story.wordCount,
    timeRequired: story.timeRequired,
    inLanguage: story.inLanguage,
    ...given('copyrightNotice', story.copyrightNotice),
    ...(leadMedia && ('video' in leadMedia ? videoIn(leadMedia) : imageIn(leadMedia))),
    ...(corrections.length > 0 && { correction: corrections.map(correction) }),
    isAccessibleForFree,
    // Readers with full access have no such element on their page.
    ...(isGated && { hasPart: gatedPart }),
  };
}

/** The way from the front page to the story: https://schema.org/BreadcrumbList. */
export function breadcrumbs({ section, headline, canonicalUrl }: Story, site: Site): object {
  const steps = [
    [site.name, `${site.publicUrl}/`],
    [section.name, `${site.publicUrl}${sectionPath(section.slug)}`],
    [headline, canonicalUrl],
  ];
  return {
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: steps.map(([name, item], place) => ({
      '@type': 'ListItem',
      position: place + 1,
      name,
      item,
    })),
  };
}

function person({ displayName, author }: Story['bylines'][number]): object {
  return {
    '@type': 'Person',
    name: author?.name ?? displayName,
    ...given('url', author?.url),
    ...given('jobTitle', author?.jobTitle),
  };
}

type Lead = NonNullable<Story['leadMedia']>;

function imageIn({ image, caption }: Exclude<Lead, { video: unknown }>): object {
  if (!image) return {};
  const { social, creditText, copyrightNotice } = image;
  return {
    image: [
      {
        '@type': 'ImageObject',
        url: social.href,
        contentUrl: social.href,
        width: social.width,
        height: social.height,
        ...given('caption', caption),
        creditText,
        ...given('copyrightNotice', copyrightNotice),
      },
    ],
  };
}

function videoIn({ video }: Extract<Lead, { video: unknown }>): object {
  if (!video) return {};
  const { poster, creditText } = video;
  return {
    video: {
      '@type': 'VideoObject',
      name: video.headline,
      ...given('description', video.description),
      uploadDate: video.uploadDate,
      ...given('duration', video.duration),
      contentUrl: video.contentUrl,
      ...given('embedUrl', video.embedUrl),
      ...(poster && { thumbnailUrl: poster.srcset.split(' ')[0] }),
      creditText,
    },
  };
}

const correction = ({ text, datePublished, correctionType }: Story['corrections'][number]): object => ({
  '@type': 'CorrectionComment',
  name: correctionType,
  text,
  datePublished,
});

const given = (name: string, value: string | null | undefined) => (value ? { [name]: value } : {});
