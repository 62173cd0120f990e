/** The pages of sections and tags: description and articles. */
import type { Reader } from '../../../gateway/auth/readerClaims.ts';
import type {
  SectionPageQuery,
  SectionPageQueryVariables,
  TagPageQuery,
  TagPageQueryVariables,
} from '../../../schema/documents.ts';
import { Banner } from '../parts/banner.tsx';
import type { Page } from '../parts/document.tsx';
import { ShowMore } from '../parts/more.tsx';
import { Teaser, Teasers } from '../parts/teaser.tsx';
import type { View } from '../renderRequest.ts';
import { afterPath, type Site, sectionPath, tagPath } from '../site.ts';
import { failurePage } from './failure.tsx';

export const sectionPage: View<SectionPageQuery, SectionPageQueryVariables> = (
  data,
  { variables, site, reader },
) => topicPage({ ...data, topic: data.section, kind: 'section', after: variables.after, site, reader });

export const tagPage: View<TagPageQuery, TagPageQueryVariables> = (data, { variables, site, reader }) =>
  topicPage({ ...data, topic: data.tag, kind: 'tag', after: variables.after, site, reader });

interface Topic extends Pick<SectionPageQuery, 'sections' | 'latest' | 'membership'> {
  topic: SectionPageQuery['section'];
  kind: 'section' | 'tag';
  after: string | null | undefined;
  site: Site;
  reader: Reader;
}

function topicPage({ topic, kind, after, sections, latest, membership, site, reader }: Topic): Page {
  if (!topic) return failurePage('NOT_FOUND', { sections, latest: latest?.articles.nodes });
  const { name, slug, description, articles } = topic;
  const path = kind === 'section' ? sectionPath(slug) : tagPath(slug);
  // The first page shows its newest story large.
  const [lead, ...rest] = after ? [undefined, ...articles.nodes] : articles.nodes;
  return {
    title: name,
    description,
    canonical: after ? afterPath(path, after) : path,
    sections,
    feed: { title: name, path: `/feeds/${kind}/${encodeURIComponent(slug)}` },
    body: (
      <div class="topic">
        <header class="topic-header">
          <h1>{name}</h1>
          {description && <p class="standfirst">{description}</p>}
        </header>
        <div class="columns">
          <div>
            {lead && <Teaser story={lead} form="lead" level={2} isLead />}
            <section aria-label={`Stories: ${name}`}>
              <Teasers stories={rest as typeof articles.nodes} form="row" />
              <ShowMore path={path} page={articles.pageInfo} />
            </section>
          </div>
          <div class="rail">
            <Banner community={membership} site={site} reader={reader} />
            {latest && (
              <section aria-labelledby="latest">
                <h2 id="latest" class="rule">
                  Latest
                </h2>
                <ol class="teasers lines">
                  {latest.articles.nodes.map((story) => (
                    <li key={story.id}>
                      <Teaser story={story} form="line" />
                    </li>
                  ))}
                </ol>
              </section>
            )}
          </div>
        </div>
      </div>
    ),
  };
}
