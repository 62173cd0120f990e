import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Block } from '../../../subgraphs/articles/blocks.ts';
import { blocksOf } from '../../../subgraphs/articles/html/blocks.ts';
import { parseHtml, textOf } from '../../../subgraphs/articles/html/tree.ts';
import type { PictureUse } from '../../../subgraphs/articles/html/walk.ts';

function read(html: string, pictures: PictureUse[] = []): Block[] {
  return blocksOf(html, {
    picture(use) {
      pictures.push(use);
      return { imageId: use.src, ...(use.caption ? { caption: use.caption } : {}) };
    },
    link: (href) => (/^(https?:|mailto:|\/(?!\/))/.test(href) ? href : undefined),
    storySlug: (href) => /^\/articles\/(\w+)/.exec(href)?.[1],
  });
}

const p = (html: string): Block => ({ kind: 'paragraph', html });
const image = (imageId: string, rest: object = {}): Block => ({ kind: 'image', imageId, ...rest });

describe('HTML to blocks', () => {
  const cases: [behaviour: string, html: string, blocks: Block[]][] = [
    [
      'keeps inline emphasis and links',
      '<p>A <b>b</b> <i>c</i> <a href="https://a.example/?x=1&amp;y=2">d</a></p>',
      [p('A <strong>b</strong> <em>c</em> <a href="https://a.example/?x=1&amp;y=2">d</a>')],
    ],
    ['makes a paragraph of bare text', 'One<p>Two</p>three', [p('One'), p('Two'), p('three')]],
    ['drops empty paragraphs', '<p>&nbsp;</p><p></p><p><br></p><p><a href="/x"></a></p>', []],
    [
      'keeps headings between 2 and 6',
      '<h1>A <em>b</em></h1><h6>C</h6>',
      [
        { kind: 'heading', level: 2, text: 'A b' },
        { kind: 'heading', level: 6, text: 'C' },
      ],
    ],
    [
      'keeps nested lists within the item',
      '<ul><li>A<ol><li>B</li><li>C</li></ol></li><li><p>D</p><p>E</p></li></ul>',
      [{ kind: 'list', ordered: false, items: ['A<br>1. B<br>2. C', 'D<br>E'] }],
    ],
    [
      'writes the numbers of a list that does not start at 1',
      '<ol start="3"><li>A</li><li>B</li></ol>',
      [p('3. A'), p('4. B')],
    ],
    [
      'splits a list around a picture',
      '<ul><li>A <img src="i"> B</li><li>C</li></ul>',
      [
        { kind: 'list', ordered: false, items: ['A'] },
        image('i'),
        { kind: 'list', ordered: false, items: ['B', 'C'] },
      ],
    ],
    [
      'keeps the numbers of a list that pictures split',
      '<ol><li>A<img src="i"></li><li>B</li></ol>',
      [p('1. A'), image('i'), p('2. B')],
    ],
    [
      'takes the citation out of a quotation',
      '<blockquote><p>A</p><p>B</p><cite>C</cite></blockquote>',
      [{ kind: 'quote', html: 'A<br>B', citation: 'C' }],
    ],
    [
      'knows a pull quote',
      '<blockquote class="kg-blockquote-alt">A</blockquote>',
      [{ kind: 'quote', html: 'A', pull: true }],
    ],
    [
      'lifts a picture out of a paragraph, the text around it in order',
      '<p>A <strong>b <img src="i" alt="x"> c</strong> d</p>',
      [p('A <strong>b </strong>'), image('i', { altText: 'x' }), p('<strong> c</strong> d')].map(
        (block) => block,
      ),
    ],
    [
      'gives a figure its caption',
      '<figure class="kg-card kg-image-card"><img src="i" class="kg-image"><figcaption>C <b>d</b></figcaption></figure>',
      [image('i', { caption: 'C d' })],
    ],
    [
      'keeps the caption of a figure without a picture',
      '<figure><pre>x = 1</pre><figcaption>C</figcaption></figure>',
      [{ kind: 'code', code: 'x = 1' }, p('C')],
    ],
    [
      'knows a callout and its sign',
      '<div class="kg-card kg-callout-card"><div class="kg-callout-emoji">!</div><div class="kg-callout-text">A<p>B</p></div></div>',
      [{ kind: 'callout', html: '! A<br>B' }],
    ],
    [
      'keeps code and its language',
      '<pre><code class="language-ts">a &lt; b\n  c\n</code></pre>',
      [{ kind: 'code', code: 'a < b\n  c', language: 'ts' }],
    ],
    [
      'keeps a table with its header, spans filled',
      '<table><caption>T</caption><tr><th>A</th><th>B</th></tr><tr><td rowspan="2">c</td><td>d</td></tr><tr><td>e</td></tr><tr><td colspan="2">f</td></tr></table>',
      [
        p('T'),
        {
          kind: 'table',
          header: ['A', 'B'],
          rows: [
            ['c', 'd'],
            ['', 'e'],
            ['f', ''],
          ],
        },
      ],
    ],
    [
      'walks a table that only arranges the page',
      '<table><tr><td><p>A</p><pre>b</pre></td></tr></table>',
      [p('A'), { kind: 'code', code: 'b' }],
    ],
    [
      'puts the pictures of a table after it, each once',
      '<table><tr><td>A</td><td><img src="i" alt="yes"></td></tr><tr><td>B</td><td><img src="i" alt="yes"></td></tr><tr><td>C</td><td>no</td></tr></table>',
      [
        {
          kind: 'table',
          rows: [
            ['A', 'yes'],
            ['B', 'yes'],
            ['C', 'no'],
          ],
        },
        image('i', { altText: 'yes' }),
      ],
    ],
    [
      'ends the free part once',
      '<p>A</p><!--members-only--><p>B</p><!--members-only--><p>C</p>',
      [p('A'), { kind: 'paywall' }, p('B'), p('C')],
    ],
    [
      'ends the free part within a list',
      '<ul><li>A<!--members-only--></li><li>B</li></ul>',
      [
        { kind: 'list', ordered: false, items: ['A'] },
        { kind: 'paywall' },
        { kind: 'list', ordered: false, items: ['B'] },
      ],
    ],
    [
      'ends the free part within a figure before its caption',
      '<figure><img src="i"><!--members-only--><figcaption>Secret</figcaption></figure>',
      [image('i'), { kind: 'paywall' }, p('Secret')],
    ],
    [
      'ends the free part within a quotation before who is quoted',
      '<blockquote>A<!--members-only--><cite>Secret</cite></blockquote>',
      [{ kind: 'quote', html: 'A' }, { kind: 'paywall' }, p('<em>Secret</em>')],
    ],
    [
      'ends the free part within a card',
      '<div class="kg-card kg-file-card"><!--members-only--><div class="kg-file-card-title">Secret</div></div>',
      [{ kind: 'paywall' }, p('Secret')],
    ],
    [
      'ends the free part at the first mark, though it stands in what is not shown',
      '<p>A</p><svg><!--members-only--></svg><p>B</p><!--members-only--><p>C</p>',
      [p('A'), { kind: 'paywall' }, p('B'), p('C')],
    ],
    [
      'ends the free part at once where one of its marks cannot be read',
      '<p>A</p><textarea><!--members-only--></textarea><p>B</p><!--members-only--><p>C</p>',
      [{ kind: 'paywall' }, p('A'), p('B'), p('C')],
    ],
    [
      'ends the free part at once where its mark cannot be read',
      '<p>A</p><textarea><!--members-only--></textarea>',
      [{ kind: 'paywall' }, p('A')],
    ],
    [
      'links a bookmark of our own as a related story',
      '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="/articles/quay"><div class="kg-bookmark-title">Quay</div></a></figure>',
      [{ kind: 'related', slug: 'quay', linkText: 'Quay' }],
    ],
    [
      'embeds a bookmark of another site and keeps its words',
      '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="https://b.example/x"><div class="kg-bookmark-title">T &amp; U</div><div class="kg-bookmark-description">D</div><span class="kg-bookmark-publisher">B</span></a></figure>',
      [
        p('<a href="https://b.example/x">T &amp; U</a><br>D'),
        { kind: 'embed', url: 'https://b.example/x', providerName: 'B' },
      ],
    ],
    [
      'names the host of a frame it does not know, and shows no frame',
      '<iframe src="https://www.games.example/play"></iframe>',
      [{ kind: 'embed', url: 'https://www.games.example/play', providerName: 'games.example' }],
    ],
    [
      'keeps the words of a post and links it',
      '<blockquote class="twitter-tweet"><p>Hello</p>— A <a href="https://twitter.com/a/status/12?x=1">May</a></blockquote>',
      [
        { kind: 'quote', html: 'Hello<br>— A <a href="https://twitter.com/a/status/12?x=1">May</a>' },
        { kind: 'embed', url: 'https://twitter.com/a/status/12', providerName: 'X' },
      ],
    ],
    ['reads a smiley as a letter', '<p>A <img class="emoji" alt="☀" src="s.png"></p>', [p('A ☀')]],
    [
      'keeps a link to a file',
      '<div class="kg-card kg-file-card"><a class="kg-file-card-container" href="https://a.example/f.pdf"><div class="kg-file-card-title">F</div><div class="kg-file-card-caption">C</div></a></div>',
      [p('<a href="https://a.example/f.pdf">F</a><br>C')],
    ],
    [
      'keeps the words of any card',
      '<div class="kg-card kg-toggle-card"><h4 class="kg-toggle-heading-text">Q</h4><div class="kg-toggle-content"><p>A</p></div></div><div class="kg-card kg-button-card"><a href="https://a.example/">Go</a></div><hr>',
      [
        { kind: 'heading', level: 4, text: 'Q' },
        p('A'),
        p('<a href="https://a.example/">Go</a>'),
        { kind: 'divider' },
      ],
    ],
  ];
  it.each(cases)('%s', (_, html, blocks) => {
    expect(read(html)).toEqual(blocks);
  });

  it('shows a frame of a known provider in one of our own', () => {
    const [block] = read(
      '<iframe width="640" height="360" src="//www.youtube.com/embed/dQw4w9WgXcQ?x" onload="x()"></iframe>'.replace(
        '"//',
        '"https://',
      ),
    );
    expect(block).toMatchObject({
      kind: 'embed',
      url: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
      providerName: 'YouTube',
    });
    expect(block).toHaveProperty(
      'html',
      expect.stringMatching(
        /^<iframe src="https:\/\/www\.youtube-nocookie\.com\/embed\/dQw4w9WgXcQ" .* sandbox="[^"]*" [^>]*><\/iframe>$/,
      ),
    );
  });

  it('gives the caption of a gallery to its last picture, and its credit to all', () => {
    const pictures: PictureUse[] = [];
    read(
      '<figure class="kg-card kg-gallery-card"><img src="a" width="10" height="20"><img src="b"><figcaption>Photos: A</figcaption></figure>',
      pictures,
    );
    expect(pictures).toEqual([
      { src: 'a', isCard: false, width: 10, height: 20, sharedCaption: 'Photos: A' },
      { src: 'b', isCard: false, caption: 'Photos: A' },
    ]);
  });
});

const names = [
  'p',
  'div',
  'ul',
  'ol',
  'li',
  'table',
  'tr',
  'td',
  'th',
  'blockquote',
  'figure',
  'figcaption',
  'h2',
  'pre',
  'strong',
  'em',
  'a',
  'span',
  'section',
  'cite',
  'dl',
  'dd',
  'center',
  'details',
  'unknown',
];
const piece = fc.oneof(
  fc.stringMatching(/^[a-z]{1,6}$/).map((word) => ` ${word} `),
  fc.constantFrom(...names).map((name) => `<${name}>`),
  fc.constantFrom(...names).map((name) => `</${name}>`),
  fc.constantFrom(
    '<br>',
    '<hr>',
    '<img src="i">',
    '&amp;',
    '<',
    '>',
    '<a href="javascript:x()">',
    '<!--members-only-->',
    '<div class="kg-callout-card">',
  ),
);
const page = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

const mark = '<!--members-only-->';
const holders = [
  'p',
  'b',
  'h2',
  'ul',
  'ol',
  'li',
  'figure',
  'figcaption',
  'blockquote',
  'cite',
  'table',
  'tr',
  'td',
  'th',
  'pre',
  'video',
  'svg',
  'div class="wp-caption"',
  'p class="wp-caption-text"',
  'div class="kg-callout-card"',
  'div class="kg-callout-emoji"',
  'figure class="kg-bookmark-card"',
  'a class="kg-bookmark-container" href="https://word.example/"',
  'div class="kg-bookmark-title"',
  'div class="kg-bookmark-publisher"',
  'div class="kg-file-card"',
  'div class="kg-file-card-title"',
  'figure class="kg-audio-card"',
  'div class="kg-audio-title"',
  'blockquote class="twitter-tweet"',
  'a href="https://x.com/word/status/1"',
];
/** Elements within one another, in which a mark may stand anywhere. */
const { walled } = fc.letrec<{ walled: string; leaf: string; holder: string }>((tie) => ({
  walled: fc.oneof({ depthSize: 'medium', withCrossShrink: true }, tie('leaf'), tie('holder')),
  leaf: fc.constantFrom(
    ' word ',
    ' word ',
    '<img src="word" alt="word">',
    '<source src="https://a.example/word">',
    '<hr>',
    mark,
  ),
  holder: fc
    .tuple(fc.constantFrom(...holders), fc.array(tie('walled'), { maxLength: 5 }))
    .map(([tag, inside]) => `<${tag}>${inside.join('')}</${tag.split(' ')[0]}>`),
}));

function wordsOf(block: Block): string {
  const plain = (html: string) => textOf(parseHtml(html));
  switch (block.kind) {
    case 'paragraph':
    case 'callout':
      return plain(block.html);
    case 'quote':
      return `${plain(block.html)} ${block.citation ?? ''}`;
    case 'heading':
      return block.text;
    case 'list':
      return block.items.map(plain).join(' ');
    case 'table':
      return [...(block.header ?? []), ...block.rows.flat()].map(plain).join(' ');
    case 'code':
      return block.code;
    case 'image':
      return block.caption ?? '';
    default:
      return '';
  }
}

describe('any HTML at all', () => {
  it('keeps every word', () => {
    fc.assert(
      fc.property(page, (html) => {
        const words = (text: string) => (text.match(/[a-z]+/g) ?? []).sort();
        expect(words(read(html).map(wordsOf).join(' '))).toEqual(words(textOf(parseHtml(html))));
      }),
      { numRuns: 2000 },
    );
  });

  it('shows nothing before the paywall that stands after its first mark', () => {
    fc.assert(
      fc.property(fc.array(walled, { maxLength: 6 }), fc.array(walled, { maxLength: 6 }), (free, paid) => {
        const html = [...free, mark, ...paid].join('');
        const at = html.indexOf(mark);
        const marked = html.slice(0, at).replace(/word/g, 'open') + html.slice(at).replace(/word/g, 'secret');
        const blocks = read(marked);
        const wall = blocks.findIndex(({ kind }) => kind === 'paywall');
        expect(wall).toBeGreaterThanOrEqual(0);
        expect(JSON.stringify(blocks.slice(0, wall))).not.toContain('secret');
      }),
      { numRuns: 3000 },
    );
  });

  it('holds none but the elements that a block may hold', () => {
    const safe =
      /^(?:[^<]|<\/?(?:strong|em|code|sub|sup|s|mark)>|<br>|<a href="(?:https?:\/\/|mailto:|\/)[^"<>]*">|<a>|<\/a>)*$/;
    fc.assert(
      fc.property(fc.oneof(page, fc.string()), (html) => {
        for (const block of read(`${html}<p onclick="x()">a<script>x()</script><svg/onload=x()>`)) {
          const htmls =
            'html' in block
              ? [block.html ?? '']
              : 'items' in block
                ? block.items
                : 'rows' in block
                  ? block.rows.flat()
                  : [];
          for (const it of htmls) expect(it).toMatch(safe);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('bears a hundred thousand elements within one another', () => {
    const deep = '<div><b>'.repeat(50_000);
    expect(read(`${deep}deep`).map(wordsOf)).toEqual(['deep']);
  });
});
