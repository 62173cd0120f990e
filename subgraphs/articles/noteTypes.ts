/** GraphQL types for what stands beside the text of a story: its corrections, its rights and its source. */
import { Field, ID, ObjectType } from 'type-graphql';
import { SourceCategory } from '../graph/enums.ts';
import { DateTime, URLScalar } from '../graph/scalars.ts';
import type {
  CorrectionType as CorrectionTypeName,
  SourceCategory as SourceCategoryName,
} from './content.ts';
import { CorrectionType } from './vocabulary.ts';

@ObjectType({ description: 'Correction, clarification or other note added to a published story.' })
export class Correction {
  @Field(() => ID, { description: 'Key of the note in lists; unique among all notes.' }) id!: string;
  @Field(() => CorrectionType, { description: 'Kind of note, such as a correction or a clarification.' })
  correctionType!: CorrectionTypeName;
  @Field(() => String, { description: 'What was wrong and what is right, as plain text.' }) text!: string;
  @Field(() => DateTime, { description: 'When readers could first see the note.' }) datePublished!:
    | Date
    | string;
}

@ObjectType({
  description:
    'What partners and other sites may do with the text of a story, and what they must show with it.',
})
export class UsageRights {
  @Field(() => Boolean, { description: 'Whether partners may publish the text.' }) syndicatable!: boolean;
  @Field(() => Boolean, { description: 'Whether other sites may embed the story.' }) embeddable!: boolean;
  @Field(() => URLScalar, {
    nullable: true,
    description: 'URL of the licence: schema.org license; null if none is stated.',
  })
  license!: string | null;
  @Field(() => String, { description: 'Name that everybody who publishes the text must show with it.' })
  requiredCredit!: string;
}

@ObjectType({ description: 'Source of a story that the newsroom did not write itself.' })
export class InfoSource {
  @Field(() => String, { description: 'Name of the source, such as that of a news agency.' }) name!: string;
  @Field(() => SourceCategory, { description: 'Kind of source, such as a news agency or a freelancer.' })
  category!: SourceCategoryName;
  @Field(() => URLScalar, { nullable: true, description: 'URL of the story at the source; null if unknown.' })
  url?: string | null;
}
