/** What a webhook is told of a story: what the graph says to an anonymous reader at that moment, never more. */
import type { Logger } from 'pino';
import type { Ask } from '../../gateway/server/graphClient.ts';
import { PushedStoryDocument } from '../../schema/documents.ts';
import type { WebhookEvent } from './tables.ts';

export interface Happened {
  /** The number of the delivery. */
  id: string;
  event: WebhookEvent;
  at: Date;
  storyId: string;
  slug: string;
}

/**
 * The body that tells of it; undefined where that is not so any more: a story that has appeared is gone, one that was
 * gone is back. What came instead has a delivery of its own. Rejects where the graph does not answer.
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
    const told = { id, type: `article.${event}`, at: at.toISOString() };
    if (article) {
      const { headline, canonicalUrl } = article;
      return { ...told, article: { id: storyId, url: String(canonicalUrl), headline } };
    }
    const reason = page?.__typename === 'Gone' ? page.reason : null;
    return { ...told, article: { id: storyId, ...(reason == null ? {} : { reason }) } };
  };
}
