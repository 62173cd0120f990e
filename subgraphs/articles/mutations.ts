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

const idArgument = { description: "The story's id." };
const revisionArgument = {
  nullable: true,
  description: 'The revision that you saw: where the story has another by now, nothing is stored (CONFLICT).',
};

type Answer = Promise<ArticleRow | null>;
type Revision = string | null | undefined;

@Resolver()
export class ArticlesMutations {
  @Mutation(() => Article, {
    nullable: true,
    description:
      'Creates a story, or replaces the one with the same sourceId: for importers, webhooks of a CMS and editors alike.',
  })
  @Directive(writing)
  async putArticle(
    @Arg('input', () => ArticleInput, { description: 'The story.' }) input: ArticleInput,
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
      'Has a story appear, now or at a time to come, but not before its embargo ends. One that has appeared stays as it is.',
  })
  @Directive(publishing)
  async publishArticle(
    @Arg('id', () => ID, idArgument) id: string,
    @Arg('at', () => DateTime, { nullable: true, description: 'When; now unless said.' })
    at: Date | null | undefined,
    @Arg('expectedRevision', () => String, revisionArgument) revision: Revision,
    @Ctx() context: ArticlesContext,
  ): Answer {
    await asUserErrors(context.store.publish(id, at ?? null, editBy(context, revision)));
    return answer(id, context);
  }

  @Mutation(() => Article, {
    nullable: true,
    description: 'Takes a story back for good; one that was taken back stays as it is.',
  })
  @Directive(publishing)
  async withdrawArticle(
    @Arg('id', () => ID, idArgument) id: string,
    @Arg('reason', () => String, {
      description: 'What readers are told: plain text, 2,000 characters at most.',
    })
    reason: string,
    @Arg('expectedRevision', () => String, revisionArgument) revision: Revision,
    @Ctx() context: ArticlesContext,
  ): Answer {
    const note = requiredText('reason', reason, longestNote);
    await asUserErrors(context.store.withdrawStory(id, note, editBy(context, revision)));
    return answer(id, context);
  }

  @Mutation(() => Article, { nullable: true, description: 'Adds a note to a story, with the time of now.' })
  @Directive(writing)
  async correctArticle(
    @Arg('id', () => ID, idArgument) id: string,
    @Arg('correctionType', () => CorrectionType, { description: 'What the note does.' })
    correctionType: CorrectionTypeName,
    @Arg('text', () => String, { description: 'The note: plain text, 2,000 characters at most.' })
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
    description: 'The stories that the editors chose for a story, in order, in place of those before.',
  })
  @Directive(writing)
  async setRelatedArticles(
    @Arg('id', () => ID, idArgument) id: string,
    @Arg('relatedIds', () => [ID], { description: 'Their ids, 20 at most; none takes them all away.' })
    relatedIds: string[],
    @Arg('expectedRevision', () => String, revisionArgument) revision: Revision,
    @Ctx() context: ArticlesContext,
  ): Answer {
    checkCount('relatedIds', relatedIds, relatedAtMost);
    const ids = relatedIds.map((one) => checkedId('relatedIds', one) as string);
    const duplicate = ids.find((one, place) => ids.indexOf(one) !== place);
    if (duplicate !== undefined)
      throw badInput(`Expected "relatedIds" to name each story once, but got twice: ${quoted(duplicate)}.`);
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
