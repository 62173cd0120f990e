import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { Ask } from '../../../gateway/server/graphClient.ts';
import { openTell } from '../../../partners/push/event.ts';
import type { WebhookEvent } from '../../../partners/push/tables.ts';

const article = {
  id: 'story',
  headline: 'Harbour opens',
  canonicalUrl: 'https://news.example/articles/caf%C3%A9',
};
const gone = { __typename: 'Gone', reason: 'We were wrong.' };
const log = pino({ level: 'silent' });

describe('what a webhook is told', () => {
  const asked: unknown[] = [];
  const telling = (event: WebhookEvent, data: object | null, errors: object[] = []) => {
    asked.length = 0;
    const ask = (async (_document: unknown, variables: unknown, { headers, account }) => {
      asked.push({ variables, headers, account });
      return { data, errors };
    }) as Ask;
    const at = new Date('2026-04-01T00:00:00Z');
    return openTell(ask, 'https://news.example')(
      { id: 'number', event, at, storyId: 'story', slug: 'café' },
      log,
    );
  };
  const told = (event: WebhookEvent) => ({
    id: 'number',
    type: `article.${event}`,
    at: '2026-04-01T00:00:00.000Z',
  });

  it.each(['published', 'updated'] as const)('of a story that is %s is what anybody sees', async (event) => {
    expect(await telling(event, { article, page: null })).toEqual({
      ...told(event),
      article: { id: 'story', url: article.canonicalUrl, headline: 'Harbour opens' },
    });
    expect(asked).toEqual([
      {
        variables: { id: 'story', url: 'https://news.example/articles/caf%C3%A9' },
        headers: {},
        account: undefined,
      },
    ]);
  });

  it('of a withdrawn story is its id and why', async () => {
    expect(await telling('withdrawn', { article: null, page: gone })).toEqual({
      ...told('withdrawn'),
      article: { id: 'story', reason: 'We were wrong.' },
    });
  });

  it('of a story that is gone without a word is its id alone', async () => {
    for (const page of [null, { ...gone, reason: null }])
      expect(await telling('withdrawn', { article: null, page })).toEqual({
        ...told('withdrawn'),
        article: { id: 'story' },
      });
  });

  it('is nothing where it is not so any more', async () => {
    expect(await telling('published', { article: null, page: gone })).toBeUndefined();
    expect(await telling('updated', { article: null, page: null })).toBeUndefined();
    expect(await telling('withdrawn', { article, page: null })).toBeUndefined();
  });

  it('waits for a graph that does not answer, rather than call a story gone', async () => {
    const failed = 'Expected the graph to answer, but got: errors.';
    await expect(telling('published', null)).rejects.toThrow(failed);
    await expect(telling('withdrawn', { article: null, page: null }, [{}])).rejects.toThrow(failed);
  });
});
