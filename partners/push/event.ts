/** The body of a webhook delivery: what the graph shows an anonymous reader at that moment. */
import type { Logger } from 'pino';
import type { Ask } from '../../gateway/server/graphClient.ts';
import { PushedStoryDocument } from '../../schema/documents.ts';
import type { WebhookEvent } from './tables.ts';

export interface Happened {
  /** The id of the delivery. */
  id: string;
  event: WebhookEvent;
  at: Date;
  storyId: string;
  slug: string;
}

/**
 * The body of an event; undefined when the event no longer holds: the published article is withdrawn, or the withdrawn
 * one is back. The later change has a delivery of its own. Rejects when the graph fails.
 */
export type Tell = (happened: Happened, log: Logger) => Promise<object | undefined>;

export function openTell(ask: Ask, publicUrl: string): Tell {
  return async ({ id, event, at, storyId, slug }, log) => {
    const url = `${publicUrl}/articles/${encodeURIComponent(slug)}`;
    const caller = { requestId: id, headers: {}, signal: new AbortController().signal, log, note: {} };
    const { data, errors } = await ask(PushedStoryDocument, { id: storyId, url }, caller);
    if (!data || errors.length > 0) throw new Error('Expected the graph to answer, but got: errors.');
    const { article, page } = data;
    if ((event === 'withdrawn') === (article != null)) return undefined;
    const payload = { id, type: `article.${event}`, at: at.toISOString() };
    if (article) {
      const { headline, canonicalUrl } = article;
      return { ...payload, article: { id: storyId, url: String(canonicalUrl), headline } };
    }
    const reason = page?.__typename === 'Gone' ? page.reason : null;
    return { ...payload, article: { id: storyId, ...(reason == null ? {} : { reason }) } };
  };
}
