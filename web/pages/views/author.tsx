/** The page of an author: profile, links and articles. */
import type { AuthorPageQuery, AuthorPageQueryVariables, SocialPlatform } from '../../../schema/documents.ts';
import { JsonLd } from '../head/json.tsx';
import { Banner } from '../parts/banner.tsx';
import { ShowMore } from '../parts/more.tsx';
import { Img } from '../parts/picture.tsx';
import { Teasers } from '../parts/teaser.tsx';
import type { View } from '../renderRequest.ts';
import { afterPath, authorPath, type Site } from '../site.ts';
import { failurePage } from './failure.tsx';

type Author = NonNullable<AuthorPageQuery['author']>;

export const authorPage: View<AuthorPageQuery, AuthorPageQueryVariables> = (
  data,
  { variables, site, reader },
) => {
  const { author, sections, latest } = data;
  if (!author) return failurePage('NOT_FOUND', { sections, latest: latest?.articles.nodes });
  const path = authorPath(author.slug);
  const { articles } = author;
  return {
    title: author.name,
    description: author.bio,
    canonical: variables.after ? afterPath(path, variables.after) : author.url,
    sections,
    feed: { title: author.name, path: `/feeds/author/${encodeURIComponent(author.slug)}` },
    head: <AuthorHead author={author} site={site} />,
    body: (
      <div class="profile">
        <AuthorHeader author={author} />
        <div class="columns">
          <section aria-labelledby="stories">
            <h2 id="stories" class="rule">
              Stories
            </h2>
            {articles ? (
              <>
                <Teasers stories={articles.nodes} form="row" />
                <ShowMore path={path} page={articles.pageInfo} />
              </>
            ) : (
              <p>The stories cannot be shown just now.</p>
            )}
          </section>
          <div class="rail">
            <Banner community={data.membership} site={site} reader={reader} />
          </div>
        </div>
      </div>
    ),
  };
};

function AuthorHeader({ author }: { author: Author }) {
  const { name, jobTitle, desk, location, bio, longBio, avatar, sameAs, knowsAbout } = author;
  const paragraphs = (longBio ?? bio ?? '').split(/\n\s*\n/).filter(Boolean);
  return (
    <header class="author-header">
      {avatar && (
        <figure class="avatar">
          <Img image={avatar} alt={avatar.altText || name} sizes="12rem" isLead />
          <figcaption>
            <span class="credit">({avatar.creditText})</span>
          </figcaption>
        </figure>
      )}
      <div>
        <h1>{name}</h1>
        <p class="label">
          {[jobTitle, desk, location].filter(Boolean).map((text) => (
            <span key={text}>{text}</span>
          ))}
        </p>
        {paragraphs.map((text) => (
          <p key={text}>{text}</p>
        ))}
        {knowsAbout.length > 0 && <p class="small">Writes about {knowsAbout.join(', ').toLowerCase()}</p>}
        {sameAs.length > 0 && (
          <ul class="tags" aria-label={`Follow ${name}`}>
            {sameAs.map(({ platform, url }) => (
              <li key={url}>
                <a rel="me" href={url}>
                  {platforms[platform]}
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </header>
  );
}

const platforms: Record<SocialPlatform, string> = {
  X: 'X',
  FACEBOOK: 'Facebook',
  THREADS: 'Threads',
  BLUESKY: 'Bluesky',
  MASTODON: 'Mastodon',
  TIKTOK: 'TikTok',
  YOUTUBE: 'YouTube',
  INSTAGRAM: 'Instagram',
  LINKEDIN: 'LinkedIn',
  TELEGRAM: 'Telegram',
  WEBSITE: 'Website',
};

/** https://schema.org/ProfilePage */
function AuthorHead({ author, site }: { author: Author; site: Site }) {
  const { name, url, jobTitle, bio, sameAs, knowsAbout } = author;
  const value = {
    '@context': 'https://schema.org',
    '@type': 'ProfilePage',
    mainEntity: {
      '@type': 'Person',
      name,
      url,
      ...(jobTitle && { jobTitle }),
      ...(bio && { description: bio }),
      ...(knowsAbout.length > 0 && { knowsAbout }),
      sameAs: sameAs.map((one) => one.url),
      worksFor: { '@type': 'NewsMediaOrganization', name: site.name },
    },
  };
  return (
    <>
      <meta property="og:type" content="profile" />
      <meta name="twitter:card" content="summary" />
      <JsonLd value={value} />
    </>
  );
}
