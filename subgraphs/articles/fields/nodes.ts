/** Objects by their global id: stories, sections, tags, authors and feeds. */
import { Arg, Ctx, Directive, ID, Query, Resolver } from 'type-graphql';
import { badInput } from '../../errors.ts';
import { largestPage } from '../../graph/connection.ts';
import { isId } from '../../store/contentId.ts';
import type { ArticlesContext } from '../context.ts';
import { Node } from '../nodeTypes.ts';
import type { ArticleRow } from '../sql/lists.ts';
import type { ListRow } from '../store.ts';
import { feedById } from './feeds.ts';
import type { FeedRoot } from './lists.ts';

type NodeRow = ArticleRow | ListRow | FeedRoot;

@Resolver()
export class NodeQueries {
  @Query(() => Node, {
    nullable: true,
    description: 'Object by its id; null if there is none that the reader can see.',
  })
  node(
    @Arg('id', () => ID, { description: 'Global id of the object.' }) id: string,
    @Ctx() context: ArticlesContext,
  ): Promise<NodeRow | null> {
    return nodeById(id, context);
  }

  @Query(() => [Node], {
    nullable: 'itemsAndList',
    description:
      'Objects by their ids, in the order of the ids; null in place of each that the reader cannot see.',
  })
  // Composition takes integers as slicing arguments only, so the cost is that of the longest list.
  @Directive(`@listSize(assumedSize: ${largestPage})`)
  nodes(
    @Arg('ids', () => [ID], { description: 'Global ids of at most 100 objects.' }) ids: string[],
    @Ctx() context: ArticlesContext,
  ): Promise<(NodeRow | null)[]> {
    if (ids.length > largestPage)
      throw badInput(`Expected "ids" to have at most ${largestPage} items, but got: ${ids.length}.`);
    return Promise.all(ids.map((id) => nodeById(id, context)));
  }
}

/**
 * The object with this id. Ids are hashes and do not tell the type, so stories and lists are both asked: one query each
 * for all ids of an operation.
 */
async function nodeById(id: string, context: ArticlesContext): Promise<NodeRow | null> {
  if (!isId(id)) return feedById(id, context);
  const [story, list] = await Promise.all([context.loaders.byId.load(id), context.loaders.list.load(id)]);
  return story ?? list;
}
