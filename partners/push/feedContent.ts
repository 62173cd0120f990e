/** Writes the feed that a delivery carries, as an anonymous reader gets it from `/feeds/`. No account is charged. */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Ask } from '../../gateway/server/graphClient.ts';
import { contentFor } from '../feeds/content.ts';
import { anybodysRights } from '../feeds/rights.ts';
import { writeFeed } from '../feeds/writeFeed.ts';
import type { ContentOf } from './attempt.ts';
import { feedOfTopic } from './topics.ts';

export interface FeedContentOptions {
  ask: Ask;
  publicUrl: string;
  /** The name of the publication. */
  publisher: string;
  log: Logger;
}

/** Returns a function that writes the feed of a topic; it resolves to undefined when the feed cannot be written. */
export function openFeedContent({ ask, publicUrl, publisher, log }: FeedContentOptions): ContentOf {
  return async (topic) => {
    const feed = feedOfTopic(topic, publicUrl);
    if (!feed) return undefined;
    const requestId = randomUUID();
    const caller = { requestId, headers: {}, signal: new AbortController().signal, log, note: {} };
    try {
      const { document } = await writeFeed(
        { ...feed, limit: undefined, after: undefined },
        {
          content: contentFor(ask, caller),
          rights: anybodysRights,
          site: { base: publicUrl, publisher },
        },
      );
      return { contentType: document.type, body: Buffer.from(document.body) };
    } catch (err) {
      log.warn({ err, topic }, 'feed not written; its delivery will be retried');
      return undefined;
    }
  };
}
