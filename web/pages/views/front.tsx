/** The front page: lead, latest, opinion and membership. */
import type { HomePageQuery, HomePageQueryVariables } from '../../../schema/documents.ts';
import { JsonLd } from '../head/json.tsx';
import { Banner } from '../parts/banner.tsx';
import { inLanguage } from '../parts/language.ts';
import { ShowMore } from '../parts/more.tsx';
import { Teaser, Teasers } from '../parts/teaser.tsx';
import { Video } from '../parts/video.tsx';
import type { View } from '../renderRequest.ts';
import { type Site, siteDescription, storyPath } from '../site.ts';
import { failurePage } from './failure.tsx';

export const frontPage: View<HomePageQuery, HomePageQueryVariables> = (data, { site, reader }) => {
  const { feed, sections } = data;
  if (!feed) return failurePage('NOT_FOUND', { sections });
  const { nodes, pageInfo } = feed.articles;
  const [lead, ...others] = nodes;
  return {
    title: `${site.name}: ${siteDescription}`,
    canonical: '/',
    sections,
    isFront: true,
    head: <FrontHead site={site} />,
    body: (
      <div class="front">
        <Breaking stories={data.breaking?.nodes ?? []} />
        <div class="top">
          {lead && <Teaser story={lead} form="lead" level={2} isLead />}
          <div class="beside">
            {others.slice(0, 2).map((story) => (
              <Teaser key={story.id} story={story} form="tile" level={2} />
            ))}
          </div>
        </div>
        <div class="tiles four">
          {others.slice(2, 6).map((story) => (
            <Teaser key={story.id} story={story} form="tile" level={2} />
          ))}
        </div>
        <div class="columns">
          <section aria-labelledby="feed">
            <h2 id="feed" class="rule">
              News Feed
            </h2>
            <Teasers stories={others.slice(6)} form="row" />
            <ShowMore path="/" page={pageInfo} />
          </section>
          <div class="rail">
            <Banner community={data.membership} site={site} reader={reader} />
            <Opinions stories={data.opinion?.nodes ?? []} />
            {data.videos?.nodes.map((video) => (
              <section key={video.id} aria-labelledby="video">
                <h2 id="video" class="rule">
                  Video
                </h2>
                <Video video={video} caption={video.headline} sizes="(min-width: 64rem) 20rem, 100vw" />
              </section>
            ))}
          </div>
        </div>
      </div>
    ),
  };
};

type Line = NonNullable<HomePageQuery['breaking']>['nodes'][number];

function Breaking({ stories }: { stories: readonly Line[] }) {
  if (stories.length === 0) return null;
  return (
    <aside class="breaking" aria-label="Breaking news">
      <p class="urgent">Breaking</p>
      <ul>
        {stories.map(({ id, slug, headline, inLanguage: tag }) => (
          <li key={id} {...inLanguage(tag)}>
            <a href={storyPath(slug)}>{headline}</a>
          </li>
        ))}
      </ul>
    </aside>
  );
}

function Opinions({ stories }: { stories: NonNullable<HomePageQuery['opinion']>['nodes'] }) {
  if (stories.length === 0) return null;
  return (
    <section class="opinions" aria-labelledby="opinion">
      <h2 id="opinion" class="rule">
        Opinion
      </h2>
      <ul>
        {stories.map(({ id, slug, headline, byline, inLanguage: tag }) => (
          <li key={id} {...inLanguage(tag)}>
            <a href={storyPath(slug)}>{headline}</a>
            {byline && <p class="small">{byline}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The search action for search engines: https://schema.org/SearchAction. */
function FrontHead({ site: { name, publicUrl } }: { site: Site }) {
  const value = {
    '@context': 'https://schema.org',
    '@type': 'WebSite',
    name,
    url: `${publicUrl}/`,
    potentialAction: {
      '@type': 'SearchAction',
      target: `${publicUrl}/search?q={words}`,
      'query-input': 'required name=words',
    },
  };
  return (
    <>
      <meta property="og:type" content="website" />
      <meta name="twitter:card" content="summary" />
      <JsonLd value={value} />
    </>
  );
}
