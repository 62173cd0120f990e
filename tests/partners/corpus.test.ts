/** Every door over a whole newsroom: a made-up one with hostile stories, and a real export where there is one. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LightMyRequestResponse } from 'fastify';
import { textOf as textOfBlock } from '../../subgraphs/articles/story/words.ts';
import { corpora, splitStories } from '../support/corpora.ts';
import { corpusOf, graphOf, listOf, sampled } from '../support/corpus.ts';
import { openDoors, type TestDoors } from '../support/doors.ts';
import { type LeakCheck, readable, sentencesOf } from '../support/leaks.ts';
import { figureOf, openHtml, textOf } from '../support/pages.ts';

/** Stories that every door is asked for: all that have something to hide, and so many of the others. */
const mostOthers = 12;
const mostGated = 24;

describe.each(corpora)('no door of $name', ({ name, fill }) => {
  let doors: TestDoors;
  const corpus = corpusOf();
  let check: LeakCheck;
  const seen = {
    stories: 0,
    gated: 0,
    sentences: 0,
    doors: new Set<string>(),
    answers: 0,
    pictures: 0,
    characters: 0,
  };

  beforeAll(async () => {
    doors = await openDoors({ hasAll: true });
    await fill(doors, corpus);
    check = await splitStories(doors, corpus);
    seen.stories = corpus.stories.size;
    seen.gated = [...corpus.stories.values()].filter(({ gated }) => gated.length > 0).length;
    seen.sentences = check.sentences;
  }, 300_000);

  afterAll(async () => {
    await doors?.stop();
    const { doors: kinds, ...counts } = seen;
    process.stdout.write(`${name}: ${JSON.stringify({ ...counts, doors: kinds.size })}\n`);
  });

  /** Asks a door, and looks at what came whatever it is. */
  async function get(door: string, url: string, headers: Record<string, string> = {}) {
    const response = await doors.get(url, headers);
    look(door, response);
    return response;
  }

  function look(
    door: string,
    { body, statusCode }: Pick<LightMyRequestResponse, 'body' | 'statusCode'>,
  ): string {
    seen.doors.add(door);
    seen.answers++;
    seen.characters += body.length;
    expect([door, statusCode]).not.toEqual([door, 500]);
    const text = readable(body);
    expect([door, check.leakIn(text)]).toEqual([door, undefined]);
    for (const hidden of corpus.hidden)
      if (body.includes(hidden) || text.includes(hidden)) expect([door, hidden]).toEqual([door, undefined]);
    return text;
  }

  /** Each picture of ours in it may go out, and its credit stands close by. */
  function lookAtPictures(door: string, body: string, mayGoOut: 'syndicatable' | 'embeddable'): void {
    const text = readable(body);
    for (const [, id = ''] of body.matchAll(/media\/images\/([\w-]{36})/g)) {
      const image = corpus.images.get(id);
      expect([door, id, image?.[mayGoOut]]).toEqual([door, id, true]);
      expect([door, text.includes(image?.credit ?? '?')]).toEqual([door, true]);
      seen.pictures++;
    }
  }

  /** HTML of a story: each picture stands in a figure that names whom to credit. */
  function lookAtHtml(html: string): void {
    for (const img of openHtml(html).all('img')) {
      const id = /media\/images\/([\w-]{36})/.exec(img.attribs.src ?? '')?.[1] ?? '';
      const figure = figureOf(img);
      const image = corpus.images.get(id);
      expect(image?.syndicatable).toBe(true);
      expect(figure && textOf(figure)).toContain(image?.credit);
    }
  }

  it('leaks by feeds of any format, to their end', async () => {
    for (const feed of ['news', ...corpus.lists])
      for (const format of ['rss', 'atom', 'json'])
        for (let path: string | undefined = `/feeds/${listOf(feed)}.${format}?limit=100`; path; ) {
          const { body, statusCode } = await get(`feed ${format}`, path);
          expect(statusCode).toBe(200);
          lookAtPictures(`feed ${format}`, body, 'syndicatable');
          if (format === 'json') {
            const { items, next_url } = JSON.parse(body);
            for (const { content_html = '', image, _dateline } of items) {
              lookAtHtml(content_html);
              const pictures = _dateline.pictures.map(({ url }: { url: string }) => url);
              if (image) expect(pictures).toContain(image);
              for (const { url, credit } of _dateline.pictures)
                expect(credit).toContain(corpus.images.get(url.match(/images\/([\w-]{36})/)?.[1])?.credit);
            }
            path = next_url?.replace('https://news.example', '');
          } else {
            const next = /(?:rel="next"[^>]*href|href)="([^"]*after=[^"]*)"(?![^>]*rel="self")/.exec(
              body.replace(/<(?:atom:)?link[^>]*rel="self"[^>]*>/g, ''),
            )?.[1];
            path = next?.replaceAll('&amp;', '&').replace('https://news.example', '');
          }
        }
    for (const path of ['/sitemap.xml', '/news-sitemap.xml', '/robots.txt']) await get('sitemap', path);
    const months = (await doors.get('/sitemap.xml')).body.matchAll(/sitemap\/([\d-]+)\.xml/g);
    for (const [, month] of months) await get('sitemap', `/sitemap/${month}.xml`);
  }, 200_000);

  it('leaks a story asked for by itself', async () => {
    for (const story of sampled(corpus, { mostGated, mostOthers })) {
      const { id, slug } = story;
      const ninjs = await get('ninjs', `/ninjs/articles/${id}`);
      lookAtPictures('ninjs', ninjs.body, 'syndicatable');
      for (const { value } of ninjs.json().bodies ?? []) lookAtHtml(value);
      const address = encodeURIComponent(`https://news.example/articles/${encodeURIComponent(slug)}`);
      for (const format of ['json', 'xml'])
        lookAtPictures(
          `oEmbed ${format}`,
          (await get(`oEmbed ${format}`, `/oembed?format=${format}&url=${address}`)).body,
          'syndicatable',
        );
      const path = encodeURIComponent(slug);
      lookAtPictures(
        'embed data',
        (await get('embed data', `/embed/data/article/${path}.json`)).body,
        'embeddable',
      );
      lookAtPictures('frame', (await get('frame', `/embed/article/${path}`)).body, 'embeddable');
      const page = await get('page', `/articles/${path}`, { accept: 'text/html' });
      expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'/);
    }
    for (const feed of ['news', ...corpus.lists]) {
      lookAtPictures(
        'embed data',
        (await get('embed data', `/embed/data/feed/${listOf(feed)}.json?limit=20`)).body,
        'embeddable',
      );
      lookAtPictures(
        'frame of a feed',
        (await get('frame of a feed', `/embed/feed/${listOf(feed)}?limit=20`)).body,
        'embeddable',
      );
    }
    for (const path of ['/', '/search', '/membership', '/partners'])
      await get('page', path, { accept: 'text/html' });
  }, 200_000);

  it('leaks through the graph to a reader without a token', async () => {
    const stories = sampled(corpus, { mostGated, mostOthers: 20 });
    const ask = async (door: string, query: string, variables: object = {}) => {
      const response = await doors.app.inject({
        method: 'POST',
        url: '/graphql',
        payload: { query, variables },
      });
      look(door, response);
      return response.json();
    };
    for (let start = 0; start < stories.length; start += 5)
      await ask('graph: stories', graphOf(stories.slice(start, start + 5).map(({ id }) => id)));
    // A phrase of what is gated finds nothing, so that nobody can guess it word by word.
    const search =
      'query S($q: String!) { search(query: $q, first: 20) { totalCount edges { highlights node { id abstract } } } }';
    for (const { id, gated } of stories.filter((story) => story.gated.length > 0)) {
      const [sentence = ''] = gated
        .flatMap((block) => sentencesOf(textOfBlock(block)))
        .filter((one) => check.leakIn(one));
      const words = (sentence.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 8).join(' ');
      if (!words) continue;
      const { data } = await ask('graph: search', search, { q: `"${words}"` });
      expect(data.search.edges.map(({ node }: { node: { id: string } }) => node.id)).not.toContain(id);
      await ask('graph: search', search, { q: words });
      const page = await doors.get(`/search?q=${encodeURIComponent(words)}`, { accept: 'text/html' });
      // The page repeats what was looked for, and the address of the next one has it too.
      const body = [
        words,
        encodeURIComponent(words),
        new URLSearchParams({ q: words }).toString().slice(2),
      ].reduce((text, echo) => text.replaceAll(echo, ''), page.body);
      look('page of search', { body, statusCode: page.statusCode });
    }
  }, 200_000);

  it('looked at enough', () => {
    expect(seen.gated).toBeGreaterThan(10);
    expect(seen.sentences).toBeGreaterThan(50);
    expect(seen.pictures).toBeGreaterThan(300);
    expect(seen.doors.size).toBe(14);
  });
});
