import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importContent } from '../../../newsroom/import/import.ts';
import type { NewsroomStores } from '../../../newsroom/stores.ts';
import { idOf } from '../../../subgraphs/store/contentId.ts';
import { openDoors, type TestDoors } from '../../support/doors.ts';
import { problemsOfJsonFeed } from '../../support/jsonFeed.ts';
import { sharedData } from '../../support/sharedData.ts';

const path = sharedData('ghost/digitalgov.ghost.json.gz');

/** An export names no rights: every text may be syndicated here, and every other picture. */
const withRights = (stores: NewsroomStores, mayGoOut: Set<string>): NewsroomStores => ({
  ...stores,
  articles: {
    ...stores.articles,
    putArticles: (items, by) => {
      const usageRights = { syndicatable: true, embeddable: true };
      return stores.articles.putArticles(
        items.map((item) => ({ ...item, usageRights })),
        by,
      );
    },
  },
  media: {
    ...stores.media,
    putImages: (items, by) => {
      const put = items.map((item, n) => ({ ...item, rights: { syndicatable: n % 2 === 0 } }));
      for (const { sourceId, rights } of put)
        if (rights.syndicatable) mayGoOut.add(idOf('image', sourceId));
        else mayGoOut.delete(idOf('image', sourceId));
      return stores.media.putImages(put, by);
    },
  },
});

describe('feeds of real content', () => {
  let doors: TestDoors | undefined;
  const mayGoOut = new Set<string>();

  beforeAll(async () => {
    if (!path) return;
    doors = await openDoors();
    await importContent({ path, stores: withRights(doors.stores, mayGoOut), by: 'test' });
  }, 300_000);
  afterAll(() => doors?.stop());

  it('show each of 2,000 stories once, valid, with credit below every picture and none without rights', async () => {
    const ids = new Set<string>();
    let pictures = 0;
    let paywalls = 0;
    for (let url: string | undefined = '/feeds/news.json?limit=100'; doors && url; ) {
      const response = await doors.get(url.replace('https://news.example', ''));
      expect(response.statusCode).toBe(200);
      const feed = response.json();
      expect(problemsOfJsonFeed(feed)).toEqual([]);
      for (const [, id = ''] of response.body.matchAll(/media\/images\/([\w-]{36})/g)) {
        expect(mayGoOut).toContain(id);
        pictures++;
      }
      for (const { id, content_html: html = '', _dateline } of feed.items) {
        ids.add(id);
        const credited = html.match(/<figure><img [^>]*><figcaption>[^<]*\S[^<]*<\/figcaption>/g) ?? [];
        expect(html.match(/<img/g) ?? []).toHaveLength(credited.length);
        if (_dateline.access.level === 'FULL') continue;
        expect(html).toMatch(/Read the whole story on [^<]*<\/a><\/p>$/);
        paywalls++;
      }
      url = feed.next_url;
    }
    process.stdout.write(
      `feeds: ${ids.size} real stories, ${pictures} addresses of pictures, ${paywalls} paywalls\n`,
    );
    expect(ids.size).toBe(path ? 2078 : 0);
    expect(pictures > 1000 && paywalls > 100).toBe(path !== undefined);
  }, 300_000);
});
