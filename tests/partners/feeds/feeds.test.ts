import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDoors, type TestDoors } from '../../support/doors.ts';
import { readByFeedparser, readByRssParser } from '../../support/feedReaders.ts';
import { harbour, now, putFeedStories } from '../../support/feedStories.ts';
import { problemsOfJsonFeed } from '../../support/jsonFeed.ts';
import { articleId } from '../../support/stories.ts';

describe('what feeds hold', () => {
  let doors: TestDoors;
  let partner: { rights: { text: boolean; pictures: boolean } } | undefined;

  const rss = (url: string) => doors.get(url).then(({ body }) => readByRssParser(body));
  const json = (url: string) => doors.get(url).then((response) => response.json());

  beforeAll(async () => {
    doors = await openDoors({
      clock: () => now,
      onRequest: (request) => Object.assign(request, { partner }),
    });
    await putFeedStories(doors);
  });
  afterAll(() => doors?.stop());

  it('are read by two readers of RSS, with text, byline, picture and credit', async () => {
    const { body, headers } = await doors.get('/feeds/news.rss');
    expect(headers['content-type']).toBe('application/rss+xml; charset=utf-8');
    const feed = await readByRssParser(body);
    expect(feed.title).toBe('Dateline: News Feed');
    expect(feed.paginationLinks?.self).toBe('https://news.example/feeds/news.rss');
    expect(body).toContain('<atom:link rel="hub" href="https://news.example/hub"/>');
    expect(feed.items.map(({ title }) => title)).toEqual([
      'Harbour & quay open <again>',
      'The other story',
      'For members',
    ]);
    const [first] = feed.items;
    expect(first).toMatchObject({
      guid: `urn:uuid:${articleId('harbour')}`,
      link: 'https://news.example/articles/harbour-opens',
      categories: ['CITY', 'HARBOUR', 'BUDGET'],
      isoDate: '2026-05-09T10:00:00.000Z',
    });
    expect(first).toMatchObject({
      media: [
        {
          $: {
            type: 'image/jpeg',
            medium: 'image',
            url: expect.stringMatching(/^https:\/\/news\.example\/media\//),
          },
          'media:credit': ['Mara Quist/Dateline'],
          'media:description': [{ _: 'The quay' }],
          'media:copyright': ['© Mara Quist'],
        },
      ],
    });
    // What is HTML by the specification reads as the text that it was.
    expect(first?.contentSnippet).toBe('Boats came in at 5 < 6 &amp; left');
    expect(body).toContain('<description>Boats came in at 5 &amp;#60; 6 &amp;#38;amp; left</description>');
    expect(body).toContain('<dc:creator>Ann Lee</dc:creator><dc:creator>Bo Ek</dc:creator>');
    const { items, meta } = await readByFeedparser(body);
    expect(meta.link).toBe('https://news.example/');
    expect(items.map(({ guid }) => guid)).toEqual(feed.items.map(({ guid }) => guid));
    expect(items[0]?.description).toBe((first as unknown as Record<string, string>)['content:encoded']);
  });

  it('show a story in HTML that stands alone: corrections first, links absolute, pictures with credit, nothing embedded', async () => {
    const { items } = await json('/feeds/news.json');
    const html: string = items[0].content_html;
    expect(html.split('\n')).toEqual([
      '<aside><p><strong>Correction, 9 May 2026:</strong> It was Monday.</p></aside>',
      expect.stringMatching(
        /^<figure><img src="https:\/\/news\.example\/media\/\S+" alt="A quay" width="1280" height="720"><figcaption>The quay \(Mara Quist\/Dateline\)<\/figcaption><\/figure>$/,
      ),
      '<p>Read <a href="https://news.example/articles/other">this</a> &amp; <a href="https://news.example/articles/harbour-opens#top">that</a> ]]&gt; &lt;b&gt;.</p>',
      '<p><a href="https://news.example/articles/other-story">The other story</a></p>',
      '<p><a href="https://video.example/1">Video</a></p>',
      '<pre><code>if (a]]&#62;b) {}</code></pre>',
    ]);
    const fromRss = (await rss('/feeds/news.rss')).items[0] as unknown as Record<string, string>;
    expect(fromRss['content:encoded']).toBe(html);
    const fromAtom = (await readByRssParser((await doors.get('/feeds/news.atom')).body)).items[0];
    expect(fromAtom?.content).toBe(html);
  });

  it('are read by two readers of Atom, with tombstones for what was withdrawn', async () => {
    const { body, headers } = await doors.get('/feeds/news.atom');
    expect(headers['content-type']).toBe('application/atom+xml; charset=utf-8');
    const { items, meta } = await readByFeedparser(body);
    expect(meta.title).toBe('Dateline: News Feed');
    expect(items.map(({ guid, title, link }) => ({ guid, title, link }))[0]).toEqual({
      guid: `urn:uuid:${articleId('harbour')}`,
      title: 'Harbour & quay open <again>',
      link: 'https://news.example/articles/harbour-opens',
    });
    const others = (await readByRssParser(body)).items;
    expect(others).toHaveLength(3);
    expect(others[0]).toMatchObject({ author: 'Ann Lee', summary: 'Boats came in at 5 < 6 &amp; left' });
    expect(body).toContain(
      `<at:deleted-entry ref="urn:uuid:${articleId('withdrawn')}" when="${now.toISOString()}"><at:comment>It was wrong.</at:comment></at:deleted-entry>`,
    );
    // A correction is a change, whatever the story itself says.
    expect(body).toContain('<updated>2026-05-09T12:00:00.000Z</updated>');
  });

  it('are valid JSON Feeds, with credit and rights in our extension', async () => {
    const feed = await json('/feeds/news.json');
    expect(problemsOfJsonFeed(feed)).toEqual([]);
    expect(feed.hubs).toEqual([{ type: 'WebSub', url: 'https://news.example/hub' }]);
    expect(feed.items[0]._dateline).toEqual({
      about: 'https://news.example/feeds/about.md',
      credit: 'Ann Lee and Bo Ek/news.example',
      rights: {
        syndicatable: true,
        requiredCredit: 'news.example',
        license: 'https://news.example/licence',
      },
      access: { level: 'FULL' },
      pictures: [
        {
          url: feed.items[0].image,
          credit: 'Mara Quist/Dateline',
          copyright: '© Mara Quist',
          syndicatable: true,
        },
      ],
      corrections: [{ type: 'CORRECTION', text: 'It was Monday.', date: '2026-05-09T12:00:00.000Z' }],
    });
    expect((await doors.get('/feeds/about.md')).body).toContain('_dateline');
  });

  it('give of a story that may not be syndicated its headline, summary and link alone', async () => {
    const { items } = await json('/feeds/news.json');
    const { content_html, content_text, image, _dateline } = items[1];
    expect([content_html, content_text, image]).toEqual([undefined, 'What else there was', undefined]);
    expect(_dateline).toMatchObject({ rights: { syndicatable: false }, pictures: [] });
    const { body } = await doors.get('/feeds/news.rss');
    expect(body).not.toContain('The text of other');
    expect(body.match(/<media:content/g)).toHaveLength(1);
  });

  it('end at the paywall with a link, in every format', async () => {
    for (const format of ['rss', 'atom', 'json']) {
      const { body } = await doors.get(`/feeds/section/world.${format}`);
      expect(body).toContain('Free words.');
      expect(body).toContain('Read the whole story on news.example.');
      expect(body).not.toMatch(/Gated words|gated caption|<media|<img/);
    }
    const { items } = await json('/feeds/section/world.json');
    expect(items[0]._dateline.access).toEqual({ level: 'PREVIEW' });
  });

  it('are there for sections, tags and authors, also for those without a story', async () => {
    const titles = async (name: string) =>
      (await json(`/feeds/${name}.json`)).items.map(({ title }: { title: string }) => title);
    expect(await titles('section/city')).toEqual(['Harbour & quay open <again>', 'The other story']);
    expect(await titles('tag/budget')).toEqual(['Harbour & quay open <again>']);
    expect(await titles('author/ann')).toEqual(['Harbour & quay open <again>']);
    for (const format of ['rss', 'atom', 'json']) {
      const empty = await doors.get(`/feeds/tag/sport.${format}`);
      expect([empty.statusCode, empty.headers['last-modified']]).toEqual([200, undefined]);
      if (format !== 'json') expect((await readByRssParser(empty.body)).items).toEqual([]);
      else expect([problemsOfJsonFeed(empty.json()), empty.json().items]).toEqual([[], []]);
    }
  });

  it('give a partner what its rights name', async () => {
    try {
      partner = { rights: { text: true, pictures: false } };
      expect((await doors.get('/feeds/news.json')).headers['cache-control']).toBe('private, max-age=1');
      const words = await json('/feeds/news.json');
      expect(words.items[0].content_html).toContain('>that</a>');
      expect(JSON.stringify(words)).not.toMatch(/<img|"image"|news\.example\/media/);
      partner = { rights: { text: false, pictures: true } };
      const links = await json('/feeds/news.json');
      expect(links.items[0].content_text).toBe('Boats came in at 5 < 6 &amp; left');
      expect(JSON.stringify(links)).not.toMatch(/content_html|<img|"image"|news\.example\/media/);
    } finally {
      partner = undefined;
    }
  });

  it('keep the id of a story when its slug changes', async () => {
    const before = (await json('/feeds/news.json')).items[0];
    await doors.stores.articles.putArticles([{ ...harbour, slug: 'harbour-is-open' }], 'test');
    const after = (await json('/feeds/news.json')).items[0];
    expect(after.id).toBe(before.id);
    expect([before.url, after.url]).toEqual([
      'https://news.example/articles/harbour-opens',
      'https://news.example/articles/harbour-is-open',
    ]);
  });
});
