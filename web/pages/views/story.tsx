/** The page of a story: a redirect from a former slug, or a 410 with the reason for a withdrawn story. */
import type { StoryPageQuery, StoryPageQueryVariables } from '../../../schema/documents.ts';
import type { Story } from '../head/newsArticle.ts';
import { StoryHead } from '../head/story.tsx';
import { Banner } from '../parts/banner.tsx';
import { Body } from '../parts/blocks.tsx';
import { AuthorBoxes, Bylines } from '../parts/byline.tsx';
import { Corrections } from '../parts/corrections.tsx';
import { Moment } from '../parts/date.tsx';
import { inLanguage } from '../parts/language.ts';
import { ShowMore } from '../parts/more.tsx';
import { Picture } from '../parts/picture.tsx';
import { labelOf, Teaser, Teasers } from '../parts/teaser.tsx';
import { Video } from '../parts/video.tsx';
import type { View } from '../renderRequest.ts';
import { type Site, sectionPath, storyPath, tagPath } from '../site.ts';
import { failurePage } from './failure.tsx';

export const storyPage: View<StoryPageQuery, StoryPageQueryVariables> = (
  data,
  { variables, site, reader },
) => {
  const { article: story, page, sections, latest } = data;
  const news = latest?.articles;
  if (page && 'reason' in page) return failurePage('GONE', { sections, latest: news?.nodes, gone: page });
  if (!story) return failurePage('NOT_FOUND', { sections, latest: news?.nodes });
  // `article` finds a story by its former slugs too.
  if (story.slug !== variables.slug) return { location: storyPath(story.slug), status: 308 };
  const related = story.related.edges.map(({ node }) => node);
  const others = news?.nodes.filter(({ id }) => id !== story.id) ?? [];
  return {
    title: story.headline,
    description: story.standfirst ?? story.abstract,
    canonical: story.canonicalUrl,
    sections,
    feed: { title: story.section.name, path: `/feeds/section/${encodeURIComponent(story.section.slug)}` },
    head: <StoryHead story={story} site={site} />,
    body: (
      <div class="story">
        <div class="columns">
          <article {...inLanguage(story.inLanguage)}>
            <StoryHeader story={story} />
            <LeadMedia media={story.leadMedia} />
            <div class="text">
              <Body story={story} site={site} />
              <Corrections corrections={story.corrections} />
              <StoryFooter story={story} site={site} />
              <AuthorBoxes bylines={story.bylines} />
            </div>
          </article>
          <div class="rail">
            <Banner community={data.membership} site={site} reader={reader} />
            {data.videos?.nodes.map((video) => (
              <section key={video.id} aria-labelledby="video">
                <h2 id="video" class="rule">
                  Video
                </h2>
                <Video video={video} caption={video.headline} sizes={railSizes} />
              </section>
            ))}
          </div>
        </div>
        {related.length > 0 && (
          <section aria-labelledby="related">
            <h2 id="related" class="rule">
              Related stories
            </h2>
            <div class="tiles four">
              {related.map((one) => (
                <Teaser key={one.id} story={one} form="tile" />
              ))}
            </div>
          </section>
        )}
        {news && others.length > 0 && (
          <section class="page" aria-labelledby="feed">
            <h2 id="feed" class="rule">
              News Feed
            </h2>
            <Teasers stories={others} form="row" />
            <ShowMore path="/" page={news.pageInfo} />
          </section>
        )}
      </div>
    ),
  };
};

function StoryHeader({ story }: { story: Story }) {
  const { section, headline, standfirst, bylines, datePublished, dateModified, readingTimeMinutes } = story;
  const label = labelOf(story);
  const isChanged = datePublished && Date.parse(dateModified) - Date.parse(datePublished) > minuteMs;
  return (
    <header class="story-header">
      <p class="label">
        {story.breaking && <span class="urgent">Breaking</span>}
        <a href={sectionPath(section.slug)}>{section.name}</a>
        {label && <span>{label}</span>}
        <span class="reading" lang="en">
          {readingTimeMinutes} min read
        </span>
      </p>
      <h1>{headline}</h1>
      {standfirst && <p class="standfirst">{standfirst}</p>}
      <Bylines bylines={bylines} />
      <p class="small" lang="en">
        {story.dateline && <span class="dateline">{story.dateline}</span>}
        {datePublished && <Moment at={datePublished} isExact />}
        {isChanged && (
          <span>
            Updated <Moment at={dateModified} isExact />
          </span>
        )}
      </p>
    </header>
  );
}

const minuteMs = 60_000;

/** The widths of pictures beside the text and above it. */
const railSizes = '(min-width: 64rem) 20rem, 100vw';
const leadSizes = '(min-width: 80rem) 52rem, (min-width: 64rem) calc(100vw - 26rem), 100vw';

function LeadMedia({ media }: { media: Story['leadMedia'] }) {
  if (!media) return null;
  if ('video' in media)
    return media.video && <Video video={media.video} caption={media.caption} sizes={leadSizes} isLead />;
  const { image, altText, caption, isCreditDisplayed } = media;
  if (!image) return null;
  return (
    <Picture
      {...{ image, caption }}
      alt={altText}
      sizes={leadSizes}
      showsCredit={isCreditDisplayed}
      class="lead"
      isLead
    />
  );
}

function StoryFooter({ story: { source, copyrightNotice, tags }, site }: { story: Story; site: Site }) {
  return (
    <footer class="story-footer" lang="en" dir="ltr">
      {source && source.name !== site.name && (
        <p class="small">
          <span>Source: {source.url ? <a href={source.url}>{source.name}</a> : source.name}</span>
        </p>
      )}
      {copyrightNotice && <p class="small">{copyrightNotice}</p>}
      {tags.length > 0 && (
        <ul class="tags" aria-label="Tags">
          {tags.map(({ slug, name }) => (
            <li key={slug}>
              <a rel="tag" href={tagPath(slug)}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      )}
    </footer>
  );
}
