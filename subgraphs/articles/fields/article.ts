/** Fields of a story that are computed or loaded on request. */
import { Arg, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { boundedCount, pageInfoOf, readCursor, writeCursor } from '../../graph/connection.ts';
import type { Block } from '../blocks.ts';
import { type ArticlesContext, canonicalUrlOf, isEditor } from '../context.ts';
import { RelatedArticleConnection } from '../listTypes.ts';
import type { UsageRights } from '../noteTypes.ts';
import { type ArticleRow, lastChange } from '../sql/lists.ts';
import { type RelatedRow, relatedAtMost } from '../sql/related.ts';
import type { ListRow } from '../store.ts';
import { renderForEditing, renderHtml } from '../story/html.ts';
import { slugsIn, withoutLinksTo } from '../story/links.ts';
import { visibleBlocks } from '../story/paywall.ts';
import { Article, type Byline } from '../types.ts';
import { RelatedSource } from '../vocabulary.ts';
import { showBlocks, useOf } from './blocks.ts';

const bylineNames = new Intl.ListFormat('en-GB');

@Resolver(() => Article)
export class ArticleResolver {
  @FieldResolver()
  canonicalUrl(@Root() story: ArticleRow, @Ctx() { publicUrl }: ArticlesContext): string {
    return canonicalUrlOf(story, publicUrl);
  }

  // Checks the scope again, since a subgraph that is queried without the gateway has no other check.
  @FieldResolver()
  revision(@Root() { revision }: ArticleRow, @Ctx() { reader }: ArticlesContext): string | null {
    return isEditor(reader) ? String(revision) : null;
  }

  @FieldResolver()
  embargoedUntil(@Root() { embargoedUntil }: ArticleRow, @Ctx() { reader }: ArticlesContext): Date | null {
    return isEditor(reader) ? embargoedUntil : null;
  }

  @FieldResolver()
  publishAt(@Root() { datePublished }: ArticleRow, @Ctx() { reader }: ArticlesContext): Date | null {
    return isEditor(reader) ? datePublished : null;
  }

  // The planned time of an embargoed story is earlier than the time at which it first appeared.
  @FieldResolver()
  datePublished(@Root() { dateFirstPublished: first, datePublished, visibleFrom }: ArticleRow): Date | null {
    const isThisTime = first === null || first.getTime() === datePublished?.getTime();
    return isThisTime ? visibleFrom : first;
  }

  @FieldResolver()
  dateModified(@Root() story: ArticleRow): Date {
    return lastChange(story);
  }

  @FieldResolver()
  byline(@Root() { bylines }: ArticleRow): string | null {
    const names = bylines.filter(({ role }) => role === 'BY').map(({ displayName }) => displayName);
    return names.length === 0 ? null : bylineNames.format(names);
  }

  @FieldResolver()
  async bylines(@Root() { bylines }: ArticleRow, @Ctx() { loaders }: ArticlesContext): Promise<Byline[]> {
    const authors = await Promise.all(
      bylines.map(({ authorId }) => (authorId === null ? null : loaders.list.load(authorId))),
    );
    return bylines.map(({ role, displayName }, place) => {
      const author = authors[place] ?? null;
      return { role, displayName, position: place + 1, author };
    });
  }

  @FieldResolver()
  section(@Root() { sectionId }: ArticleRow, @Ctx() { loaders }: ArticlesContext): Promise<ListRow | null> {
    return loaders.list.load(sectionId);
  }

  @FieldResolver()
  async tags(@Root() { tagIds }: ArticleRow, @Ctx() { loaders }: ArticlesContext): Promise<ListRow[]> {
    const tags = await Promise.all(tagIds.map((id) => loaders.list.load(id)));
    return tags.filter((tag) => tag !== null);
  }

  @FieldResolver()
  timeRequired(@Root() { readingTimeMinutes }: ArticleRow): string {
    return `PT${readingTimeMinutes}M`;
  }

  @FieldResolver()
  isAccessibleForFree(@Root() { visibility }: ArticleRow): boolean {
    return visibility === 'PUBLIC';
  }

  @FieldResolver()
  async body(@Root() story: ArticleRow, @Ctx() context: ArticlesContext): Promise<object[]> {
    const named = await namedBlocks(await readableBlocks(story, context), context);
    return showBlocks(named, story, context.publicUrl);
  }

  @FieldResolver()
  async bodyHtml(@Root() story: ArticleRow, @Ctx() context: ArticlesContext): Promise<string> {
    if (isEditor(context.reader))
      return renderForEditing((await context.loaders.body.load(story.id)) ?? [], context.publicUrl);
    const named = await namedBlocks(await readableBlocks(story, context), context);
    return renderHtml(named, context.publicUrl);
  }

  @FieldResolver()
  leadMedia(@Root() { leadMedia }: ArticleRow): object | null {
    return leadMedia && useOf(leadMedia);
  }

  @FieldResolver()
  usageRights(
    @Root() { usageRights, source }: ArticleRow,
    @Ctx() { publicUrl }: ArticlesContext,
  ): UsageRights {
    return {
      syndicatable: usageRights?.syndicatable ?? false,
      embeddable: usageRights?.embeddable ?? false,
      license: usageRights?.licence ?? null,
      requiredCredit: usageRights?.requiredCredit ?? source?.name ?? new URL(publicUrl).host,
    };
  }

  @FieldResolver(() => RelatedArticleConnection, {
    description: 'Related stories: chosen by editors, linked in the text, or similar.',
  })
  @Directive('@listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"])')
  @Directive('@cost(weight: 20)')
  async related(
    @Root() { id }: ArticleRow,
    @Arg('first', () => Int, { defaultValue: 4, description: 'Maximum number of items, at most 100.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor after which the items start.' })
    after: string | null | undefined,
    @Arg('sources', () => [RelatedSource], {
      nullable: true,
      description: 'Only relations of these origins; by default of all.',
    })
    sources: RelatedRow['source'][] | null | undefined,
    @Ctx() { loaders }: ArticlesContext,
  ) {
    const limit = boundedCount('first', first);
    const start = after == null ? undefined : readCursor('after', after, 'related', ['text', 'number', 'id']);
    // A later page, or one of some sources only, is cut from the whole list, which is short.
    const isCut = start !== undefined || sources != null;
    const all = await loaders.related(id, isCut ? relatedAtMost : Math.min(limit + 1, relatedAtMost));
    const chosen = sources == null ? all : all.filter((row) => sources.includes(row.source));
    const rest = start ? chosen.slice(placeAfter(chosen, start)) : chosen;
    const edges = rest.slice(0, limit).map((row) => ({ ...row, node: row.article, cursor: cursorOf(row) }));
    const pageInfo = { hasNextPage: rest.length > limit, hasPreviousPage: start !== undefined };
    return { edges, nodes: edges.map(({ node }) => node), pageInfo: pageInfoOf(edges, pageInfo) };
  }
}

async function readableBlocks(story: ArticleRow, { loaders, reader }: ArticlesContext): Promise<Block[]> {
  return visibleBlocks((await loaders.body.load(story.id)) ?? [], story, reader);
}

const ranks: RelatedRow['source'][] = ['CURATED', 'INLINE', 'AUTOMATIC'];

const cursorOf = ({ source, score, article }: RelatedRow) =>
  writeCursor('related', [source, String(score ?? 0), article.id]);

/**
 * The index at which a page continues: after the story that the cursor names, or at its current rank if it is no longer
 * listed.
 */
function placeAfter(rows: readonly RelatedRow[], [source, score, id]: readonly string[]): number {
  const named = rows.findIndex(({ article }) => article.id === id);
  if (named >= 0) return named + 1;
  const rank = ranks.indexOf(source as RelatedRow['source']);
  const next = rows.findIndex(
    (row) => ranks.indexOf(row.source) > rank || (row.source === source && (row.score ?? 0) < Number(score)),
  );
  return next >= 0 ? next : rows.length;
}

/**
 * The blocks without references to stories that are not visible: a card or embed is left out, a link loses its address.
 * Visibility is checked at each read, so a reference comes back when its story is published.
 */
async function namedBlocks(
  blocks: readonly Block[],
  { loaders, reader, publicUrl }: ArticlesContext,
): Promise<Block[]> {
  if (isEditor(reader)) return [...blocks];
  const slugs = new Set(slugsIn(blocks));
  for (const block of blocks) if (block.kind === 'related') slugs.add(block.slug);
  const bySlug = await Promise.all([...slugs].map((slug) => loaders.bySlug.load(slug)));
  const hidden = new Set([...slugs].filter((_, place) => bySlug[place] && !bySlug[place].isVisible));
  if (hidden.size === 0) return [...blocks];
  const isHidden = (slug: string) => hidden.has(slug);
  return blocks
    .filter((block) => block.kind !== 'related' || !isHidden(block.slug))
    .map((block) => withoutLinksTo(block, isHidden, publicUrl))
    .filter((block) => block !== undefined);
}
