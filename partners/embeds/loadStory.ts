/** Asks the graph for the cards of an embed, as any other caller does. */

import { callerError } from '../../gateway/errors.ts';
import type { RequestContext } from '../../gateway/requestContext.ts';
import type { Ask } from '../../gateway/server/graphClient.ts';
import { EmbedArticleDocument, EmbedFeedDocument } from '../../schema/documents.ts';
import type { Card, CardList } from '../../web/embed/card.ts';
import { homePathOf } from '../feeds/feedAddress.ts';
import { cardOf } from './card.ts';

/** What the doors of embeds are given. */
export interface EmbedOptions {
  ask: Ask;
  /** Where our site is, without a slash at the end. */
  siteUrl: string;
  /** Who we are, to those who embed us. */
  siteName: string;
}

/** Where to ask, and as whom. */
export interface Asking {
  ask: Ask;
  caller: RequestContext;
}

/** How often a feed is read on when stories that may not be embedded leave it short. */
const mostPages = 3;

/** The story with this slug, or an old one; throws EMBED_NOT_FOUND where there is none that may be embedded. */
export async function readCard(slug: string, { ask, caller }: Asking): Promise<Card> {
  const { data, errors } = await ask(EmbedArticleDocument, { slug }, caller);
  const card = data?.article ? cardOf(data.article) : null;
  if (card) return card;
  throw missing(errors.length > 0 && !data?.article, slug);
}

/** The newest `limit` stories of a feed that may be embedded; throws EMBED_NOT_FOUND where there is no such feed. */
export async function readCards(
  name: string,
  limit: number,
  siteUrl: string,
  { ask, caller }: Asking,
): Promise<CardList> {
  const cards: Card[] = [];
  let title = '';
  let after: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const { data, errors }: Awaited<ReturnType<typeof askPage>> = await askPage(after);
    const feed = data?.feed;
    if (!feed) throw missing(errors.length > 0, name);
    title = feed.title;
    cards.push(...feed.articles.nodes.map(cardOf).filter((card) => card !== null));
    after = feed.articles.pageInfo.endCursor;
    if (cards.length >= limit || !feed.articles.pageInfo.hasNextPage) break;
  }
  return { title, url: siteUrl + homePathOf(name), cards: cards.slice(0, limit) };

  function askPage(start: string | null) {
    return ask(EmbedFeedDocument, { name, first: limit, after: start }, caller);
  }
}

/** What failed may be there the next time; what is not there is not. */
function missing(hasFailed: boolean, got: string) {
  return hasFailed ? callerError('EMBED_UNANSWERED') : callerError('EMBED_NOT_FOUND', { got });
}
