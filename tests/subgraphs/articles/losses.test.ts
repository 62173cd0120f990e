/** What other systems write in a text is kept, and what cannot be kept is told. */
import { describe, expect, it } from '@jest/globals';
import type { Block } from '../../../subgraphs/articles/blocks.ts';
import { blocksOf } from '../../../subgraphs/articles/html/blocks.ts';
import { editedContext } from '../../../subgraphs/articles/html/edited.ts';
import { largestOf } from '../../../subgraphs/articles/html/srcset.ts';
import type { PictureUse } from '../../../subgraphs/articles/html/walk.ts';
import { renderForEditing, renderHtml } from '../../../subgraphs/articles/story/html.ts';

function read(html: string) {
  const notes: string[] = [];
  const pictures: PictureUse[] = [];
  const blocks = blocksOf(html, {
    link: (href) =>
      /^(?:https?:|mailto:|tel:|\/)/.test(href) ? href.replace(/^\/\//, 'https://') : undefined,
    storySlug: (href) => /^\/articles\/(\w+)/.exec(href)?.[1],
    picture(use) {
      pictures.push(use);
      return { imageId: use.src, ...(use.caption ? { caption: use.caption } : {}) };
    },
    note: (text) => void notes.push(text),
  });
  return { blocks, notes, pictures };
}

const p = (html: string): Block => ({ kind: 'paragraph', html });
const image = (imageId: string, rest: object = {}): Block => ({ kind: 'image', imageId, ...rest });
const embed = (url: string, providerName: string): Block => ({ kind: 'embed', url, providerName });
const list = (ordered: boolean, ...items: string[]): Block => ({ kind: 'list', ordered, items });
const i = 'https://p.example/1.jpg';

describe('a text of another system', () => {
  const kept: [behaviour: string, html: string, blocks: Block[]][] = [
    [
      'gives each picture of a gallery the caption of its own figure',
      '<figure class="wp-block-gallery"><figure><img src="a"><figcaption>One (A B/Wire)</figcaption></figure><figure><img src="b"><figcaption>Two</figcaption></figure></figure>',
      [image('a', { caption: 'One (A B/Wire)' }), image('b', { caption: 'Two' })],
    ],
    [
      'gives the caption of a gallery to the last picture without one, and keeps it where all have one',
      '<figure><figure><img src="a"><figcaption>One</figcaption></figure><img src="b"><figcaption>All</figcaption></figure><figure><figure><img src="c"><figcaption>C</figcaption></figure><figcaption>All of it</figcaption></figure>',
      [
        image('a', { caption: 'One' }),
        image('b', { caption: 'All' }),
        image('c', { caption: 'C' }),
        p('All of it'),
      ],
    ],
    [
      'knows a post of Instagram that shows only its link',
      '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/reel/Ab_c/?utm=1"><a href="https://www.instagram.com/reel/Ab_c/">See it</a></blockquote><script async src="//www.instagram.com/embed.js"></script>',
      [embed('https://www.instagram.com/reel/Ab_c/', 'Instagram')],
    ],
    [
      'keeps the words of a post',
      '<blockquote class="bluesky-embed" data-bluesky-uri="at://x"><p>Good morning</p>&mdash; <a href="https://bsky.app/profile/a.example/post/3k?ref_src=embed">May</a></blockquote>',
      [
        {
          kind: 'quote',
          html: 'Good morning<br>— <a href="https://bsky.app/profile/a.example/post/3k?ref_src=embed">May</a>',
        },
        embed('https://bsky.app/profile/a.example/post/3k', 'Bluesky'),
      ],
    ],
    [
      'knows a post of Threads',
      '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.com/@a.b/post/Xy"><a href="https://www.threads.com/@a.b/post/Xy">View</a></blockquote>',
      [embed('https://www.threads.com/@a.b/post/Xy', 'Threads')],
    ],
    [
      'knows a film of TikTok',
      '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@a/video/123"><section></section></blockquote><script async src="https://www.tiktok.com/embed.js"></script>',
      [embed('https://www.tiktok.com/@a/video/123', 'TikTok')],
    ],
    [
      'knows a post of Mastodon',
      '<blockquote class="mastodon-embed" data-embed-url="https://m.example/@a/12/embed"><a href="https://m.example/@a/12">See</a></blockquote><script src="https://m.example/embed.js"></script>',
      [embed('https://m.example/@a/12', 'Mastodon')],
    ],
    [
      'knows a post of Telegram',
      '<script async src="https://telegram.org/js/telegram-widget.js?22" data-telegram-post="news/7"></script>',
      [embed('https://t.me/news/7', 'Telegram')],
    ],
    [
      'knows a post of Facebook',
      '<div class="fb-post" data-href="https://www.facebook.com/a/posts/1"><blockquote>Hello</blockquote></div>',
      [{ kind: 'quote', html: 'Hello' }, embed('https://www.facebook.com/a/posts/1', 'Facebook')],
    ],
    [
      'knows a graphic of Infogram, and a gist',
      '<div class="infogram-embed" data-id="ab-1"></div><script src="https://gist.github.com/a/0f.js"></script>',
      [embed('https://infogram.com/ab-1', 'Infogram'), embed('https://gist.github.com/a/0f', 'GitHub')],
    ],
    [
      'takes a picture that loads late',
      `<img src="/blank.gif" data-lazy-src="${i}"><img src="data:x" data-srcset="a.jpg 300w, ${i} 900w">`,
      [image(i), image(i)],
    ],
    [
      'takes a picture out of noscript once',
      `<img src="data:x"><noscript><img src="${i}" alt="A"></noscript><img data-src="b"><noscript><img src="b"></noscript>`,
      [image(i, { altText: 'A' }), image('b')],
    ],
    [
      'takes no picture that only counts readers',
      '<noscript><img height="1" width="1" src="https://count.example/x"></noscript>',
      [],
    ],
    [
      'takes the picture of a source',
      `<picture><source srcset="s.webp 400w, ${i} 800w"><img alt="G"></picture>`,
      [image(i, { altText: 'G' })],
    ],
    [
      'keeps the lines of code',
      '<pre>one<br>two<div>three</div><div>four</div></pre>',
      [{ kind: 'code', code: 'one\ntwo\nthree\nfour' }],
    ],
    [
      'parts paragraphs at two breaks',
      'One.<br>&nbsp;<br />Two.<br>Still two.<br><br><br>Three.',
      [p('One.'), p('Two.<br>Still two.'), p('Three.')],
    ],
    [
      'leads to a heading of its own',
      '<p><a href="#x">Go</a> <a href="#y">there</a></p><h2 id="x">Part one</h2><h2><a name="y"></a>Part two</h2>',
      [
        p('<a href="#part-one">Go</a> <a href="#part-two">there</a>'),
        { kind: 'heading', level: 2, text: 'Part one' },
        { kind: 'heading', level: 2, text: 'Part two' },
      ],
    ],
    [
      'leads to a note and back',
      '<p>Said<sup id="r1"><a href="#n1">1</a></sup></p><ol><li id="n1">Note <a href="#r1">back</a></li></ol>',
      [
        p('Said<sup><a id="in-r1"></a><a href="#in-n1">1</a></sup>'),
        list(true, '<a id="in-n1"></a>Note <a href="#in-r1">back</a>'),
      ],
    ],
    [
      'keeps a link in a heading, and a telephone',
      '<h3>See <a href="https://a.example/">this</a></h3><p><a href="tel:+441">Call</a></p>',
      [
        { kind: 'heading', level: 3, text: 'See this', html: 'See <a href="https://a.example/">this</a>' },
        p('<a href="tel:+441">Call</a>'),
      ],
    ],
    [
      'ends a link where the next begins',
      '<p><a href="/a">a <b>b <a href="/b">c</a> d</b></a></p>',
      [p('<a href="/a">a <strong>b </strong></a><strong><a href="/b">c</a> d</strong>')],
    ],
    [
      'never shows what is for browsers without players',
      '<video src="https://a.example/v.mp4">Get a new browser.</video>',
      [embed('https://a.example/v.mp4', 'a.example')],
    ],
    ['draws the marks of a quotation within a line', '<p>She said <q>yes</q>.</p>', [p('She said “yes”.')]],
    [
      'numbers a list as it is numbered',
      '<ol reversed><li>c</li><li>b</li></ol><ol type="i" start="4"><li>d</li><li value="9">i</li></ol><ol type="A"><li>a</li></ol>',
      [p('2. c'), p('1. b'), p('iv. d'), p('ix. i'), p('A. a')],
    ],
    [
      'keeps what stands in a table and in no cell, and its foot below',
      '<table>stray<tfoot><tr><td>sum</td><td>3</td></tr></tfoot><tr><td>a</td><td>3</td></tr></table><table><tr><td></td><td></td></tr></table>',
      [
        p('stray'),
        {
          kind: 'table',
          rows: [
            ['a', '3'],
            ['sum', '3'],
          ],
        },
      ],
    ],
    ['keeps the text of formulas', '<p>x<math><mi>y</mi></math></p>', [p('xy')]],
    [
      'names whom it quotes without the dash',
      '<blockquote><p>Words</p><footer>— A. Person</footer></blockquote>',
      [{ kind: 'quote', html: 'Words', citation: 'A. Person' }],
    ],
  ];
  it.each(kept)('%s', (_, html, blocks) => {
    const { blocks: found, notes } = read(html);
    expect(found).toEqual(blocks);
    expect(notes).toEqual([]);
  });

  const frames: [html: string, page: string, frame: string | undefined][] = [
    [
      '<iframe src="https://www.youtube.com/embed/videoseries?list=PLab12"></iframe>',
      'https://www.youtube.com/playlist?list=PLab12',
      'https://www.youtube-nocookie.com/embed/videoseries?list=PLab12',
    ],
    [
      '<iframe src="https://www.youtube.com/embed/live_stream?channel=UCab12"></iframe>',
      'https://www.youtube.com/channel/UCab12/live',
      'https://www.youtube-nocookie.com/embed/live_stream?channel=UCab12',
    ],
    [
      '<iframe src="https://www.youtube.com/embed/abcdefghijk?rel=0&amp;start=90"></iframe>',
      'https://www.youtube.com/watch?v=abcdefghijk&t=90s',
      'https://www.youtube-nocookie.com/embed/abcdefghijk?start=90',
    ],
    [
      '<iframe src="https://www.youtube.com/shorts/abcdefghijk"></iframe>',
      'https://www.youtube.com/shorts/abcdefghijk',
      'https://www.youtube-nocookie.com/embed/abcdefghijk',
    ],
    [
      '<figure class="wp-block-embed"><div>\nhttps://youtu.be/abcdefghijk?t=1m5s\n</div></figure>',
      'https://www.youtube.com/watch?v=abcdefghijk&t=65s',
      'https://www.youtube-nocookie.com/embed/abcdefghijk?start=65',
    ],
    [
      '<iframe src="about:blank" data-src="https://player.vimeo.com/video/12?app_id=1&h=ab12"></iframe>',
      'https://vimeo.com/12/ab12',
      'https://player.vimeo.com/video/12?h=ab12',
    ],
    [
      '<div id="datawrapper-vis-Ab1"><script src="https://datawrapper.dwcdn.net/Ab1/embed.js"></script><noscript><img src="https://datawrapper.dwcdn.net/Ab1/full.png"></noscript></div>',
      'https://datawrapper.dwcdn.net/Ab1/',
      'https://datawrapper.dwcdn.net/Ab1/',
    ],
    [
      '<div class="flourish-embed" data-src="visualisation/12"><script src="https://public.flourish.studio/resources/embed.js"></script></div>',
      'https://flo.uri.sh/visualisation/12/embed',
      'https://flo.uri.sh/visualisation/12/embed',
    ],
    [
      '<object data="https://www.youtube.com/v/abcdefghijk"><p>Fallback</p></object>',
      'https://www.youtube.com/watch?v=abcdefghijk',
      'https://www.youtube-nocookie.com/embed/abcdefghijk',
    ],
  ];
  it.each(frames)('shows the frame of %s', (html, page, frame) => {
    const { blocks, notes } = read(html);
    expect(blocks).toMatchObject([{ kind: 'embed', url: page }]);
    expect(blocks[0]).toHaveProperty('html', expect.stringContaining(`src="${frame}"`.replace('&', '&amp;')));
    expect(notes).toEqual([]);
  });

  const told: [html: string, note: string][] = [
    ['<a href="https://a.example/big"><img src="i"></a>', 'A link could not be kept: https://a.example/big'],
    ['<p><a href="about">About</a></p>', 'A link could not be kept: about'],
    ['<p><a href="#none">Go</a></p>', 'A link could not be kept: #none'],
    [
      '<figure><img src="i"><figcaption>By <a href="https://a.example/">A</a></figcaption></figure>',
      'A link could not be kept: https://a.example/',
    ],
    ['<script src="//widget.example/x.js"></script>', 'A script of widget.example was left out.'],
    ['<script>draw()</script>', 'A script that is written into the text was left out.'],
    ['<iframe srcdoc="x"></iframe>', 'A frame or player without an address was left out.'],
    [
      '<form>Name <input name="n"></form>',
      'Fields of a form were left out; the words beside them were kept.',
    ],
    ['<svg><text>a</text></svg>', 'A drawing (SVG or canvas) was left out.'],
  ];
  it.each(told)('tells what was lost of %s', (html, note) => {
    expect(read(html).notes).toEqual([note]);
  });

  it('embeds no address with a user, which reads like another host', () => {
    const address = 'https://known.example@other.example/p/1';
    for (const html of [
      `<div class="fb-post" data-href="${address}"></div>`,
      `<div class="typeform-widget" data-url="${address}"></div>`,
      `<blockquote class="mastodon-embed" data-embed-url="${address}/embed"></blockquote>`,
    ])
      expect(read(html).blocks).toEqual([]);
  });

  it('leads from the head of a table to a heading', () => {
    const { blocks } = read(
      '<table><tr><th><a href="#x">Name</a></th><th>Sum</th></tr><tr><td>A</td><td>1</td></tr></table><h2 id="x">All names</h2>',
    );
    expect(blocks[0]).toMatchObject({ header: ['<a href="#all-names">Name</a>', 'Sum'] });
  });

  it('tells nothing of what is kept elsewhere or was never for readers', () => {
    const html =
      '<a href=""></a><a href="https://a.example/"></a><script type="application/ld+json">{}</script><style>a{}</style><input type="hidden">' +
      '<p><a href="/articles/own">own</a></p><figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="/articles/own"><div class="kg-bookmark-title">T</div></a></figure>';
    expect(read(html).notes).toEqual([]);
  });

  it('finds the credit that a gallery has for all its pictures', () => {
    const { pictures } = read(
      '<figure><figure><img src="a"><figcaption>One</figcaption></figure><figure><img src="b"></figure><figcaption>All (A B)</figcaption></figure>',
    );
    expect(pictures).toEqual([
      { src: 'a', isCard: false, caption: 'One', sharedCaption: 'All (A B)' },
      { src: 'b', isCard: false, caption: 'All (A B)' },
    ]);
  });

  it('comes back the same when an editor sends it back', () => {
    const places = { publicUrl: 'https://news.example', mediaUrl: 'https://news.example/media' };
    const html =
      '<p>Said<sup id="r1"><a href="#n1">1</a></sup> <a href="#h">on</a></p><h2 id="h">On <a href="//a.example/x">it</a></h2><ul><li id="n1">Note <a href="#r1">back</a></li></ul>';
    const blocks = blocksOf(html, editedContext(places));
    expect(JSON.stringify(blocks)).toContain('https://a.example/x');
    expect(blocksOf(renderForEditing(blocks, places.publicUrl), editedContext(places))).toEqual(blocks);
    expect(renderHtml(blocks, places.publicUrl)).toContain(
      '<h2 id="on-it">On <a href="https://a.example/x">it</a></h2>',
    );
  });
});

describe('a srcset', () => {
  it.each([
    ['a.jpg', 'a.jpg'],
    ['a.jpg 1x, b.jpg 2x', 'b.jpg'],
    ['a.jpg 300w,b.jpg 900w', 'b.jpg'],
    [
      'https://c.example/w_1,h_2/a.jpg 300w, https://c.example/w_3,h_4/b.jpg 600w',
      'https://c.example/w_3,h_4/b.jpg',
    ],
    ['a.jpg, b.jpg 1.5x', 'b.jpg'],
    ['a.jpg 100w 50h, b.jpg (x, 9999w) , c.jpg 50w', 'a.jpg'],
    [' , ', undefined],
    ['', undefined],
  ])('%j is %j at its largest', (srcset, address) => {
    expect(largestOf(srcset)).toBe(address);
  });
});
