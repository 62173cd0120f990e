import { describe, expect, it } from '@jest/globals';
import { importContent } from '../../../newsroom/import/import.ts';
import { idOf } from '../../../subgraphs/store/contentId.ts';
import { ContentError } from '../../../subgraphs/store/putContent.ts';
import { fileOf, ghostExport, post } from '../../support/importFiles.ts';
import { type MemoryStores, memoryStores } from '../../support/memoryStores.ts';

const site = { settings: [{ key: 'url', value: 'https://old.example/' }] };
const people = {
  users: [
    {
      id: 'u1',
      name: 'Ana Roe',
      slug: 'ana',
      email: 'ana@news.example',
      meta_title: 'Reporter',
      twitter: '@ana',
      website: 'https://ana.example',
      profile_image: '__GHOST_URL__/content/images/ana.jpg',
    },
    { id: 'u2', name: 'Bo Day', slug: 'bo' },
  ],
  posts_authors: [
    { post_id: 'p1', author_id: 'u2', sort_order: 0 },
    { post_id: 'p1', author_id: 'u1', sort_order: 1 },
  ],
};
const topics = {
  tags: [
    { id: 't1', name: 'Sea', slug: 'sea', description: 'All at sea' },
    { id: 't2', name: '#hidden', slug: 'hash-hidden', visibility: 'internal' },
    { id: 't3', name: 'Trade', slug: 'trade' },
  ],
  posts_tags: [
    { post_id: 'p1', tag_id: 't3', sort_order: 2 },
    { post_id: 'p1', tag_id: 't2', sort_order: 0 },
    { post_id: 'p1', tag_id: 't1', sort_order: 1 },
  ],
};
const tiers = {
  products: [
    {
      id: 'g',
      name: 'Gold',
      slug: 'gold',
      type: 'paid',
      currency: 'usd',
      monthly_price: 500,
      yearly_price: 5000,
      trial_days: 7,
    },
    { id: 'f', name: 'Free', slug: 'free', type: 'free', monthly_price: null },
  ],
  posts_products: [{ post_id: 'p1', product_id: 'g' }],
};

async function bring(data: Parameters<typeof ghostExport>[0], stores: MemoryStores = memoryStores()) {
  const path = fileOf('export.json', ghostExport(data));
  const report = await importContent({ path, stores, by: 'test' });
  const article = stores.kept.articles.get(idOf('article', 'ghost:p1'))?.content;
  return { stores, report, article };
}

describe('a Ghost export', () => {
  it('becomes stories with authors, section, tags, access, dates and lead picture', async () => {
    const { stores, report, article } = await bring({
      posts: [
        post({
          visibility: 'tiers',
          featured: 1,
          custom_excerpt: 'In short.',
          feature_image: '__GHOST_URL__/content/images/size/w600/quay.jpg',
          canonical_url: 'https://else.example/x',
        }),
      ],
      posts_meta: [
        {
          post_id: 'p1',
          feature_image_alt: 'A quay',
          feature_image_caption: '<i>The quay.</i> (Ana Roe/Reuters)',
        },
      ],
      ...people,
      ...topics,
      ...tiers,
      ...site,
    });
    const picture = idOf('image', 'ghost:__GHOST_URL__/content/images/quay.jpg');
    expect(article).toEqual({
      sourceId: 'ghost:p1',
      slug: 'harbour-opens',
      headline: 'Harbour opens',
      standfirst: 'In short.',
      sectionSlug: 'sea',
      tagSlugs: ['sea', 'trade'],
      bylines: [
        { authorId: idOf('author', 'ghost:u2'), displayName: 'Bo Day' },
        { authorId: idOf('author', 'ghost:u1'), displayName: 'Ana Roe' },
      ],
      datePublished: new Date('2024-05-31T12:00:00Z'),
      dateFirstPublished: new Date('2024-05-31T12:00:00Z'),
      dateModified: new Date('2024-06-01T12:00:00Z'),
      pubStatus: 'USABLE',
      urgency: 2,
      visibility: 'TIERS',
      requiredTierIds: [idOf('tier', 'ghost:g')],
      body: [{ kind: 'paragraph', html: 'Boats came in.' }],
      leadMedia: { kind: 'image', id: picture, caption: 'The quay.', altText: 'A quay' },
      canonicalUrl: 'https://else.example/x',
      inLanguage: 'en',
    });
    expect(stores.kept.images.get(picture)?.content).toEqual({
      sourceId: 'ghost:__GHOST_URL__/content/images/quay.jpg',
      originUrl: 'https://old.example/content/images/quay.jpg',
      encodingFormat: 'image/jpeg',
      altText: 'A quay',
      credit: { creatorName: 'Ana Roe', agency: 'Reuters', category: 'WIRES', original: '(Ana Roe/Reuters)' },
    });
    expect(stores.kept.authors.get(idOf('author', 'ghost:u1'))?.content).toMatchObject({
      jobTitle: 'Reporter',
      avatarId: idOf('image', 'ghost:__GHOST_URL__/content/images/ana.jpg'),
      sameAs: [
        { platform: 'WEBSITE', url: 'https://ana.example/' },
        { platform: 'X', url: 'https://x.com/ana', handle: 'ana' },
      ],
    });
    expect([...stores.kept.contributors.values()].map(({ content }) => content.slug)).toEqual(['ana', 'bo']);
    expect([...stores.kept.tiers.values()].map(({ content }) => content)).toMatchObject([
      {
        slug: 'gold',
        type: 'PAID',
        trialDays: 7,
        prices: [
          { currency: 'USD', amountMinor: 500, interval: 'MONTH' },
          { currency: 'USD', amountMinor: 5000, interval: 'YEAR' },
        ],
      },
      { slug: 'free', type: 'FREE', prices: [] },
    ]);
    expect(report.counts.tag).toMatchObject({ created: 2 });
    expect(report.creditsUnknown).toEqual([
      { picture: '__GHOST_URL__/content/images/ana.jpg', page: 'authors/ana', isPortrait: true },
    ]);
    expect(JSON.stringify(report)).not.toContain('ana@');
  });

  it('is the same in whichever order its tables stand, and without the list around it', async () => {
    const data = {
      posts: [post({ html: '<img src="https://old.example/a.jpg">' })],
      ...people,
      ...topics,
      ...tiers,
      ...site,
    };
    const { article } = await bring(data);
    const turned = Object.fromEntries(Object.entries(data).reverse());
    expect((await bring(turned)).article).toEqual(article);
    const stores = memoryStores();
    const path = fileOf('x.json.gz', JSON.stringify({ meta: {}, data: turned }));
    await importContent({ path, stores, by: 'test' });
    expect(stores.kept.articles.get(idOf('article', 'ghost:p1'))?.content).toEqual(article);
  });

  it('changes nothing when it comes again, and keeps the id of a story that changed', async () => {
    const data = { posts: [post({}), post({ id: 'p2', slug: 'two' })], ...people, ...topics };
    const { stores } = await bring(data);
    const again = await bring(data, stores);
    expect(again.report.counts.story).toEqual({ created: 0, updated: 0, unchanged: 2, skipped: 0 });
    expect(again.report.counts.author).toEqual({ created: 0, updated: 0, unchanged: 2, skipped: 0 });
    const changed = await bring(
      { ...data, posts: [post({ title: 'New' }), post({ id: 'p2', slug: 'two' })] },
      stores,
    );
    expect(changed.report.counts.story).toEqual({ created: 0, updated: 1, unchanged: 1, skipped: 0 });
    expect(changed.article?.headline).toBe('New');
  });

  it('makes one picture of all its uses, with the first credit and size that any of them tells', async () => {
    const figure = (caption: string, rest = '') =>
      `<figure><img src="__GHOST_URL__/a.jpg"${rest}><figcaption>${caption}</figcaption></figure>`;
    const data = {
      posts: [
        post({ html: figure('One') }),
        post({ id: 'p2', html: figure('Two. Photo by Ana Roe', ' width="30" height="20"') }),
        post({ id: 'p3', html: figure('Three. Photo by Bo Day', ' width="60" height="40"') }),
      ],
    };
    const { stores, article } = await bring(data);
    expect([...stores.kept.images.values()].map(({ content }) => content)).toMatchObject([
      { width: 30, height: 20, credit: { creatorName: 'Ana Roe' } },
    ]);
    expect(article?.body).toMatchObject([{ caption: 'One' }]);
    expect((await bring(data, stores)).report.counts.picture).toMatchObject({ unchanged: 1, updated: 0 });
  });

  it('tells sizes by the names of files, and counts the pictures that have none', async () => {
    const { stores, report } = await bring({
      posts: [
        post({
          html: ['a-250x157.jpg', '250-x-154-b.png', 'c.jpg', 'v2x3.jpg']
            .map((name) => `<img src="https://i.example/${name}">`)
            .join(''),
        }),
      ],
    });
    expect([...stores.kept.images.values()].map(({ content: { width, height } }) => [width, height])).toEqual(
      [
        [250, 157],
        [250, 154],
        [undefined, undefined],
        [undefined, undefined],
      ],
    );
    expect(report.picturesWithoutSize).toEqual(['https://i.example/c.jpg', 'https://i.example/v2x3.jpg']);
    expect(report.inlinePictures).toEqual({ inCards: 0, bare: 4 });
  });

  it('leads links to its own stories here, and to its other pages to the old site', async () => {
    const links = [
      '__GHOST_URL__/two/',
      '__GHOST_URL__/2014/05/01/two/#top',
      'https://old.example/two',
      '/two/',
      '__GHOST_URL__/tag/two/',
      '__GHOST_URL__/about/',
      'https://old.example.evil/two/',
      'javascript:x()',
      '#note',
      'mailto:a@b.example',
    ];
    const { article } = await bring({
      posts: [
        post({ html: links.map((href) => `<p><a href="${href}">x</a></p>`).join('') }),
        post({ id: 'p2', slug: 'two' }),
      ],
      ...site,
    });
    expect(
      article?.body.map((block) =>
        block.kind === 'paragraph' ? (/href="([^"]*)"/.exec(block.html)?.[1] ?? null) : '',
      ),
    ).toEqual([
      '/articles/two',
      '/articles/two#top',
      '/articles/two',
      '/articles/two',
      'https://old.example/tag/two/',
      'https://old.example/about/',
      'https://old.example.evil/two/',
      null,
      null,
      'mailto:a@b.example',
    ]);
  });

  it('skips a broken record with the reason and takes the others', async () => {
    const { report, stores } = await bring({
      posts: [
        post({}),
        post({ id: 'p2', slug: 'bad-date', published_at: '2024-02-31' }),
        post({ id: 'p3', slug: 'no-title', title: ' ' }),
        post({ id: 'p4', slug: 'odd', status: 'lost' }),
        post({ id: 'p5', slug: 'bad-lexical', html: null, lexical: '{' }),
        post({ id: 'p6', type: 'page' }),
      ],
      users: [{ id: 'u1', slug: 'nobody', name: '' }],
      products: [{ id: 'g', name: 'Gold', slug: 'gold', currency: 'usd', monthly_price: -1 }],
    });
    expect(report.skipped).toEqual([
      { kind: 'tier', record: 'gold', reason: expect.stringContaining('monthly_price') },
      { kind: 'author', record: 'nobody', reason: 'Expected a user to have a name, but got: none.' },
      {
        kind: 'story',
        record: 'bad-date',
        reason: 'Expected "published_at" to be a date such as 2024-05-31T12:00:00Z, but got: "2024-02-31".',
      },
      { kind: 'story', record: 'no-title', reason: 'Expected a post to have a title, but got: none.' },
      {
        kind: 'story',
        record: 'odd',
        reason: 'Expected "status" to be published, scheduled, draft or sent, but got: "lost".',
      },
      { kind: 'story', record: 'bad-lexical', reason: 'Expected a Lexical document, but got: "{".' },
    ]);
    expect(stores.kept.articles.size).toBe(1);
    expect(report.notes.map(({ note }) => note)).toContain('Pages are no stories and were left out: 1.');
  });

  it.each([
    '0000-05-31T12:00:00.000Z',
    '0001-01-01T00:00:00+05:00',
    '9999-12-31T23:59:59-05:00',
    253402300800000,
  ])('says that %s is no date that can be kept', async (date) => {
    const { report } = await bring({ posts: [post({ published_at: date })] });
    expect(report.skipped.map(({ reason }) => reason)).toEqual([
      `Expected "published_at" to be a date such as 2024-05-31T12:00:00Z, but got: "${date}".`,
    ]);
  });

  it('takes the first of two posts with one id, with its own lead picture, and reports the second', async () => {
    const { report, article } = await bring({
      posts: [
        post({ feature_image: 'https://i.example/first.jpg' }),
        post({ slug: 'other', title: 'Other', feature_image: 'https://i.example/second.jpg' }),
        post({ id: 'p2', slug: 'two', html: '<p><a href="/other/">A</a></p>' }),
      ],
      ...site,
    });
    expect(article).toMatchObject({
      headline: 'Harbour opens',
      leadMedia: { id: idOf('image', 'ghost:https://i.example/first.jpg') },
    });
    expect(report.counts.story).toEqual({ created: 2, updated: 0, unchanged: 0, skipped: 1 });
    expect(report.skipped).toEqual([
      {
        kind: 'story',
        record: 'other',
        reason: 'Expected each post once, but "p1" stands in the export already.',
      },
    ]);
  });

  it('skips and reports a Lexical body that nests deeper than can be read', async () => {
    const nested = (depth: number) => {
      const open = '{"type":"quote","children":['.repeat(depth);
      return `{"root":{"children":[${open}{"type":"text","text":"A"}${']}'.repeat(depth)}]}}`;
    };
    const { report, article } = await bring({
      posts: [
        post({ html: null, lexical: nested(99) }),
        post({ id: 'p2', slug: 'deep', html: null, lexical: nested(5000) }),
      ],
    });
    expect(JSON.stringify(article?.body)).toContain('A');
    expect(report.skipped).toEqual([
      {
        kind: 'story',
        record: 'deep',
        reason: 'Expected a Lexical document of at most 100 levels, but it nests deeper.',
      },
    ]);
  });

  it('keeps what is not public out of sight', async () => {
    const { stores, report } = await bring({
      posts: [
        post({ id: 'a', status: 'draft' }),
        post({ id: 'b', status: 'sent' }),
        post({ id: 'c', status: 'scheduled', published_at: '2099-01-01 10:00:00' }),
        post({ id: 'd', visibility: 'tiers' }),
        post({ id: 'e', visibility: 'whatever' }),
        post({ id: 'f', visibility: 'members' }),
      ],
    });
    const kept = [...stores.kept.articles.values()].map(({ content }) => content);
    expect(
      kept.map(({ pubStatus, datePublished, visibility }) => [
        pubStatus,
        datePublished?.toISOString(),
        visibility,
      ]),
    ).toEqual([
      ['WITHHELD', undefined, 'PUBLIC'],
      ['WITHHELD', undefined, 'PUBLIC'],
      ['USABLE', '2099-01-01T10:00:00.000Z', 'PUBLIC'],
      ['USABLE', '2024-05-31T12:00:00.000Z', 'PAID'],
      ['USABLE', '2024-05-31T12:00:00.000Z', 'PAID'],
      ['USABLE', '2024-05-31T12:00:00.000Z', 'MEMBERS'],
    ]);
    expect(report.notes.find(({ note }) => note.includes('names no tier'))).toBeDefined();
  });

  it('keeps a story whose author, tag, body or tidy slug is missing', async () => {
    const { article, report } = await bring({
      posts: [post({ html: null, slug: 'q%E2%80%8A-a' })],
      posts_authors: [{ post_id: 'p1', author_id: 'gone' }],
      posts_tags: [{ post_id: 'p1', tag_id: 'gone' }],
    });
    expect(article).toMatchObject({ sectionSlug: 'news', tagSlugs: [], bylines: [], body: [], slug: 'q-a' });
    expect(report.notes.map(({ note }) => note)).toEqual([
      'The post has no body.',
      'The slug became another, to which the old one leads.',
      'It has neither a text nor a standfirst, so it is kept as a draft.',
      'The author "gone" of the post is missing.',
      'The export tells no language, so stories are kept as English: 1. --language tells another.',
    ]);
  });

  it('keeps the slug that a story had as one that leads to it, and links to either', async () => {
    const bodyOf = (slug: string) => `<p><a href="https://old.example/${slug}/">x</a></p>`;
    const accented = 'cafe\u0301-am-hafen';
    const { stores } = await bring({
      ...site,
      posts: [
        post({ slug: 'Quay-East', html: bodyOf(encodeURIComponent(accented.normalize('NFC'))) }),
        post({ id: 'p2', slug: accented, html: bodyOf('quay-east') }),
        post({ id: 'p3', slug: 'plain', html: bodyOf('Quay-East') }),
      ],
    });
    const told = ['p1', 'p2', 'p3'].map((id) => {
      const { content } = stores.kept.articles.get(idOf('article', `ghost:${id}`)) ?? {};
      return [
        content?.slug,
        content?.formerSlugs,
        JSON.stringify(content?.body).match(/\/articles\/[\w-]+/)?.[0],
      ];
    });
    expect(told).toEqual([
      ['quay-east', ['Quay-East'], '/articles/cafe-am-hafen'],
      ['cafe-am-hafen', [accented], undefined],
      ['plain', undefined, '/articles/quay-east'],
    ]);
  });

  it('skips only the story that the store refuses, and never shows a picture that it refused', async () => {
    const stores = memoryStores({
      refuse: (_, item) => {
        const { sourceId = '' } = item as { sourceId?: string };
        return /p2$|bad\.jpg$/.test(sourceId) ? new ContentError(sourceId, 'Expected better.') : undefined;
      },
    });
    const html =
      '<img src="https://i.example/bad.jpg"><figure><img src="https://i.example/good.jpg"><figcaption>C</figcaption></figure>';
    const { report, article } = await bring(
      {
        posts: [post({ html, feature_image: 'https://i.example/bad.jpg' }), post({ id: 'p2', slug: 'two' })],
      },
      stores,
    );
    expect(report.skipped).toEqual([
      { kind: 'picture', record: 'https://i.example/bad.jpg', reason: 'Expected better.' },
      { kind: 'story', record: 'two', reason: 'Expected better.' },
    ]);
    expect(article?.body).toEqual([
      { kind: 'image', imageId: idOf('image', 'ghost:https://i.example/good.jpg'), caption: 'C' },
    ]);
    expect(article).not.toHaveProperty('leadMedia');
  });

  it('stops when the store is broken, and not for what is in a story', async () => {
    const stores = memoryStores({
      refuse: (kind) => (kind === 'article' ? new Error('connection lost') : undefined),
    });
    await expect(bring({ posts: [post({}), post({ id: 'p2' })] }, stores)).rejects.toThrow('connection lost');
  });

  it('puts two hundred stories in one transaction', async () => {
    const stores = memoryStores();
    await bring(
      { posts: Array.from({ length: 450 }, (_, number) => post({ id: `n${number}`, slug: `n${number}` })) },
      stores,
    );
    expect(stores.calls.filter(({ kind }) => kind === 'article').map(({ size }) => size)).toEqual([
      200, 200, 50,
    ]);
  });

  it('puts fewer stories in one transaction where their texts are long', async () => {
    const stores = memoryStores();
    const html = `<!--${' '.repeat(4_500_000)}--><p>Text</p>`;
    await bring({ posts: ['a', 'b', 'c'].map((id) => post({ id, slug: id, html })) }, stores);
    expect(stores.calls.filter(({ kind }) => kind === 'article').map(({ size }) => size)).toEqual([2, 1]);
  });
});
