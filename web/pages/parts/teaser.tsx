/** Teasers of articles in lists. */
import type { FeedPageQuery } from '../../../schema/documents.ts';
import { sectionPath, storyPath } from '../site.ts';
import { Moment } from './date.tsx';
import { inLanguage } from './language.ts';
import { Picture, type ShownPicture } from './picture.tsx';

export type Teased = NonNullable<FeedPageQuery['feed']>['articles']['nodes'][number];

interface TeaserProps {
  story: Teased;
  /** Which form: "lead" at the top of the front page, "tile" in a grid, "row" in a list, "line" in a column of headlines. */
  form: 'lead' | 'tile' | 'row' | 'line';
  level?: 2 | 3;
  isLead?: boolean;
  /** Parts of the text, what was found in <mark>; in place of the standfirst. */
  highlights?: readonly string[];
}

const sizes = {
  lead: '(min-width: 64rem) 46rem, 100vw',
  tile: '(min-width: 64rem) 18rem, (min-width: 40rem) 45vw, 100vw',
  row: '(min-width: 40rem) 14rem, 30vw',
  line: '',
};

export function Teaser({ story, form, level = 3, isLead = false, highlights = [] }: TeaserProps) {
  const { headline, slug, standfirst, breaking, section, readingTimeMinutes } = story;
  const Heading = level === 2 ? 'h2' : 'h3';
  const picture = form === 'line' ? undefined : pictureOf(story);
  const label = labelOf(story);
  return (
    <article class={`teaser ${form}`} {...inLanguage(story.inLanguage)}>
      {picture && (
        <Picture
          image={picture.image}
          alt={picture.altText}
          sizes={sizes[form]}
          showsCredit={picture.isCreditDisplayed}
          isLead={isLead}
        />
      )}
      <div class="words">
        <p class="label">
          {breaking && <span class="urgent">Breaking</span>}
          {label ?? <a href={sectionPath(section.slug)}>{section.name}</a>}
        </p>
        <Heading>
          <a href={storyPath(slug)}>{headline}</a>
        </Heading>
        {highlights.length > 0 ? (
          <p class="standfirst" dangerouslySetInnerHTML={{ __html: highlights.slice(0, 2).join(' … ') }} />
        ) : (
          form !== 'line' && standfirst && <p class="standfirst">{standfirst}</p>
        )}
        <p class="small" lang="en">
          {form !== 'line' && story.byline && <span class="by">{story.byline}</span>}
          {story.datePublished && <Moment at={story.datePublished} />}
          <span>{readingTimeMinutes} min read</span>
          {!story.isAccessibleForFree && <span class="gated">Members</span>}
        </p>
      </div>
    </article>
  );
}

/** A list of them that the script adds to. */
export function Teasers({ stories, form }: { stories: readonly Teased[]; form: 'row' | 'line' | 'tile' }) {
  return (
    <ol class={`teasers ${form}s`} data-list>
      {stories.map((story) => (
        <li key={story.id} data-id={story.id}>
          <Teaser story={story} form={form} />
        </li>
      ))}
    </ol>
  );
}

const genres: Partial<Record<Teased['genre'], string>> = {
  ANALYSIS: 'Analysis',
  OPINION: 'Opinion',
  INTERVIEW: 'Interview',
  EXPLAINER: 'Explainer',
  VIDEO: 'Video',
  PRESS_RELEASE: 'Press release',
};

/** The label above the headline, when it says more than the section. */
export function labelOf({ genre, kicker }: Pick<Teased, 'genre' | 'kicker'>): string | undefined {
  return kicker ?? genres[genre];
}

interface TeaserPicture {
  image: ShownPicture;
  altText: string | null;
  isCreditDisplayed: boolean;
}

/** The picture of an article; undefined when it has none or Media fails. */
function pictureOf({ leadMedia }: Teased): TeaserPicture | undefined {
  if (!leadMedia) return undefined;
  if (!('video' in leadMedia)) {
    const { image, altText, isCreditDisplayed } = leadMedia;
    return image ? { image, altText, isCreditDisplayed } : undefined;
  }
  const poster = leadMedia.video?.poster;
  return poster ? { image: poster, altText: poster.altText, isCreditDisplayed: true } : undefined;
}
