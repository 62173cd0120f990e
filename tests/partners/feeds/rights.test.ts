import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Block } from '../../../subgraphs/articles/blocks.ts';
import type { ArticleContent } from '../../../subgraphs/articles/content.ts';
import type { ImageContent } from '../../../subgraphs/media/content.ts';
import { idOf } from '../../../subgraphs/store/contentId.ts';
import { openDoors, type TestDoors } from '../../support/doors.ts';
import { readByFeedparser, readByRssParser } from '../../support/feedReaders.ts';
import { problemsOfJsonFeed } from '../../support/jsonFeed.ts';
import { articleId, authorId, putLists, story } from '../../support/stories.ts';

/** Words that somebody types where they do no good. */
const hostile = fc.constantFrom(
  ...[
    '<script>alert(1)</script>',
    '<img src="https://evil.example/x.png">',
    '"><svg onload=alert(1)>',
    ']]>',
    '&lt;b&gt;',
  ],
  ...['<b>bold</b>', '<<b>script>nested</script>', 'a & b', '\u0000\u0008', '😀 “x”', '</title></item>'],
);

/** Eight pictures: with rights and without, with somebody named and with nobody, some with HTML in every field. */
const pictures: ImageContent[] = Array.from({ length: 8 }, (_, n) => ({
  sourceId: `p${n}`,
  rights: { syndicatable: n % 2 === 0 },
  ...(n % 4 < 2 && {
    credit: { creatorName: n < 4 ? `Person ${n}` : '<img src=x>', agency: '<b>Agency</b>' },
  }),
  ...(n >= 4 && { caption: '<i>caption</i>', altText: '"><script>x</script>', copyrightNotice: '<b>©</b>' }),
}));
const mayGoOut = new Set(
  pictures.flatMap(({ sourceId, rights }) => (rights?.syndicatable ? [idOf('image', sourceId)] : [])),
);
const place = fc.integer({ min: 0, max: 7 }).map((n) => idOf('image', `p${n}`));

const block = fc.oneof(
  fc.constantFrom<Block>({ kind: 'divider' }, { kind: 'related', slug: 'nobody', linkText: 'A SECRET card' }),
  hostile.map((text): Block => ({ kind: 'paragraph', html: `<a href="/articles/x">x</a> ${text}` })),
  hostile.map((text): Block => ({ kind: 'heading', level: 2, text })),
  hostile.map((text): Block => ({ kind: 'quote', html: text, citation: text })),
  hostile.map((text): Block => ({ kind: 'code', code: text })),
  hostile.map((text): Block => ({ kind: 'table', header: [text], rows: [[text]] })),
  hostile.map(
    (text): Block => ({
      kind: 'embed',
      url: 'https://e.example/',
      providerName: text,
      html: '<iframe></iframe>',
    }),
  ),
  fc
    .tuple(place, hostile)
    .map(([imageId, caption]): Block => ({ kind: 'image', imageId, caption, altText: caption })),
);

/** The same block as nobody may see who has not paid. */
const gated = fc.oneof(
  fc.constant<Block>({ kind: 'paragraph', html: 'GATED words' }),
  place.map((imageId): Block => ({ kind: 'image', imageId, caption: 'GATED caption' })),
);

const content = fc.record({
  visibility: fc.constantFrom('PUBLIC', 'MEMBERS', 'PAID', 'TIERS') as fc.Arbitrary<'PUBLIC'>,
  syndicatable: fc.boolean(),
  headline: hostile,
  other: hostile,
  lead: fc.option(place),
  free: fc.array(block, { maxLength: 5 }),
  gated: fc.array(gated, { minLength: 1, maxLength: 3 }),
});
type Content = typeof content extends fc.Arbitrary<infer Value> ? Value : never;

let put = 0;

/** Each is newer than all before it, so that the first page of a feed has those of one run. */
function storyOf(made: Content): ArticleContent {
  const n = ++put;
  const { visibility, syndicatable, headline, other, lead } = made;
  return story(`s${n}`, {
    datePublished: new Date(Date.UTC(2026, 0, 1) + n * 60_000),
    headline: `H${headline}`,
    standfirst: other,
    abstract: other,
    kicker: other,
    copyrightNotice: other,
    visibility,
    usageRights: { syndicatable, embeddable: true, requiredCredit: `C${other}` },
    bylines: [{ authorId: authorId('ann'), displayName: `B${other}` }],
    corrections: [
      {
        sourceId: `c${n}`,
        correctionType: 'CORRECTION',
        text: `T${other}`,
        datePublished: new Date('2026-03-02'),
      },
    ],
    ...(lead && { leadMedia: { kind: 'image' as const, id: lead, caption: other, altText: other } }),
    body: visibility === 'PUBLIC' ? made.free : [...made.free, { kind: 'paywall' }, ...made.gated],
  });
}

const urlsOfPictures = (text: string) => text.match(/https:\/\/news\.example\/media\/images\/[\w-]+/g) ?? [];
const runs = 60;

describe('what leaves by feeds and ninjs', () => {
  let doors: TestDoors;
  const seen = { stories: 0, answers: 0, pictures: 0, paywalls: 0 };

  beforeAll(async () => {
    doors = await openDoors();
    await putLists(doors.open.articles.store);
    await doors.stores.media.putImages(pictures, 'test');
  });
  afterAll(async () => {
    await doors?.stop();
    process.stdout.write(`feeds: ${JSON.stringify(seen)} looked at\n`);
  });

  /** Holds for every answer, whatever its format. */
  function look(body: string): void {
    expect(body).not.toContain('GATED');
    expect(body).not.toContain('SECRET');
    expect(body).not.toContain('\u0000');
    for (const url of urlsOfPictures(body)) {
      expect(mayGoOut).toContain(url.split('/').at(-1));
      seen.pictures++;
    }
    seen.answers++;
  }

  /** Every picture in HTML of ours is ours to give and has its credit below it; no tag is there that we did not write. */
  function lookAtHtml(html: string): void {
    const figures = html.match(/<figure>.*?<\/figure>/g) ?? [];
    const form =
      /^<figure><img src="https:\/\/news\.example\/[^"<>]*" alt="[^"<>]*" width="\d+" height="\d+"><figcaption>[^<>]*[^<>\s][^<>]*<\/figcaption><\/figure>$/;
    for (const figure of figures) expect(figure).toMatch(form);
    expect(html.match(/<img/g) ?? []).toHaveLength(figures.length);
    expect(html).not.toMatch(/<(script|svg|iframe|b|i|title|item)\b/i);
    expect(html).not.toMatch(/<[^>]*\son\w+=/i);
    for (const [, href] of html.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^https?:\/\//);
  }

  it('holds no picture without credit, none that may not be syndicated, and no word from behind the paywall', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(content, { minLength: 1, maxLength: 4 }), async (made) => {
        const stories = made.map(storyOf);
        await doors.stores.articles.putArticles(stories, 'test');
        const limit = `limit=${made.length}`;
        const [rss, atom, json] = await Promise.all(
          ['rss', 'atom', 'json'].map((format) =>
            doors.get(`/feeds/news.${format}?${limit}`).then(({ body }) => body),
          ),
        );
        for (const body of [rss, atom, json]) look(body ?? '');
        const items = (await readByRssParser(rss ?? '')).items as unknown as Record<string, string>[];
        expect((await readByFeedparser(atom ?? '')).items).toHaveLength(made.length);
        for (const { 'content:encoded': html = '' } of items) lookAtHtml(html);
        const contents = (rss ?? '').match(/<media:content .*?<\/media:content>/g) ?? [];
        for (const one of contents) expect(one).toMatch(/<media:credit>[^<]*[^<\s][^<]*<\/media:credit>/);

        const feed = JSON.parse(json ?? '');
        expect(problemsOfJsonFeed(feed)).toEqual([]);
        for (const { id, content_html, _dateline } of feed.items) {
          const place = stories.findIndex(({ sourceId }) => id === `urn:uuid:${articleId(sourceId)}`);
          const { syndicatable, visibility } = made[place] as Content;
          seen.stories++;
          lookAtHtml(content_html ?? '');
          expect(JSON.stringify(_dateline)).not.toMatch(/<[a-z!/]/i);
          for (const { credit } of _dateline.pictures) expect(credit.trim()).not.toBe('');
          if (!syndicatable) expect([content_html, _dateline.pictures]).toEqual([undefined, []]);
          const isGated = visibility !== 'PUBLIC';
          expect(_dateline.access.level).toBe(isGated ? 'PREVIEW' : 'FULL');
          if (syndicatable && isGated) {
            expect(content_html.split('\n').at(-1)).toMatch(/^<p><a href="[^"]*">Read the whole story/);
            seen.paywalls++;
          }
        }
        for (const { sourceId } of stories) {
          const { body } = await doors.get(`/ninjs/articles/${articleId(sourceId)}`);
          look(body);
          const { bodies = [], associations = [] } = JSON.parse(body);
          for (const { value } of bodies) lookAtHtml(value);
          for (const { by } of associations) expect(by.trim()).not.toBe('');
        }
      }),
      { numRuns: runs },
    );
    expect(seen.pictures).toBeGreaterThan(runs);
    expect(seen.paywalls).toBeGreaterThan(runs / 4);
  }, 120_000);
});
