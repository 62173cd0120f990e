/** Metadata of an article page: Open Graph, Twitter cards, oEmbed, schema.org. */
import { type Site, storyPath } from '../site.ts';
import { JsonLd } from './json.tsx';
import { breadcrumbs, newsArticle, type Story } from './newsArticle.ts';

export function StoryHead({ story, site }: { story: Story; site: Site }) {
  const { datePublished, dateModified, section, tags, bylines, readingTimeMinutes } = story;
  return (
    <>
      <meta property="og:type" content="article" />
      {datePublished && <meta property="article:published_time" content={datePublished} />}
      <meta property="article:modified_time" content={dateModified} />
      <meta property="article:section" content={section.name} />
      {tags.map(({ slug, name }) => (
        <meta key={slug} property="article:tag" content={name} />
      ))}
      {bylines.map(({ role, author }) =>
        role === 'BY' && author ? (
          <meta key={author.id} property="article:author" content={author.url} />
        ) : null,
      )}
      <SocialPicture story={story} />
      <meta name="twitter:label1" content="Reading time" />
      <meta name="twitter:data1" content={`${readingTimeMinutes} min read`} />
      {story.isAccessibleForFree && story.usageRights.embeddable && (
        <OEmbed url={`${site.publicUrl}${storyPath(story.slug)}`} title={story.headline} site={site} />
      )}
      <JsonLd value={newsArticle(story, site)} />
      <JsonLd value={breadcrumbs(story, site)} />
    </>
  );
}

function SocialPicture({ story: { leadMedia } }: { story: Story }) {
  if (!leadMedia || 'video' in leadMedia || !leadMedia.image)
    return <meta name="twitter:card" content="summary" />;
  const { altText, image } = leadMedia;
  const { href, width, height } = image.social;
  return (
    <>
      <meta property="og:image" content={href} />
      <meta property="og:image:type" content="image/jpeg" />
      <meta property="og:image:width" content={String(width)} />
      <meta property="og:image:height" content={String(height)} />
      <meta property="og:image:alt" content={`${altText ?? ''} (${image.creditText})`.trim()} />
      <meta name="twitter:card" content="summary_large_image" />
    </>
  );
}

/** oEmbed discovery: https://oembed.com/#section4. */
function OEmbed({ url, title, site }: { url: string; title: string; site: Site }) {
  return (
    <>
      {(['json', 'xml'] as const).map((format) => (
        <link
          key={format}
          rel="alternate"
          type={format === 'json' ? 'application/json+oembed' : 'text/xml+oembed'}
          title={title}
          href={`${site.publicUrl}/oembed?${new URLSearchParams({ url, format })}`}
        />
      ))}
    </>
  );
}
