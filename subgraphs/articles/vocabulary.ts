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
    BY: 'Wrote the story.',
    PHOTOS_BY: 'Took the photographs.',
    VIDEO_BY: 'Made the video.',
    EDITED_BY: 'Edited the story.',
    TRANSLATED_BY: 'Translated the story.',
    ADDITIONAL_REPORTING: 'Contributed reporting.',
  },
);

export const Genre = enumOf<GenreName>('Genre', 'Genre of a story, after the IPTC genres.', {
  NEWS: 'Report of events.',
  ANALYSIS: 'Analysis of events.',
  OPINION: 'Opinion of the author.',
  FEATURE: 'Long-form story.',
  INTERVIEW: 'Interview with one or more people.',
  EXPLAINER: 'Explanation of a subject.',
  VIDEO: 'Story told by a video.',
  PRESS_RELEASE: 'Statement that an organisation published.',
});

export const PubStatus = enumOf('PubStatus', 'Publication status: IPTC ninjs pubStatus.', {
  USABLE: 'May be published.',
  WITHHELD: 'Not to be published yet.',
  CANCELED: 'Withdrawn.',
});

export const CorrectionType = enumOf<CorrectionTypeName>('CorrectionType', 'Kind of note on a story.', {
  CORRECTION: 'Corrects an error.',
  CLARIFICATION: 'Clarifies a statement.',
  RETRACTION: 'Retracts a statement.',
  UPDATE: 'Adds later events.',
  EDITORS_NOTE: 'Adds a remark of the editors.',
});

export const RelatedSource = enumOf<RelatedSourceName>(
  'RelatedSource',
  'Origin of the relation between two stories.',
  {
    CURATED: 'Chosen by editors.',
    INLINE: 'Linked in the text.',
    AUTOMATIC: 'Computed from shared tags or words.',
  },
);

export const ArticleOrder = enumOf<ArticleOrderName>('ArticleOrder', 'Sort order of stories.', {
  DATE_PUBLISHED_DESC: 'Newest first, by the time at which readers could first see them.',
  DATE_PUBLISHED_ASC: 'Oldest first, by the same time.',
  DATE_MODIFIED_DESC: 'Most recently changed first; publication counts as a change.',
});
