/**
 * The mutations of Articles. Each returns the story as the caller may see it: null if the caller may not, even though
 * the change was stored.
 */
import { Arg, Ctx, Directive, ID, Mutation, Resolver } from 'type-graphql';
import { badInput, quoted } from '../errors.ts';
import { asUserErrors, checkCount, checkedId, requiredText } from '../graph/editorInput.ts';
import { DateTime } from '../graph/scalars.ts';
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
    'Revision on which the change is based; if the stored one differs, nothing is stored and the error has the code CONFLICT.',
};

type Answer = Promise<ArticleRow | null>;
type Revision = string | null | undefined;

@Resolver()
export class ArticlesMutations {
  @Mutation(() => Article, {
    nullable: true,
    description: 'Creates a story, or updates the one with the same `sourceId`.',
  })
  @Directive(writing)
  async putArticle(
    @Arg('input', () => ArticleInput, {
      description: 'The story as it shall be; what is left out stays as it is stored.',
    })
    input: ArticleInput,
    @Ctx() context: ArticlesContext,
  ): Answer {
    const edited = readInput(input, context);
    const mayPublish = context.reader.scopes.has('articles:publish');
    const edit = { ...editBy(context, input.expectedRevision), mayPublish };
    return answer(await asUserErrors(context.store.editArticle(edited, edit)), context);
  }

  @Mutation(() => Article, {
    nullable: true,
    description:
      'Publishes a story now or at a future time, but not before its embargo ends; a published story stays as it is.',
  })
  @Directive(publishing)
  async publishArticle(
    @Arg('id', () => ID, idArgument) id: string,
    @Arg('at', () => DateTime, { nullable: true, description: 'Time of publication; defaults to now.' })
    at: Date | null | undefined,
    @Arg('expectedRevision', () => String, revisionArgument) revision: Revision,
    @Ctx() context: ArticlesContext,
  ): Answer {
    await asUserErrors(context.store.publish(id, at ?? null, editBy(context, revision)));
    return answer(id, context);
  }

  @Mutation(() => Article, {
    nullable: true,
    description: 'Withdraws a story permanently; a story that is withdrawn already stays as it is.',
  })
  @Directive(publishing)
  async withdrawArticle(
    @Arg('id', () => ID, idArgument) id: string,
    @Arg('reason', () => String, {
      description: 'Reason to show to readers: plain text of at most 2,000 characters.',
    })
    reason: string,
    @Arg('expectedRevision', () => String, revisionArgument) revision: Revision,
    @Ctx() context: ArticlesContext,
  ): Answer {
    const note = requiredText('reason', reason, longestNote);
    await asUserErrors(context.store.withdrawStory(id, note, editBy(context, revision)));
    return answer(id, context);
  }

  @Mutation(() => Article, {
    nullable: true,
    description: 'Adds a correction or another note to a story, dated now.',
  })
  @Directive(writing)
  async correctArticle(
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
    const note = { correctionType, text: requiredText('text', text, longestNote) };
    await asUserErrors(context.store.correct(id, note, editBy(context, revision)));
    return answer(id, context);
  }

  @Mutation(() => Article, {
    nullable: true,
    description: 'Replaces the related stories that editors chose for a story.',
  })
  @Directive(writing)
  async setRelatedArticles(
    @Arg('id', () => ID, idArgument) id: string,
    @Arg('relatedIds', () => [ID], {
      description: 'Ids of the related stories in order, at most 20; an empty list removes all.',
    })
    relatedIds: string[],
    @Arg('expectedRevision', () => String, revisionArgument) revision: Revision,
    @Ctx() context: ArticlesContext,
  ): Answer {
    checkCount('relatedIds', relatedIds, relatedAtMost);
    const ids = relatedIds.map((one) => checkedId('relatedIds', one) as string);
    const duplicate = ids.find((one, place) => ids.indexOf(one) !== place);
    if (duplicate !== undefined)
      throw badInput(`Expected "relatedIds" to have unique ids, but got twice: ${quoted(duplicate)}.`);
    await asUserErrors(context.store.setRelated(id, ids, editBy(context, revision)));
    return answer(id, context);
  }
}

const editBy = ({ reader }: ArticlesContext, expectedRevision: Revision): Edit => ({
  by: reader.name,
  expectedRevision,
});

/** Loads the story as it is now, with fresh loaders. */
function answer(id: string, context: ArticlesContext): Answer {
  context.loaders = createArticlesLoaders(context.store, { isEditor: isEditor(context.reader) });
  return context.loaders.byId.load(id.toLowerCase());
}
