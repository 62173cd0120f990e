import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { callerError } from '../../gateway/errors.ts';
import { startTestNewsroom } from '../support/newsroom.ts';
import { type OperationName, operation } from '../support/operations.ts';
import { demoPages, mainStory, openPages } from '../support/pages.ts';

/** A newsroom that starts on a busy machine. */
const patience = 180_000;

type Data = Record<string, unknown>;

const operations: Record<keyof typeof demoPages, [name: OperationName, variables: object]> = {
  HomePage: ['home-page', {}],
  StoryPage: ['story-page', { slug: mainStory, url: `https://news.example/articles/${mainStory}` }],
  AuthorPage: ['author-page', { slug: 'ines-okoro-lind' }],
  SectionPage: ['section-page', { slug: 'city' }],
  TagPage: ['tag-page', { slug: 'trams' }],
  SearchPage: ['search-page', { query: 'tram' }],
  FeedPage: ['feed-page', { first: 6 }],
  MembershipPage: ['membership-page', {}],
};
const pages = Object.entries(demoPages) as [keyof typeof demoPages, string][];

const failed = (part: string) => ({
  message: 'Subgraph request failed (reference 1).',
  path: [part],
  extensions: { code: 'SUBGRAPH_FAILED', id: '1' },
});

describe('a page and the answer that it shows', () => {
  const answers: Record<string, Data> = {};

  beforeAll(async () => {
    const newsroom = await startTestNewsroom();
    for (const [name, [file, variables]] of Object.entries(operations))
      answers[name] = (await newsroom.ask(operation(file), variables)).data;
    await newsroom.stop();
  }, patience);
  const opened: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const close of opened) await close();
  });

  async function doors(answer: Parameters<typeof openPages>[0]) {
    const all = await openPages(answer);
    opened.push(() => all.app.close());
    return all;
  }

  it('a story page redirects to the slug of its article alone', async () => {
    const page = {
      __typename: 'Redirect',
      location: 'https://news.example/articles/other',
    };
    const missing = await doors(() => ({ data: { ...answers.StoryPage, article: null, page }, errors: [] }));
    expect((await missing.open(demoPages.StoryPage)).status).toBe(404);
    const moved = await doors(() => ({ data: { ...answers.StoryPage, page }, errors: [] }));
    expect((await moved.open(`${demoPages.StoryPage}-before`)).status).toBe(308);
  });

  it.each(pages)('%s is one operation', async (name, path) => {
    const { open, asked } = await doors((one) => ({ data: answers[one], errors: [] }));
    expect((await open(path)).status).toBe(200);
    expect(asked).toEqual([name]);
  });

  it.each(pages.filter(([name]) => name !== 'MembershipPage'))(
    '%s stands without the community, the sections and what is new, and is not kept',
    async (name, path) => {
      const lost = ['membership', 'sections', 'latest', 'videos', 'breaking', 'opinion'];
      const { open } = await doors(() => {
        const data = { ...answers[name] };
        const gone = lost.filter((part) => part in data);
        for (const part of gone) data[part] = null;
        return { data, errors: gone.map(failed) };
      });
      const { status, headers, page } = await open(path);
      expect(status).toBe(200);
      expect(headers['cache-control']).toBe('no-store');
      expect(headers.etag).toBeUndefined();
      expect(page.all('h1')).toHaveLength(1);
      expect(page.where('aside', 'class', 'banner')).toHaveLength(0);
    },
  );

  it.each(pages)('%s stands without its pictures', async (name, path) => {
    const { open } = await doors(() => ({
      data: withoutPictures(answers[name]),
      errors: [failed('article')],
    }));
    const { status, page } = await open(path);
    expect(status).toBe(200);
    expect(page.all('img')).toHaveLength(0);
  });

  const hearts = {
    HomePage: 'feed',
    StoryPage: 'article',
    AuthorPage: 'author',
    SectionPage: 'section',
    TagPage: 'tag',
    SearchPage: 'search',
    FeedPage: 'feed',
    MembershipPage: 'membership',
  } as const;

  it.each(pages)('%s is 503, not 404, where what it is about cannot be asked', async (name, path) => {
    const heart = hearts[name];
    const { open } = await doors(() => ({
      data: { ...answers[name], [heart]: null },
      errors: [failed(heart)],
    }));
    const { status, headers, page } = await open(path);
    expect([status, headers['cache-control']]).toEqual([503, 'no-store']);
    expect(page.text('h1')).toEqual(['We cannot be reached just now']);
    // The sections still lead on.
    expect(page.where('nav', 'aria-label', 'Sections')).toHaveLength(1);
  });

  it.each(pages)('%s is a page of 503 where nothing answers', async (_name, path) => {
    const { open } = await doors(() => ({ data: null, errors: [failed('article')] }));
    const { status, headers, page } = await open(path);
    expect([status, headers['content-type']]).toEqual([503, 'text/html; charset=utf-8']);
    expect(page.text('h1')).toEqual(['We cannot be reached just now']);
  });

  it('says to wait where the caller asks too much', async () => {
    const { open } = await doors(() => {
      throw callerError('RATE_LIMITED', { limit: 1, window: 60, retryAfter: 60 });
    });
    expect((await open('/')).status).toBe(429);
  });

  it('says that it is our fault where it is, and never what', async () => {
    const { open } = await doors(() => {
      throw new Error('connection to 10.0.0.7 refused');
    });
    const { status, body, page } = await open('/');
    expect(status).toBe(500);
    expect(page.text('h1')).toEqual(['Something went wrong here']);
    expect(body).not.toContain('10.0.0.7');
  });

  it.each(pages)('%s has the same elements whatever the text in it says', async (name, path) => {
    let text = 'plain';
    const { open } = await doors(() => ({ data: withText(answers[name], () => text), errors: [] }));
    const plain = (await open(path)).page;
    const hostile = fc
      .array(
        fc.constantFrom(
          ...['</script>', '<script>alert(1)</script>', '<!--', ']]>', '"', "'", '&', '<', '>', '`', '\\'],
          ...[
            '" onload="alert(1)',
            '</title>',
            '</style>',
            '<img src=x onerror=alert(1)>',
            '\u2028',
            '{{',
            'x',
          ],
        ),
        { minLength: 1, maxLength: 6 },
      )
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(hostile, async (words) => {
        text = words;
        const { page, status } = await open(path);
        expect(status).toBe(200);
        expect(page.skeleton()).toEqual(plain.skeleton());
        // What machines read is still JSON, and says what it said.
        if (name === 'StoryPage') expect(page.jsonLd('NewsArticle').headline).toBe(words);
      }),
      { numRuns: 30 },
    );
  });
});

/** Sanitised by the graph, or no text at all: addresses, moments, languages, the words of the schema. */
const notText =
  /^(html|items|header|rows|embed|highlights|inLanguage|language|srcset|slug|id|duration|timeRequired)$/;
const notFree = /^https?:|^\d{4}-\d\d-\d\dT|^[A-Z_]+$|^[A-Z]\w+Block$/;

/** The same answer with every free text in it replaced. */
function withText(value: unknown, text: () => string): Data {
  return mapped(value, (field, inner) =>
    notText.test(field) || notFree.test(inner) ? inner : text(),
  ) as Data;
}

function mapped(value: unknown, change: (field: string, text: string) => string, field = ''): unknown {
  if (typeof value === 'string') return change(field, value);
  if (Array.isArray(value)) return value.map((one) => mapped(one, change, field));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, mapped(inner, change, name)]),
  );
}

/** The same answer as when Media does not answer. */
function withoutPictures(value: unknown): Data {
  const lost = new Set(['image', 'avatar', 'poster', 'video', 'videos']);
  const walk = (inner: unknown): unknown => {
    if (Array.isArray(inner)) return inner.map(walk);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(
      Object.entries(inner).map(([name, one]) => [name, lost.has(name) && !isUse(one) ? null : walk(one)]),
    );
  };
  return walk(value) as Data;
}

/** A picture as a story uses it is Articles' own: only the picture in it is Media's. */
const isUse = (value: unknown) => typeof value === 'object' && value !== null && 'caption' in value;
