import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fastify } from 'fastify';
import { Kind, type OperationDefinitionNode } from 'graphql';
import { answerFailure } from '../../../gateway/server/formatErrors.ts';
import type { Ask } from '../../../gateway/server/graphClient.ts';
import type { Settings } from '../../../gateway/settings.ts';
import { addEmbeds } from '../../../partners/embeds/routes.ts';

const siteUrl = 'https://news.example';

const image = (rest: object = {}) => ({
  creditText: 'Ann Lee/Dateline',
  altText: 'A tram.',
  rights: { embeddable: true, syndicatable: true },
  small: { href: `${siteUrl}/media/small`, width: 640, height: 360 },
  large: { href: `${siteUrl}/media/large`, width: 1280, height: 720 },
  rendition: { href: `${siteUrl}/media/thumb`, width: 640, height: 427 },
  ...rest,
});

/** A story as the graph answers it to all three operations; what a test does not name has a plain value. */
const storyOf = (rest: object = {}) => ({
  slug: 'a-story',
  headline: 'A story',
  kicker: null,
  standfirst: null,
  abstract: null,
  byline: 'Ann Lee',
  bylines: [{ displayName: 'Ann Lee', role: 'BY', author: { slug: 'ann-lee' } }],
  inLanguage: 'en',
  canonicalUrl: `${siteUrl}/articles/a-story`,
  datePublished: '2026-03-01T12:00:00.000Z',
  timeRequired: 'PT2M',
  readingTimeMinutes: 2,
  isAccessibleForFree: true,
  section: { name: 'City' },
  usageRights: { embeddable: true, requiredCredit: 'Dateline' },
  leadMedia: { __typename: 'ImageUse', altText: null, image: image() },
  ...rest,
});

type Data = Record<string, unknown>;

/** The doors on a graph that answers what a test says, by the name of the operation. */
async function openDoors(
  answers: Record<string, Data | ((variables: never) => Data)>,
  origins?: readonly string[],
) {
  const asked: object[] = [];
  const ask = (async (document: { definitions: readonly unknown[] }, variables: never) => {
    const operation = document.definitions.find(
      (node): node is OperationDefinitionNode =>
        (node as { kind: string }).kind === Kind.OPERATION_DEFINITION,
    );
    asked.push(variables);
    const answer = answers[operation?.name?.value ?? ''];
    const data = typeof answer === 'function' ? answer(variables) : answer;
    return data ? { data, errors: [] } : { data: null, errors: [{ message: 'A failure.' }] };
  }) as unknown as Ask;
  const app = fastify();
  app.setErrorHandler(answerFailure({ maxBodyBytes: 1_000 } as Settings));
  app.addHook('onRequest', async (request) => {
    if (origins) Object.assign(request, { partner: { origins } });
  });
  addEmbeds(app, { ask, settings: { publicUrl: siteUrl, port: 4000, publicationName: 'Dateline' } });
  await app.ready();
  const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
  return { get, asked };
}

const feedOf = (nodes: object[], endCursor: string | null = null) => ({
  feed: { title: 'News', articles: { nodes, pageInfo: { hasNextPage: endCursor !== null, endCursor } } },
});

const oembedOf = (story: object) => ({ page: { __typename: 'Article', ...story } });

const oembedPath = `/oembed?url=${encodeURIComponent(`${siteUrl}/articles/a-story`)}`;

describe('what embeds show', () => {
  it('is never larger than there is room, whatever the room', async () => {
    const { get } = await openDoors({ OEmbed: oembedOf(storyOf()) });
    // 0 stands for no limit.
    const pixels = fc.oneof(
      fc.constant(0),
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 1, max: 900 }),
    );
    await fc.assert(
      fc.asyncProperty(pixels, pixels, async (maxwidth, maxheight) => {
        const limits = [maxwidth && `&maxwidth=${maxwidth}`, maxheight && `&maxheight=${maxheight}`];
        const answer = (await get(`${oembedPath}${limits.filter(Boolean).join('')}`)).json();
        const [width, height] = [maxwidth || Infinity, maxheight || Infinity];
        for (const part of [answer.width, answer.thumbnail_width ?? 1])
          expect(part).toBeLessThanOrEqual(width);
        for (const part of [answer.height, answer.thumbnail_height ?? 1])
          expect(part).toBeLessThanOrEqual(height);
        expect(Math.min(answer.width, answer.height)).toBeGreaterThanOrEqual(1);
        expect(answer.html).toContain(`width="${answer.width}" height="${answer.height}"`);
      }),
    );
  });

  it('is refused for sizes that are none, whatever they are', async () => {
    const { get } = await openDoors({ OEmbed: oembedOf(storyOf()) });
    const wrong = fc.oneof(
      fc.integer({ max: 0 }).map(String),
      fc.integer({ min: 10_001 }).map(String),
      fc.string({ minLength: 1 }).filter((text) => !/^\d+$/.test(text)),
    );
    await fc.assert(
      fc.asyncProperty(wrong, fc.constantFrom('maxwidth', 'maxheight'), async (value, name) => {
        const answer = await get(`${oembedPath}&${name}=${encodeURIComponent(value)}`);
        expect(answer.statusCode).toBe(400);
        expect(answer.json().errors[0].message).toMatch(new RegExp(`^Expected "${name}" to be `));
      }),
    );
  });

  it('has no picture without its credit, and none that may not be embedded', async () => {
    const rights = fc.record({ embeddable: fc.boolean(), syndicatable: fc.boolean() });
    const credit = fc.constantFrom('', ' ', 'Ann Lee/Dateline', '<b>Ann</b> & "Bo"');
    const picture = fc.option(fc.record({ rights, creditText: credit }).map((rest) => image(rest)));
    const lead = fc.oneof(
      picture.map((one) => ({ __typename: 'ImageUse', altText: null, image: one })),
      picture.map((poster) => ({ __typename: 'VideoUse', video: { poster } })),
      fc.constant(null),
    );
    await fc.assert(
      fc.asyncProperty(lead, fc.boolean(), async (leadMedia, embeddable) => {
        const story = storyOf({ leadMedia, usageRights: { embeddable, requiredCredit: 'Dateline' } });
        const { get } = await openDoors({
          EmbedArticle: { article: story },
          EmbedFeed: feedOf([story]),
          OEmbed: oembedOf(story),
        });
        const used = leadMedia && ('image' in leadMedia ? leadMedia.image : leadMedia.video.poster);
        const mayShow = embeddable && used?.rights.embeddable && used.creditText.trim() !== '';
        const pages = ['/embed/article/a-story', '/embed/feed/news'];
        const read = ['/embed/data/article/a-story.json', '/embed/data/feed/news.json'];
        for (const path of [...pages, ...read]) {
          const { body } = await get(path);
          expect([path, body.includes('/media/')]).toEqual([path, Boolean(mayShow)]);
          if (mayShow) expect(body).toMatch(/(class="credit"[^>]*>|"credit":")(Ann|<b>|&lt;b>)/);
        }
        const { body } = await get(oembedPath);
        expect(body.includes('/media/')).toBe(Boolean(mayShow && used?.rights.syndicatable));
        expect(body.includes('thumbnail_credit')).toBe(body.includes('/media/'));
      }),
      { numRuns: 60 },
    );
  });

  it('shows what looks like HTML as text', async () => {
    const evil = '<img src=x onerror=alert(1)></script><script>alert(1)</script>';
    const words = { headline: evil, kicker: evil, standfirst: evil, byline: evil, section: { name: evil } };
    const leadMedia = { __typename: 'ImageUse', altText: evil, image: image({ creditText: evil }) };
    const story = storyOf({ ...words, leadMedia, usageRights: { embeddable: true, requiredCredit: evil } });
    const { get } = await openDoors({
      EmbedArticle: { article: story },
      EmbedFeed: feedOf([story]),
      OEmbed: oembedOf(story),
    });
    for (const path of ['/embed/article/a-story', '/embed/feed/news']) {
      const { body } = await get(path);
      expect(body).not.toContain('<img src=x');
      expect(body.match(/<script/g)).toHaveLength(1);
      expect(body).toContain('&lt;img src=x onerror=alert(1)>');
    }
    expect((await get(oembedPath)).json().html).toMatch(
      /^<iframe [^<]*title="&lt;img [^"]*"[^<]*><\/iframe>$/,
    );
    const xml = (await get(`${oembedPath}&format=xml`)).body;
    expect(xml).toContain('<title>&lt;img src=x onerror=alert(1)&gt;');
  });

  it('links to the web only', async () => {
    const story = storyOf({ canonicalUrl: 'javascript:alert(1)' });
    const { get } = await openDoors({ EmbedArticle: { article: story } });
    expect((await get('/embed/article/a-story')).body).not.toMatch(/<a [^>]*javascript:/);
  });

  it('writes XML that holds, whatever stands in a headline', async () => {
    const { get } = await openDoors({ OEmbed: oembedOf(storyOf({ headline: 'A\u0000B\u000bC ]]> & <i>' })) });
    const { body } = await get(`${oembedPath}&format=xml`);
    expect(body).toContain('<title>A\ufffdB\ufffdC ]]&gt; &amp; &lt;i&gt;</title>');
  });

  it('follows a story to where it moved', async () => {
    const moved = `${siteUrl}/articles/new`;
    const { get } = await openDoors({
      OEmbed: ({ url }: { url: string }) =>
        url === moved
          ? oembedOf(storyOf({ slug: 'new' }))
          : { page: { __typename: 'Redirect', location: moved } },
    });
    expect((await get(oembedPath)).json().html).toContain(`${siteUrl}/embed/article/new`);
  });

  it('reads on where stories that may not be embedded leave a feed short, and not for ever', async () => {
    const none = storyOf({ usageRights: { embeddable: false, requiredCredit: 'Northwire' } });
    const { get, asked } = await openDoors({
      EmbedFeed: ({ after }: { after: string | null }) =>
        after === null
          ? feedOf([none, storyOf()], 'next')
          : feedOf([storyOf({ slug: 'b' }), storyOf()], 'more'),
    });
    expect((await get('/embed/data/feed/news.json?limit=2')).json().cards).toHaveLength(2);
    expect(asked).toMatchObject([{ first: 2, after: null }, { after: 'next' }]);
    const barren = await openDoors({ EmbedFeed: feedOf([none], 'next') });
    expect((await barren.get('/embed/data/feed/news.json')).json().cards).toEqual([]);
    expect(barren.asked).toHaveLength(3);
  });

  it.each([
    ['news', '/'],
    ['section/city', '/sections/city'],
    ['author/ann-lee', '/authors/ann-lee'],
  ])('links the frame of the feed %s to the page %s', async (name, path) => {
    const { get } = await openDoors({ EmbedFeed: feedOf([storyOf()]) });
    const { body } = await get(`/embed/feed/${name}`);
    expect(body).toContain(`<link rel="canonical" href="${siteUrl}${path}"`);
  });

  it('is asked for again where the graph failed', async () => {
    const { get } = await openDoors({});
    for (const path of ['/embed/article/a', '/embed/data/feed/news.json', oembedPath])
      expect((await get(path)).statusCode).toBe(503);
    for (const path of ['/embed/article/a', '/partners']) {
      const { statusCode, headers, body } = await get(path);
      expect([statusCode, headers['content-type']]).toEqual([503, 'text/html; charset=utf-8']);
      expect(body).toContain('retry later.');
    }
  });
});

describe('a key that names a partner', () => {
  const origins = [
    'https://partner.example',
    'https://www.partner.example',
    'https://x.example; script-src *',
  ];
  const answers = {
    EmbedArticle: { article: storyOf() },
    EmbedFeed: feedOf([storyOf()]),
    OEmbed: oembedOf(storyOf()),
  };

  it('lets the frame stand on that partner’s sites only', async () => {
    const { get } = await openDoors(answers, origins);
    const { headers } = await get('/embed/article/a-story', { referer: 'https://partner.example/news' });
    expect(headers['content-security-policy']).toContain(
      'frame-ancestors https://partner.example https://www.partner.example;',
    );
    expect(headers.vary).toContain('Referer');
  });

  it.each(['/embed/article/a-story', '/embed/feed/news', '/embed/data/feed/news.json', oembedPath])(
    'is refused on the sites of others: %s',
    async (path) => {
      const { get } = await openDoors(answers, origins);
      const refused = await get(path, { referer: 'https://elsewhere.example/' });
      expect(refused.statusCode).toBe(403);
      expect(refused.body).toContain('got: https://elsewhere.example.');
      expect((await get(path, { origin: 'null' })).statusCode).toBe(403);
      expect((await get(path, { origin: 'https://www.partner.example' })).statusCode).toBe(200);
      expect((await get(path)).statusCode).toBe(200);
    },
  );

  it('goes along into the frame that oEmbed gives', async () => {
    const { get } = await openDoors(answers, origins);
    expect((await get(`${oembedPath}&key=k%261`)).json().html).toContain('/embed/article/a-story?key=k%261"');
  });
});
