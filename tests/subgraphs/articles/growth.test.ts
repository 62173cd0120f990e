/** Twice the text takes at most two and a half times the steps, for every parser of texts from outside. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openStepCounter, type StepCounter } from '../../support/steps.ts';

const fill = (piece: string, length: number) =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

const html: Record<string, (n: number) => string> = {
  'no-break spaces': (n) => `<p>a${fill('\u00a0', n)}b</p>`,
  'blank lines of code': (n) => `<pre>a${fill(' \n', n)}b</pre>`,
  'line breaks': (n) => `a${fill('<br>', n)}b`,
  'lines and breaks': (n) => fill('a<br>', n),
  'open tags': (n) => fill('<b>x<p>', n),
  'empty inline tags': (n) => `<p>${fill('<b>', n / 2)}${fill('</b>', n / 2)}x`,
  'blocks in an inline tag': (n) => `<em>${fill('a<hr>', n)}`,
  'deep drawings': (n) => fill('<svg><p>', n),
  'deep lists': (n) => fill('<ul><li>a', n),
  'deep tables': (n) => fill('<table><tr><td>a<td>b', n),
  'deep quotations': (n) => fill('<blockquote>a', n),
  'deep figures': (n) => fill('<figure><figcaption>a</figcaption>', n),
  'tags that never close': (n) => fill('<', n),
  'tags that never opened': (n) => fill('</b>', n),
  links: (n) => fill('<a href="/x">a', n),
  'links in page': (n) => fill('<a href="#x">a</a><i id="x">b</i>', n),
  pictures: (n) => `<figure>${fill('<img src="/a">', n)}<figcaption>a</figcaption></figure>`,
  'pictures in captions': (n) => `<figure>${fill('<figcaption><img src="/a">x</figcaption>', n)}</figure>`,
  'a gallery of figures': (n) =>
    `<figure>${fill('<figure><img src="/a"><figcaption>a</figcaption></figure>', n)}</figure>`,
  'a srcset': (n) => `<img srcset="${fill('a 1x,', n)}">`,
  'spaces in a srcset': (n) => `<img srcset="${fill(' ', n)}a">`,
  noscript: (n) => fill('<img src="data:x"><noscript><img src="/a"></noscript>', n),
  rows: (n) => `<table>${fill('<tr><td>a</td><td>b</td></tr>', n)}</table>`,
  'spans of cells': (n) => `<table>${fill('<tr><td rowspan=50 colspan=50>a<td>b</tr>', n)}</table>`,
  items: (n) => `<ol type="i" reversed>${fill('<li>a', n)}</ol>`,
  'marks of audiences': (n) => fill('<!--kg-gated-block:begin nonMember:true --><p>a', n),
  'marks of nothing': (n) => fill('<!--kg-gated-block', n),
  'ends of audiences': (n) => fill('a<!--kg-gated-block:end-->', n),
  'marks of a paywall': (n) => fill('<figure><!--members-only-->', n),
  posts: (n) =>
    `<blockquote class="twitter-tweet">${fill('<a href="https://x.com/a/status/1">a</a>', n)}</blockquote>`,
  scripts: (n) => fill('<script src="https://a.example/b.js"></script>', n),
  bookmarks: (n) => fill('<div class="kg-card kg-bookmark-card"><a href="https://a.example">a</a>', n),
  'many classes': (n) => `<p class="${fill(' kg-a', n)}">x</p>`,
  'a long address': (n) => `<a href="/${fill('a/', n)}">x</a>`,
};

const markdown: Record<string, (n: number) => string> = {
  brackets: (n) => fill('[', n),
  pictures: (n) => fill('![a\n', n),
  'links of links': (n) => fill('[a](', n),
  headings: (n) => fill('# a\n', n),
  'spaces in a heading': (n) => `# a${fill(' ', n)}b`,
  'spaces at ends': (n) => fill('a \t \n', n),
  quotations: (n) => fill('>', n),
  'quoted lines': (n) => fill('> > a\n', n),
  stars: (n) => fill('**a *b ', n),
  code: (n) => fill('`a', n),
  fences: (n) => fill('```\n', n),
  items: (n) => fill('- a\n', n),
  comments: (n) => fill('<!--\n', n),
  addresses: (n) => fill('http://a.b/(\n', n),
  definitions: (n) => fill('[a]: b\n', n),
  table: (n) => `|a|b|\n|-|-|\n${fill('|a|b|\n', n)}`,
};

const paragraph = { type: 'paragraph', children: [{ type: 'text', text: 'a', format: 3 }] };
const lexicals: Record<string, (n: number) => object[]> = {
  paragraphs: (n) => Array.from({ length: n / 100 }, () => paragraph),
  'one paragraph': (n) => [
    { type: 'paragraph', children: Array.from({ length: n / 100 }, () => paragraph.children[0]) },
  ],
  items: (n) => [
    {
      type: 'list',
      children: Array.from({ length: n / 100 }, () => ({
        type: 'listitem',
        children: [{ type: 'list', children: [] }],
      })),
    },
  ],
  'cards for some': (n) =>
    Array.from({ length: n / 100 }, () => ({
      type: 'html',
      html: '<p>a',
      visibility: { web: { nonMember: true } },
    })),
  'cards that nobody knows': (n) => [
    { type: 'odd', ...Object.fromEntries(Array.from({ length: n / 100 }, (_, i) => [`text${i}`, 'a'])) },
  ],
};

describe('the steps that a text takes', () => {
  let counter: StepCounter;
  let read: Record<
    'html' | 'markdown' | 'lexical' | 'mobiledoc' | 'credit' | 'search' | 'csv',
    (text: string) => unknown
  >;

  beforeAll(async () => {
    counter = openStepCounter();
    const { readBody } = await import('../../../newsroom/import/ghost/body.ts');
    const { takeCredit } = await import('../../../subgraphs/media/credit/take.ts');
    const { parse } = await import('csv-parse/sync');
    const { plainText, countWords } = await import('../../../subgraphs/articles/story/words.ts');
    const places = {
      siteUrl: 'https://a.example',
      slugs: new Map(),
      known: new Set<string>(),
      tierIds: new Map(),
    };
    read = {
      html: (text) => readBody({ html: text }, places),
      markdown: (text) => readBody({ markdown: text }, places),
      lexical: (text) => readBody({ lexical: text }, places),
      mobiledoc: (text) => readBody({ mobiledoc: text }, places),
      credit: (text) => takeCredit(text),
      search: (text) => countWords(plainText(text)),
      csv: (text) => parse(text, { columns: true, relax_column_count: true, relax_quotes: true }),
    };
  });
  afterAll(() => counter.close());

  const length = 8_000;

  function expectLinear(kind: keyof typeof read, make: (n: number) => string): void {
    // Once before, so that what is made once is not counted.
    read[kind](make(length));
    const once = counter.count(() => read[kind](make(length)));
    const twice = counter.count(() => read[kind](make(2 * length)));
    expect(once).toBeGreaterThan(50);
    expect(twice / once).toBeLessThanOrEqual(2.5);
  }

  it('are told, and those of work that grows with the square are found', async () => {
    const { quadratic } = await import('../../support/quadratic.ts');
    for (const work of Object.values(quadratic)) {
      work(1_000);
      const [once, twice] = [1_000, 2_000].map((n) => counter.count(() => work(n))) as [number, number];
      expect(twice / once).toBeGreaterThan(3);
    }
  });

  it.each(Object.keys(html))('of HTML with %s grow with it', (name) => {
    expectLinear('html', html[name] as (n: number) => string);
  });

  it.each(Object.keys(markdown))('of Markdown with %s grow with it', (name) => {
    // Within a part the library may take more; parts bound it.
    const make = markdown[name] as (n: number) => string;
    expectLinear('markdown', (n) => make(n * 3));
  });

  it.each(Object.keys(lexicals))('of Lexical with %s grow with it', (name) => {
    const make = lexicals[name] as (n: number) => object[];
    expectLinear('lexical', (n) => JSON.stringify({ root: { children: make(n) } }));
  });

  it('of Mobiledoc grow with it', () => {
    const marker = [0, [0], 1, 'a'];
    expectLinear('mobiledoc', (n) =>
      JSON.stringify({
        version: '0.3.1',
        markups: [['em']],
        sections: [
          [1, 'p', Array.from({ length: n / 50 }, () => marker)],
          ...Array.from({ length: n / 50 }, () => [1, 'p', [marker]]),
        ],
      }),
    );
  });

  it.each(['Aa ', 'Photo by A/', '(', 'via ', 'A B/C via D ', ' | ', '© '])(
    'of a caption of %j grow with it',
    (piece) => {
      expectLinear('credit', (n) => fill(piece, n));
    },
  );

  it.each(['word ', '<b>', '&amp;', '中', 'a-'])('of words of %j grow with them', (piece) => {
    expectLinear('search', (n) => fill(piece, n));
  });

  it.each(['a,b\n', '"a,', 'a""', ',\n'])('of a table of %j grow with it', (piece) => {
    const safe = (text: string) => {
      try {
        read.csv(text);
      } catch {}
    };
    const [once, twice] = [length, 2 * length].map((n) =>
      counter.count(() => safe(`a,b\n${fill(piece, n)}`)),
    ) as [number, number];
    expect(twice / once).toBeLessThanOrEqual(2.5);
  });
});
