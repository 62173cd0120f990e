/** The corrections of an article. */
import type { CorrectionType, StoryPageQuery } from '../../../schema/documents.ts';
import { Moment } from './date.tsx';

type Correction = NonNullable<StoryPageQuery['article']>['corrections'][number];

const names: Record<CorrectionType, string> = {
  CORRECTION: 'Correction',
  CLARIFICATION: 'Clarification',
  RETRACTION: 'Retraction',
  UPDATE: 'Update',
  EDITORS_NOTE: 'Editor’s note',
};

export function Corrections({ corrections }: { corrections: readonly Correction[] }) {
  if (corrections.length === 0) return null;
  return (
    <section class="corrections" aria-label="Corrections">
      {corrections.map(({ id, correctionType, text, datePublished }) => (
        <p key={id}>
          <strong>{names[correctionType]}</strong> (<Moment at={datePublished} />
          ): {text}
        </p>
      ))}
    </section>
  );
}
