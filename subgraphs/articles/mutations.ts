/**
 * The mutations of Articles. Each payload has the story as the caller may see it: null if the caller may not, even
 * though the change was stored, which empty `userErrors` tell.
 */
import { Arg, Ctx, Directive, Field, ID, Mutation, ObjectType, Resolver } from 'type-graphql';
import { badInput, quoted } from '../errors.ts';
import { checkCount, checkedId, requiredText } from '../graph/editorInput.ts';
import { DateTime } from '../graph/scalars.ts';
import {
  loadedAfter,
  type Payload,
  payloadOf,
  type UserError,
  userErrorsField,
} from '../graph/userErrors.ts';
import type { CorrectionType as CorrectionTypeName } from './content.ts';
import { type ArticlesContext, isEditor } from './context.ts';
import { ArticleInput } from './inputs.ts';
import { createArticlesLoaders } from './loaders.ts';
import type { Edit } from './sql/edit.ts';
import type { ArticleRow } from './sql/lists.ts';
import { readInput } from './story/read.ts';
import { Article } from './types.ts';
import { CorrectionType } from './vocabulary.ts';

const writing = '@requiresScopes(scopes: [["articles:write"]])';
const publishing = '@requiresScopes(scopes: [["articles:publish"]])';

const longestNote = 2_000;
const relatedAtMost = 20;

const idArgument = { description: 'Story to change: what `Article.id` returned.' };
const revisionArgument = {
  nullable: true,
  description:
    'Revision on which the change is based; if the stored one differs, nothing is stored and the code is CONFLICT.',
};

type Story = Promise<ArticleRow | null>;
type Answer = Promise<Payload<{ article: Story }>>;
type Revision = string | null | undefined;

function storyPayload(name: string, done: string) {
  @ObjectType(name, {
    description: `Result of \`${name.charAt(0).toLowerCase()}${name.slice(1, -'Payload'.length)}\`.`,
  })
  class StoryPayload {
    @Field(() => Article, {
      nullable: true,
      description: `${done}; null if it was refused, or if the caller may not see the story.`,
    })
    article?: ArticleRow | null;

    @userErrorsField()
    userErrors!: UserError[];
  }
  return StoryPayload;
}

const PutArticlePayload = storyPayload('PutArticlePayload', 'Story as it is stored now');
const PublishArticlePayload = storyPayload('PublishArticlePayload', 'Story with its publication time');
const WithdrawArticlePayload = storyPayload('WithdrawArticlePayload', 'Story that is withdrawn now');
const CorrectArticlePayload = storyPayload('CorrectArticlePayload', 'Story with the note in `corrections`');
const SetRelatedArticlesPayload = storyPayload(
  'SetRelatedArticlesPayload',
  'Story whose `related` begins with the chosen ones',
);

@Resolver()
export class ArticlesMutations {
  @Mutation(() => PutArticlePayload, {
    nullable: true,
    description: 'Creates a story, or updates the one with the same `sourceId`.',
  })
  @Directive(writing)
  putArticle(
    @Arg('input', () => ArticleInput, {
      description: 'The story as it shall be; what is left out stays as it is stored.',
    })
    input: ArticleInput,
    @Ctx() context: ArticlesContext,
  ): Answer {
    return payloadOf(async () => {
      const edited = readInput(input, context);
      const mayPublish = context.reader.scopes.has('articles:publish');
      const edit = { ...editBy(context, input.expectedRevision), mayPublish };
      return storyNow(await context.store.editArticle(edited, edit), context);
    }, 'input');
  }

  @Mutation(() => PublishArticlePayload, {
    nullable: true,
    description:
      'Publishes a story now or at a future time, but not before its embargo ends; a published story stays as it is.',
  })
  @Directive(publishing)
  publishArticle(
    @Arg('id', () => ID, idArgument) id: string,
    @Arg('at', () => DateTime, { nullable: true, description: 'Time of publication; defaults to now.' })
    at: Date | null | undefined,
    @Arg('expectedRevision', () => String, revisionArgument) revision: Revision,
    @Ctx() context: ArticlesContext,
  ): Answer {
    return payloadOf(async () => {
      await context.store.publish(id, at ?? null, editBy(context, revision));
      return storyNow(id, context);
    });
  }

  @Mutation(() => WithdrawArticlePayload, {
    nullable: true,
    description: 'Withdraws a story permanently; a story that is withdrawn already stays as it is.',
  })
  @Directive(publishing)
  withdrawArticle(
    @Arg('id', () => ID, idArgument) id: string,
    @Arg('reason', () => String, {
      description: 'Reason to show to readers: plain text of at most 2,000 characters.',
    })
    reason: string,
    @Arg('expectedRevision', () => String, revisionArgument) revision: Revision,
    @Ctx() context: ArticlesContext,
  ): Answer {
    return payloadOf(async () => {
      const note = requiredText('reason', reason, longestNote);
      await context.store.withdrawStory(id, note, editBy(context, revision));
      return storyNow(id, context);
    });
  }

  @Mutation(() => CorrectArticlePayload, {
    nullable: true,
    description: 'Adds a correction or another note to a story, dated now.',
  })
  @Directive(writing)
  correctArticle(
    @Arg('id', () => ID, idArgument) id: string,
    @Arg('correctionType', () => CorrectionType, {
      description: 'Kind of note, such as a correction or a clarification.',
    })
    correctionType: CorrectionTypeName,
    @Arg('text', () => String, { description: 'Text of the note: plain text of at most 2,000 characters.' })
    text: string,
    @Arg('expectedRevision', () => String, revisionArgument) revision: Revision,
    @Ctx() context: ArticlesContext,
  ): Answer {
    return payloadOf(async () => {
      const note = { correctionType, text: requiredText('text', text, longestNote) };
      await context.store.correct(id, note, editBy(context, revision));
      return storyNow(id, context);
    });
  }

  @Mutation(() => SetRelatedArticlesPayload, {
    nullable: true,
    description: 'Replaces the related stories that editors chose for a story.',
  })
  @Directive(writing)
  setRelatedArticles(
    @Arg('id', () => ID, idArgument) id: string,
    @Arg('relatedIds', () => [ID], {
      description: 'Ids of the related stories in order, at most 20; an empty list removes all.',
    })
    relatedIds: string[],
    @Arg('expectedRevision', () => String, revisionArgument) revision: Revision,
    @Ctx() context: ArticlesContext,
  ): Answer {
    return payloadOf(async () => {
      await context.store.setRelated(id, checkedIds(relatedIds), editBy(context, revision));
      return storyNow(id, context);
    });
  }
}

const editBy = ({ reader }: ArticlesContext, expectedRevision: Revision): Edit => ({
  by: reader.name,
  expectedRevision,
});

function checkedIds(relatedIds: readonly string[]): string[] {
  checkCount('relatedIds', relatedIds, relatedAtMost);
  const ids = relatedIds.map((one) => checkedId('relatedIds', one) as string);
  const duplicate = ids.find((one, place) => ids.indexOf(one) !== place);
  if (duplicate !== undefined)
    throw badInput(`Expected "relatedIds" to have unique ids, but got twice: ${quoted(duplicate)}.`);
  return ids;
}

/** Loads the story as it is now, with fresh loaders. */
function storyNow(id: string, context: ArticlesContext): { article: Story } {
  context.loaders = createArticlesLoaders(context.store, { isEditor: isEditor(context.reader) });
  return { article: loadedAfter(context.loaders.byId.load(id.toLowerCase())) };
}
