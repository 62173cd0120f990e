/** Loads the cards of an embed from the graph. */

import type { RequestContext } from '../../gateway/requestContext.ts';
import type { Ask } from '../../gateway/server/graphClient.ts';
import { EmbedArticleDocument, EmbedFeedDocument } from '../../schema/documents.ts';
import type { Card, CardList } from '../../web/embed/card.ts';
import { partnerError } from '../errors.ts';
import { homePathOf } from '../feeds/feedAddress.ts';
import { cardOf } from './card.ts';

/** Options of the embed routes. */
export interface EmbedOptions {
  ask: Ask;
  /** The base URL of the site, without a slash at the end. */
  siteUrl: string;
  /** The name of the publication. */
  siteName: string;
}

/** The graph client and the caller. */
export interface Asking {
  ask: Ask;
  caller: RequestContext;
}

/** The most pages of a feed to read when articles without embedding rights leave too few. */
const mostPages = 3;

/** The card of the article with this slug or former slug. Throws EMBED_NOT_FOUND when none may be embedded. */
export async function readCard(slug: string, { ask, caller }: Asking): Promise<Card> {
  const { data, errors } = await ask(EmbedArticleDocument, { slug }, caller);
  const card = data?.article ? cardOf(data.article) : null;
  if (card) return card;
  throw missing(errors.length > 0 && !data?.article, slug);
}

/** The newest `limit` articles of a feed that may be embedded. Throws EMBED_NOT_FOUND when there is no such feed. */
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

/** A failure may be temporary; a missing article is not. */
function missing(hasFailed: boolean, got: string) {
  return hasFailed ? partnerError('EMBED_UNANSWERED') : partnerError('EMBED_NOT_FOUND', { got });
}
