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
  'What somebody did for a story.',
  {
    BY: 'Wrote it.',
    PHOTOS_BY: 'Took its pictures.',
    VIDEO_BY: 'Made its video.',
    EDITED_BY: 'Edited it.',
    TRANSLATED_BY: 'Translated it.',
    ADDITIONAL_REPORTING: 'Helped to report it.',
  },
);

export const Genre = enumOf<GenreName>('Genre', 'The kind of story, after the IPTC genres.', {
  NEWS: 'What happened.',
  ANALYSIS: 'What it means.',
  OPINION: 'What somebody thinks of it.',
  FEATURE: 'A story told at length.',
  INTERVIEW: 'A conversation.',
  EXPLAINER: 'How something works.',
  VIDEO: 'A story told by a video.',
  PRESS_RELEASE: 'What an organisation says of itself.',
});

export const PubStatus = enumOf('PubStatus', 'IPTC ninjs pubStatus.', {
  USABLE: 'May be published.',
  WITHHELD: 'Not to be published yet.',
  CANCELED: 'Withdrawn.',
});

export const CorrectionType = enumOf<CorrectionTypeName>('CorrectionType', 'What a note on a story does.', {
  CORRECTION: 'Something was wrong.',
  CLARIFICATION: 'Something was unclear.',
  RETRACTION: 'Something is taken back.',
  UPDATE: 'Something happened since.',
  EDITORS_NOTE: 'The editors have something to add.',
});

export const RelatedSource = enumOf<RelatedSourceName>(
  'RelatedSource',
  'Why a story is related to another.',
  {
    CURATED: 'The editors chose it.',
    INLINE: 'The text links to it.',
    AUTOMATIC: 'They share tags or words.',
  },
);

export const ArticleOrder = enumOf<ArticleOrderName>('ArticleOrder', 'The order of a list of stories.', {
  DATE_PUBLISHED_DESC: 'The newest first, by the moment at which readers could first see them.',
  DATE_PUBLISHED_ASC: 'The oldest first, by the same moment.',
  DATE_MODIFIED_DESC: 'The last changed first; a story that appears has changed.',
});
