/** The GraphQL enums of stories. */
import { enumOf } from '../graph/enums.ts';
import type {
  ContributorRole as ContributorRoleName,
  CorrectionType as CorrectionTypeName,
  Genre as GenreName,
} from './content.ts';
import type { ArticleOrder as ArticleOrderName } from './sql/lists.ts';
import type { RelatedSource as RelatedSourceName } from './sql/related.ts';

export const ContributorRole = enumOf<ContributorRoleName>(
  'ContributorRole',
  'Contribution of a person to a story.',
  {
    BY: 'Wrote the text; named in `Article.byline`.',
    PHOTOS_BY: 'Took pictures for this story.',
    VIDEO_BY: 'Filmed or cut for this story.',
    EDITED_BY: 'Worked on the text of others as their editor.',
    TRANSLATED_BY: 'Brought it into the language of this text.',
    ADDITIONAL_REPORTING: 'Found facts that the writers used.',
  },
);

export const Genre = enumOf<GenreName>('Genre', 'Genre of a story, after the IPTC genres.', {
  NEWS: 'What happened.',
  ANALYSIS: 'Why it happened, and what may follow.',
  OPINION: 'What its author thinks; label it where it is listed.',
  FEATURE: 'Long-form story.',
  INTERVIEW: 'Interview with one or more people.',
  EXPLAINER: 'Background for readers who are new to a subject.',
  VIDEO: 'Story told by a video.',
  PRESS_RELEASE: 'Statement that an organisation published.',
});

export const PubStatus = enumOf('PubStatus', 'Whether a story may be shown: IPTC ninjs pubStatus.', {
  USABLE: 'Shown from `Article.visibleFrom` on.',
  WITHHELD: 'A draft, which only editors see.',
  CANCELED: 'Withdrawn for good; see `Query.withdrawal`.',
});

export const CorrectionType = enumOf<CorrectionTypeName>('CorrectionType', 'Kind of note on a story.', {
  CORRECTION: 'Something stated was wrong; the note says what is right.',
  CLARIFICATION: 'Something stated could be misunderstood.',
  RETRACTION: 'Something stated does not hold and is taken back.',
  UPDATE: 'Adds later events.',
  EDITORS_NOTE: 'Adds a remark of the editors.',
});

export const RelatedSource = enumOf<RelatedSourceName>('RelatedSource', 'Why two stories are related.', {
  CURATED: 'Editors set it, with `setRelatedArticles` or in their CMS.',
  INLINE: 'The text has a link to the other story.',
  AUTOMATIC: 'Both share tags or words that few stories have.',
});

export const ArticleOrder = enumOf<ArticleOrderName>(
  'ArticleOrder',
  'By which time, and in which direction, stories are listed.',
  {
    DATE_PUBLISHED_DESC: 'Newest first, by `Article.visibleFrom`.',
    DATE_PUBLISHED_ASC: 'Oldest first, by the same time.',
    DATE_MODIFIED_DESC: 'Most recently changed first; publication counts as a change.',
  },
);
